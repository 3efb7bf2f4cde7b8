#include "process/child_process.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace whichbase::process {
namespace {

TEST(ChildProcess, HasNoneOfOurPostgresEnvironment) {
  ::setenv("PGHOSTADDR", "203.0.113.1", 1);
  const auto result = run({"/usr/bin/env", {}, {{"PGUSER", "given"}}});
  ::unsetenv("PGHOSTADDR");
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output.find("PGHOSTADDR"), std::string::npos);
  EXPECT_NE(result->output.find("PGUSER=given\n"), std::string::npos);
}

TEST(ChildProcess, TakesMoreInputThanAPipeHolds) {
  const std::string text(3'000'000, 'x');
  const auto result = run({"/bin/cat"}, text);
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output, text);
  EXPECT_EQ(run({"/bin/false"}, text)->exitCode, 1);
}

TEST(ChildProcess, SaysWhatCouldNotBeStarted) {
  const auto result = run({"/nowhere/psql"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), "/nowhere/psql could not be started: No such file or directory.");
}

} // namespace
} // namespace whichbase::process
