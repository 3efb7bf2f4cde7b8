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
  std::string name{};
  std::string value{};
  std::string origin{}; // "docker-compose.yml:12", or a command's words
  // Why the value is not known: a sentence like an Error's, for whoever needs this variable. A value that lacks only
  // some ${NAME} holds them as written. Empty: known.
  std::string problem{};
  // What of this computer takes part in the value and is not the project's: names that `lookup` was asked for, whether
  // they are set or not, and "files in FOLDER" for files outside the project's folder. Sorted.
  std::vector<std::string> asked{};
  bool operator==(const Variable&) const = default;
};

// In order, each name once. One without a name, with a problem, stands for variables that are not known: of a file that
// is not there.
using Variables = std::vector<Variable>;

// A value of this computer's own environment, as Compose puts it in for ${NAME}; nothing where it is not set or nobody
// agreed to use it.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

// A database that an environment names.
struct Found {
  std::string variable{}; // "DATABASE_URL", or the host's variable of a family: "DB_HOST"
  std::string url{};      // a connection string with its real password, literally: no ${NAME} in it is to be replaced
  // The variable that holds the password: "DB_PASSWORD", or that of the URL itself; empty: none.
  std::string passwordVariable{};
  std::string origin{};             // of the variable
  bool hasHost = true;              // false: parts without a host, as PostgreSQL's container image is given them
  std::string problem{};            // why `url` is not known, or not wholly; as a Variable's
  std::string passwordProblem{};    // why only the password is not known; `url` then has none
  std::vector<std::string> asked{}; // what a Variable's `asked` has, of all that take part here
  bool operator==(const Found&) const = default;
};

// All that are named: under the usual names (DATABASE_URL, *_DATABASE_URL, SQLALCHEMY_DATABASE_URI,
// SPRING_DATASOURCE_*, POSTGRES_*, PG*, DB_*), the likeliest first, then PostgreSQL URLs under other names. Those with
// a `problem` are among them.
std::vector<Found> findDatabases(const Variables& variables);

// The one that is meant: that of `variable` (any of a family's names it), or the only one under the usual names, or
// else the only one at all; several names that lead to the same database count as one. It has no `problem`. An error
// names what there is, without values; `where` ("docker-compose.yml: service backend") stands before it.
std::expected<Found, Error> theDatabase(const Variables& variables, std::string_view variable,
                                        const std::string& where);

// What theDatabase() chooses from where no variable is named: one means that there is no question.
std::vector<Found> likelyDatabases(const Variables& variables);

} // namespace whichbase::imports
