// What the scheme of a URL says about the database behind it.
#pragma once

#include "connection/connection_string.h"

#include <optional>
#include <string_view>

namespace whichbase::connection {

// Nothing for PostgreSQL in any spelling (postgres://, postgresql+asyncpg://, jdbc:postgresql://, postgis://); for
// every other scheme, which must be in lower case, what it is and what to do.
std::optional<Error> refusalOf(std::string_view scheme);

} // namespace whichbase::connection
