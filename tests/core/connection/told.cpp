#include "told.h"

#include "connection/connection_string.h"

#include <fmt/format.h>

namespace whichbase::connection {

namespace {

std::string part(const std::optional<std::string>& value) {
  return value.value_or("-");
}

std::string toldOf(const ConnectionString& connection) {
  std::string text;
  for (const auto& [key, value] : connection.parameters) {
    text += key == "password" || key == "sslpassword" ? "" : fmt::format("{} = {}\n", key, value);
  }
  text += fmt::format("endpoints: {}\n", endpointText(connection.parameters));
  text += fmt::format("safe: {}\n", safeUrl(connection, true));
  text += fmt::format("libpq {}\n", connection.libpqAgrees ? "agrees" : "does not read it so");
  for (const auto& lack : connection.lacks) {
    text += fmt::format("lacks: {}\n", lack);
  }
  text += connection.passwordIsMask ? "the password is a mask\n" : "";
  for (const auto& note : connection.notes) {
    text += fmt::format("note: {}\n", note);
  }
  text += connection.readDifferently.empty() ? "" : fmt::format("differently: {}\n", connection.readDifferently);
  return text;
}

} // namespace

std::string told(std::string_view text) {
  std::string result = fmt::format("masked: {}\n", mask(text));
  const auto parsed = parse(text);
  if (parsed.value) {
    result += toldOf(*parsed.value);
  } else {
    result += fmt::format("refused: {} {}\n", parsed.error.text, parsed.error.remedy);
  }
  for (const auto& each : readings(text)) {
    result += fmt::format("{} {}: user {}, host {}, port {}, dbname {}{}\n", each.driver,
                          each.accepts ? "accepts" : "refuses", part(each.user), part(each.host), part(each.port),
                          part(each.dbname), each.problem ? "; " + *each.problem : "");
  }
  return result;
}

} // namespace whichbase::connection
