#include "process/child_process.h"
#include "route/loopback.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;

process::Descriptor connected(int port) {
  process::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    socket.reset();
  return socket;
}

TEST(LoopbackListener, TakesOneConnectionAndNoMore) {
  LoopbackListener listener;
  ASSERT_TRUE(listener.isOpen());
  process::Wakeup wakeup;
  const auto first = connected(listener.port());
  const auto accepted = listener.accept(wakeup);
  EXPECT_TRUE(accepted.isOpen());
  EXPECT_FALSE(listener.isOpen());
  EXPECT_FALSE(connected(listener.port()).isOpen());
}

TEST(LoopbackListener, EndsWhenWoken) {
  LoopbackListener listener;
  process::Wakeup wakeup;
  std::jthread waker([&] {
    std::this_thread::sleep_for(100ms);
    wakeup.wake();
  });
  EXPECT_FALSE(listener.accept(wakeup).isOpen());
  EXPECT_FALSE(connected(listener.port()).isOpen());
}

TEST(LoopbackListener, TurnsAnotherUserAwayAndGoesOnWaiting) {
  if (::geteuid() != 0)
    GTEST_SKIP() << "only root can be another user";
  LoopbackListener listener;
  process::Wakeup wakeup;
  process::Descriptor accepted;
  std::jthread accepting([&] { accepted = listener.accept(wakeup); });
  for (int attempt = 0; attempt < 5; ++attempt) {
    // It ends because it is turned away.
    const auto stranger = process::run({"/usr/bin/nc", {"127.0.0.1", std::to_string(listener.port())}, {}, "nobody"});
    ASSERT_TRUE(stranger) << stranger.error();
  }
  const auto own = connected(listener.port());
  ASSERT_TRUE(own.isOpen());
  accepting.join();
  EXPECT_TRUE(accepted.isOpen());
  EXPECT_TRUE(isFromThisUser(accepted.number()));
  EXPECT_EQ(::send(own.number(), "x", 1, 0), 1);
  std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(isUntouched(accepted.number()));
  char byte = 0;
  EXPECT_EQ(::recv(accepted.number(), &byte, 1, 0), 1);
  EXPECT_EQ(byte, 'x');
  EXPECT_FALSE(isUntouched(accepted.number()));
}

} // namespace
} // namespace whichbase::route
