// pg_service.conf, as libpq reads it (postgresql.org/docs/current/libpq-pgservice.html).
#pragma once

#include "import/variables.h"

#include <filesystem>

namespace whichbase::imports {

// The key/value string of a service: the first section of its name counts, and in it each key's first value. The files
// are tried in order; with `mayBeAbsent`, those that are not there are passed over.
std::expected<std::string, Error> readService(const std::vector<std::filesystem::path>& files, const std::string& name,
                                              const std::filesystem::path& folder, bool mayBeAbsent);

// The names of a file's services, in order.
std::vector<std::string> serviceNames(std::string_view text);

} // namespace whichbase::imports
