#include "route/loopback.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <string>

namespace whichbase::route {
namespace {

constexpr int backlog = 16;

// As /proc/net/tcp writes it: the address as the machine holds it, the port as a number.
std::string tableText(const sockaddr_in& address) {
  return fmt::format("{:08X}:{:04X}", address.sin_addr.s_addr, ntohs(address.sin_port));
}

} // namespace

LoopbackListener::LoopbackListener() {
  process::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (!socket.isOpen() || ::bind(socket.number(), plain, size) != 0 || ::listen(socket.number(), backlog) != 0 ||
      ::getsockname(socket.number(), plain, &size) != 0)
    return;
  m_socket = std::move(socket);
  m_port = ntohs(address.sin_port);
}

process::Descriptor LoopbackListener::accept(const process::Wakeup& wakeup) {
  while (m_socket.isOpen()) {
    std::array<pollfd, 2> waiting{{{m_socket.number(), POLLIN, 0}, {wakeup.descriptor(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0)
      continue;
    if (waiting[1].revents != 0)
      break;
    // Blocking, unlike the listener: programs expect that of their standard input.
    process::Descriptor connection(::accept4(m_socket.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection.isOpen() || !isFromThisUser(connection.number()))
      continue;
    m_socket.reset();
    return connection;
  }
  m_socket.reset();
  return process::Descriptor();
}

bool isFromThisUser(int connection) {
  sockaddr_in ours{}, theirs{};
  socklen_t size = sizeof ours;
  if (::getsockname(connection, reinterpret_cast<sockaddr*>(&ours), &size) != 0)
    return false;
  size = sizeof theirs;
  if (::getpeername(connection, reinterpret_cast<sockaddr*>(&theirs), &size) != 0)
    return false;
  // "sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …": the line of their end.
  const std::string from = tableText(theirs), to = tableText(ours);
  std::ifstream table("/proc/thread-self/net/tcp");
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string number, local, remote, state, queues, timer, retransmits;
    uid_t user = 0;
    if (fields >> number >> local >> remote && local == from && remote == to) {
      constexpr const char* established = "01"; // others may show user 0
      return fields >> state >> queues >> timer >> retransmits >> user && state == established && user == ::geteuid();
    }
  }
  return false;
}

bool isUntouched(int connection) {
  tcp_info info{};
  socklen_t size = sizeof info;
  int unread = 0;
  return ::getsockopt(connection, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
         ::ioctl(connection, FIONREAD, &unread) == 0 && info.tcpi_data_segs_out == 0 &&
         info.tcpi_bytes_received == static_cast<unsigned>(unread);
}

} // namespace whichbase::route
