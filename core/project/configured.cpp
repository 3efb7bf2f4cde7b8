#include "project/configured.h"

#include "connection/connection_string.h"

#include <fmt/format.h>

namespace whichbase::project {

using imports::From;

std::expected<Configured, Error> configuredIn(const From& from, const std::string& variable,
                                              const std::expected<imports::Reading, imports::Error>& reading) {
  if (!reading)
    return std::unexpected(Error{reading.error().text});
  const auto found = imports::databaseOf(*reading, from, variable);
  if (!found)
    return std::unexpected(Error{found.error().text});
  // A command's words may hold a password, and are long.
  const std::string place = from.kind == From::Kind::command
                                ? fmt::format("what \"{}\" prints", connection::redact(from.command))
                                : found->origin;
  return Configured{found->url,
                    from.kind == From::Kind::service ? "service " + from.name
                                                     : fmt::format("{} in {}", found->variable, place),
                    found->asked, found->passwordProblem};
}

} // namespace whichbase::project
