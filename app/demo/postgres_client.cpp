#include "demo/postgres_client.h"

#include "demo/throwaway_cluster.h"

namespace whichbase::demo {

process::Command clientProgram(const std::string& program, const Login& login) {
  return {findPostgresPrograms() / program,
          {},
          {{"PGHOST", "127.0.0.1"},
           {"PGPORT", std::to_string(login.port)},
           {"PGUSER", login.user},
           {"PGPASSWORD", login.password},
           {"PGDATABASE", login.database},
           {"PGGSSENCMODE", "disable"},
           {"PGCONNECT_TIMEOUT", "10"}}};
}

} // namespace whichbase::demo
