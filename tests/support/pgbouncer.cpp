#include "support/pgbouncer.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace whichbase::test {
namespace fs = std::filesystem;

int freePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  close(listener);
  return ntohs(address.sin_port);
}

namespace {

bool answers(int port) {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool good = connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(client);
  return good;
}

} // namespace

std::unique_ptr<PgBouncer> PgBouncer::start(demo::ThrowawayCluster& cluster, const std::string& mode, int poolSize,
                                            std::string& problem) {
  std::unique_ptr<PgBouncer> bouncer(new PgBouncer);
  bouncer->m_port = freePort();
  bouncer->m_folder = fs::temp_directory_path() / fmt::format("whichbase-bouncer-{}-{}", getpid(), bouncer->m_port);
  fs::create_directories(bouncer->m_folder);
  const fs::path settings = bouncer->m_folder / "pgbouncer.ini";
  const fs::path users = bouncer->m_folder / "users.txt";
  std::ofstream(users) << fmt::format("\"postgres\" \"{}\"\n", cluster.password());
  std::ofstream(settings) << fmt::format("[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\n"
                                         "listen_addr = 127.0.0.1\nlisten_port = {}\nunix_socket_dir =\n"
                                         "auth_type = plain\nauth_file = {}\npool_mode = {}\ndefault_pool_size = {}\n"
                                         "max_client_conn = 500\n",
                                         cluster.port(), bouncer->m_port, users.string(), mode, poolSize);
  const std::string user = getuid() == 0 ? demo::findProgramUser() : std::string();
  for (const auto& path : {bouncer->m_folder, settings, users})
    fs::permissions(path, fs::perms::all, fs::perm_options::replace);
  auto process = process::ChildProcess::start({"/usr/sbin/pgbouncer", {settings.string()}, {}, user},
                                              {.log = bouncer->m_folder / "log"});
  if (!process) {
    problem = process.error();
    return nullptr;
  }
  bouncer->m_process = std::move(*process);
  for (int attempt = 0; attempt < 100 && !answers(bouncer->m_port); ++attempt)
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  if (!answers(bouncer->m_port)) {
    std::ifstream log(bouncer->m_folder / "log");
    problem.assign(std::istreambuf_iterator<char>(log), {});
    return nullptr;
  }
  return bouncer;
}

PgBouncer::~PgBouncer() {
  m_process.reset();
  std::error_code ignored;
  fs::remove_all(m_folder, ignored);
}

} // namespace whichbase::test
