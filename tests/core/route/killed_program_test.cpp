#include "process/child_process.h"
#include "route_fixture.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace whichbase::test {
namespace {

TEST(AKilledProgram, LeavesNothingOfItsRoutesBehind) {
  const auto sshd = sshdWith();
  const TemporaryFolder folder;
  std::string project = "[project]\ntitle = \"Killed\"\n";
  const auto add = [&](const std::string& name, const std::string& via) {
    project += fmt::format(
        "[[server]]\nname = \"{}\"\nurl = \"postgresql://always:geheim@127.0.0.1:1/postgres\"\nvia = '''{}'''\n", name,
        via);
  };
  add("hanging", "command setsid sleep 1000 & sleep 1000");
  add("stubborn", "command trap '' TERM HUP; sleep 1000; sleep 1000");
  add("silent", "ssh -o ProxyCommand='sleep 1000' silent");
  add("there", sshd->via());
  const auto file = folder.write("killed.whichbase.toml", project);
  const ProcessMark mark;
  const auto program = process::ChildProcess::start(
      {commandLineProgram(), {"probe", file.string(), "--trust", "--deadline", "600"}}, {.log = folder.path() / "log"});
  ASSERT_TRUE(program) << program.error();
  // Itself, keepers, commands with what they started, and two of ssh; some end by themselves after ten seconds.
  constexpr int underWay = 8;
  for (int attempt = 0; attempt < 160 && mark.alive() < underWay; ++attempt)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_GE(mark.alive(), underWay);
  (*program)->signal(SIGKILL);
  EXPECT_TRUE(mark.waitFor(0));
}

} // namespace
} // namespace whichbase::test
