// The environment that a server is started with, as its configuration files give it, and the database in it.
// (The namespace is `imports`, since `import` at the start of a line belongs to C++ modules.)
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::imports {

// A sentence that names file and line: "docker-compose.yml:12: …", and says what to do. It holds no value of a
// variable.
struct Error {
  std::string text;
  bool operator==(const Error&) const = default;
};

struct Variable {
  std::string name;
  std::string value;
  std::string origin; // "docker-compose.yml:12", or a command's words
  bool operator==(const Variable&) const = default;
};

// In order, each name once.
using Variables = std::vector<Variable>;

// A value of this computer's own environment, as Compose puts it in for ${NAME}; nothing where it is not set or nobody
// agreed to use it.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

// A database that an environment names.
struct Found {
  std::string variable; // "DATABASE_URL", or the host's variable of a family: "DB_HOST"
  std::string url;      // a connection string with its real password, literally: no ${NAME} in it is to be replaced
  std::string
      passwordVariable; // the variable that holds the password: "DB_PASSWORD", or that of the URL itself; empty: none
  std::string origin;   // of the variable
  bool operator==(const Found&) const = default;
};

// All that are named under the usual names: DATABASE_URL, *_DATABASE_URL, SQLALCHEMY_DATABASE_URI, SPRING_DATASOURCE_*,
// POSTGRES_*, PG*, DB_*; the likeliest first.
std::vector<Found> findDatabases(const Variables& variables);

// The one that is meant: that of `variable`, or the only one under the usual names. An error names what there is,
// without values.
std::expected<Found, Error> theDatabase(const Variables& variables, std::string_view variable,
                                        const std::string& where);

} // namespace whichbase::imports
