#include "process/child_process.h"
#include "route/resolver.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(Resolver, TakesNumericAddressesAsTheyAre) {
  Resolver resolver;
  EXPECT_EQ(resolver.resolve("203.0.113.7", Clock::now()).numeric, std::vector<std::string>{"203.0.113.7"});
  EXPECT_EQ(resolver.resolve("2001:db8::7", Clock::now()).numeric, std::vector<std::string>{"2001:db8::7"});
}

TEST(Resolver, SaysThatAHostDoesNotExist) {
  Resolver resolver;
  const auto addresses = resolver.resolve("no-such-host.invalid", Clock::now() + 8s);
  EXPECT_TRUE(addresses.numeric.empty());
  EXPECT_NE(addresses.problem.find("no-such-host.invalid"), std::string::npos);
}

// Run by the test below, in namespaces where the only name server accepts questions and never answers.
TEST(InsideANamespace, DISABLED_AHangingNameServiceEndsAtTheDeadlineAndDelaysNoOther) {
  Resolver resolver;
  std::vector<std::jthread> hanging;
  for (int i = 0; i < 20; ++i)
    hanging.emplace_back([&resolver, i] {
      const auto addresses = resolver.resolve("host" + std::to_string(i) + ".example.org", Clock::now() + 1500ms);
      EXPECT_TRUE(addresses.timedOut);
    });
  const auto start = Clock::now();
  EXPECT_FALSE(resolver.resolve("localhost", start + 5s).numeric.empty());
  EXPECT_LT(Clock::now() - start, 1s);
  hanging.clear();
  EXPECT_LT(Clock::now() - start, 1800ms);
}

TEST(Resolver, ANameServiceThatDoesNotAnswerEndsAtTheDeadline) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("whichbase-resolver-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "resolv.conf") << "nameserver 127.0.0.1\n";
  std::ofstream(folder / "nsswitch.conf") << "hosts: files dns\n";
  const std::string script =
      "ip link set lo up || exit 77\n"
      "mount --bind " +
      (folder / "resolv.conf").string() +
      " /etc/resolv.conf || exit 77\n"
      "mount --bind " +
      (folder / "nsswitch.conf").string() +
      " /etc/nsswitch.conf || exit 77\n"
      "python3 -c 'import socket,time; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.bind((\"127.0.0.1\",53)); "
      "print(flush=True); time.sleep(20)' & server=$!\n"
      "sleep 0.5\n" +
      fs::read_symlink("/proc/self/exe").string() +
      " --gtest_also_run_disabled_tests --gtest_filter='InsideANamespace.*'; code=$?\n"
      "kill $server; exit $code\n";
  const auto result =
      process::run({"/usr/bin/unshare", {"--user", "--map-root-user", "--net", "--mount", "sh", "-c", script}});
  fs::remove_all(folder);
  if (!result || result->exitCode == 77 || result->errors.find("unshare failed") != std::string::npos)
    GTEST_SKIP() << "this machine allows no namespaces: " << (result ? result->errors : result.error());
  EXPECT_EQ(result->exitCode, 0) << result->output << result->errors;
  EXPECT_NE(result->output.find("[  PASSED  ] 1 test"), std::string::npos) << result->output;
}

} // namespace
} // namespace whichbase::route
