// Passwords from ~/.pgpass, by libpq's rules, looked up by the address as configured whatever route leads there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace whichbase::connection {

struct PasswordFileAnswer {
  std::optional<std::string> password;
  std::string problem; // why the file is not used: "~/.pgpass can be read by others: chmod 600 ~/.pgpass"; empty where
                       // all is well
};

// The first line that fits wins; * fits everything; \: and \\ are escapes; a Unix socket in libpq's default folder
// counts as localhost. A file that others may read is not used. Source: libpq's documentation, "The Password File".
PasswordFileAnswer passwordFromFile(const std::filesystem::path& file, const std::string& host, int port,
                                    const std::string& dbname, const std::string& user);

// ~/.pgpass of the user who runs this; empty where there is no home folder. PGPASSFILE plays no part.
std::filesystem::path passwordFile();

} // namespace whichbase::connection
