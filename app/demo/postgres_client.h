// PostgreSQL's own client programs (psql, pg_dump, pg_basebackup), pointed at a throwaway cluster.
#pragma once

#include "process/child_process.h"

#include <string>

namespace whichbase::demo {

struct Login {
  int port = 0; // on 127.0.0.1
  std::string user;
  std::string password; // handed over in the environment, never in a command line
  std::string database;
};

process::Command clientProgram(const std::string& program, const Login& login);

} // namespace whichbase::demo
