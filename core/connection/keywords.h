// The keys of connection strings: which ones libpq knows, and which ones hold a secret.
#pragma once

#include <string_view>

namespace whichbase::connection {

// libpq's own list, so that it is that of the library in use.
bool isKnownKeyword(std::string_view key);

// password, sslpassword, PGPASSWORD, DB_PASS, pwd, token and the like, in any case; not passfile, which is a path.
bool isSecretKey(std::string_view key);

} // namespace whichbase::connection
