// Databases that are configured in parts: DB_HOST, DB_PORT, DB_NAME … and the like, each family under a prefix of its
// own.
#pragma once

#include "connection/connection_string.h"
#include "import/variables.h"

namespace whichbase::imports {

struct Family {
  std::string prefix{}; // "DB_", "POSTGRES_", "APP_DB_", "PG"
  std::string engine{}; // what says which database it is, in lower case: "pgsql", "mysql"; may be empty
  connection::Parameters parameters{};
  std::vector<const Variable*> members{}; // those that the parameters are of; a Found is named after the first
  const Variable* password = nullptr;
  const Variable* passwordFile = nullptr; // names a file that holds the password
  bool hasHost() const { return !connection::valueOf(parameters, "host").empty(); }
  // PostgreSQL as far as one can tell, with a host, or as PostgreSQL's container image is given it: a database and its
  // user.
  bool isDatabase() const;
};

// In order of appearance. The families point into `variables`.
std::vector<Family> familiesIn(const std::vector<const Variable*>& variables);

// The family's database, its parts composed into one URL. `gap`, where it is not empty, says that more variables are
// there than are known: then each part has to be.
Found foundOf(const Family& family, const std::string& gap = {});

// Its variable is of a database's family: DB_PASSWORD, POSTGRES_USER.
bool isOfFamily(std::string_view name);

} // namespace whichbase::imports
