#include "connection/schemes.h"

#include <fmt/format.h>

#include <array>

namespace whichbase::connection {

namespace {

struct Other {
  std::string_view scheme;
  std::string_view name;
};

constexpr std::array<Other, 20> others{{
    {"mysql", "MySQL"},
    {"mysqlx", "MySQL"},
    {"mysql2", "MySQL"},
    {"mariadb", "MariaDB"},
    {"mongodb", "MongoDB"},
    {"sqlite", "SQLite"},
    {"sqlite3", "SQLite"},
    {"file", "a file, such as SQLite's"},
    {"mssql", "SQL Server"},
    {"sqlserver", "SQL Server"},
    {"oracle", "Oracle"},
    {"redis", "Redis"},
    {"rediss", "Redis"},
    {"redshift", "Redshift"},
    {"clickhouse", "ClickHouse"},
    {"cassandra", "Cassandra"},
    {"cockroachdb", "CockroachDB"},
    {"snowflake", "Snowflake"},
    {"http", "a web address"},
    {"https", "a web address"},
}};

} // namespace

std::optional<Error> refusalOf(std::string_view scheme) {
  auto base = scheme;
  if (base.starts_with("jdbc:")) {
    base.remove_prefix(5);
  }
  base = base.substr(0, base.find_first_of("+:"));
  constexpr std::array<std::string_view, 4> ours{"postgresql", "postgres", "postgis", "pgsql"};
  for (const auto name : ours) {
    if (base == name && scheme.find(':') == (scheme.starts_with("jdbc:") ? 4 : std::string_view::npos)) {
      return std::nullopt;
    }
  }
  Error error;
  for (const auto& other : others) {
    if (base == other.scheme) {
      error.text = fmt::format("This is {} ({}://); Whichbase reads PostgreSQL only.", other.name, scheme);
      error.remedy = "Give the PostgreSQL URL of this server, which starts with postgresql://, or take the server out.";
      return error;
    }
  }
  error.text = fmt::format("{}:// is no scheme of a PostgreSQL URL.", scheme);
  error.remedy = "A PostgreSQL URL starts with postgresql:// or postgres://.";
  return error;
}

} // namespace whichbase::connection
