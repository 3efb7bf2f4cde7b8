#include "cli_fixture.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace whichbase::test;
using whichbase::test::CommandLine;

namespace {

std::string firstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string withHost(std::string url, const std::string& host) {
  return url.replace(url.find("127.0.0.1"), 9, host);
}

} // namespace

TEST_F(CommandLine, SameDatabaseByTwoAddressesIsProven) {
  const auto url = local().url("TovPlay");
  const auto result = run({"same", url, withHost(url, "localhost")});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  EXPECT_TRUE(holds(firstLine(result.output), "Same database: both lead to A (TovPlay on 127.0.0.1:")) << result.output;
  EXPECT_TRUE(holds(firstLine(result.output), "proven by raised flags")) << result.output;
}

TEST_F(CommandLine, TwoDatabasesWithOneNameAreDifferent) {
  const auto result = run({"same", local().url("TovPlay"), external().url("TovPlay")});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(firstLine(result.output).starts_with("Different databases: initialised ")) << result.output;
  EXPECT_TRUE(holds(firstLine(result.output), "22 users and 1")) << result.output;
}

TEST_F(CommandLine, SiblingDatabasesAreDifferent) {
  const auto result = run({"same", local().url("TovPlay"), local().url("postgres")});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(holds(firstLine(result.output), "two databases of one instance, TovPlay and postgres")) << result.output;
}

TEST_F(CommandLine, EqualStringsAreTheSameDatabaseAndSaidToBeEqual) {
  const auto result = run({"same", local().url("TovPlay"), local().url("TovPlay")});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  EXPECT_TRUE(firstLine(result.output).ends_with(": the strings are equal")) << result.output;
}

TEST_F(CommandLine, RunningCloneIsAnotherDatabase) {
  const auto clone = whichbase::demo::ThrowawayCluster::cloneOf(external(), {});
  ASSERT_TRUE(clone) << clone.error().text;
  const auto result = run({"same", external().url("TovPlay"), (*clone)->url("TovPlay")});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(holds(firstLine(result.output), "initialised as one, but running as two")) << result.output;
}

TEST_F(CommandLine, ProvenStandbyIsTheSameSource) {
  const auto standby = whichbase::demo::ThrowawayCluster::standbyOf(external(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto result = run({"same", external().url("TovPlay"), (*standby)->url("TovPlay")});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  EXPECT_TRUE(firstLine(result.output).starts_with("Same source: both lead to A (TovPlay on ")) << result.output;
  EXPECT_TRUE(holds(firstLine(result.output), "standby")) << result.output;
}

TEST_F(CommandLine, OneDifferentAmongThreeIsNamed) {
  const auto result =
      run({"same", local().url("TovPlay"), external().url("TovPlay"), withHost(local().url("TovPlay"), "localhost")});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(firstLine(result.output).starts_with("Different databases: 3 strings lead to 2; ")) << result.output;
}

TEST_F(CommandLine, UnreachableUrlCannotBeTold) {
  const auto result = run({"same", local().url("TovPlay"), "postgresql://u:pw@127.0.0.1:1/TovPlay"});
  EXPECT_EQ(result.exitCode, 3) << result.output << result.errors;
  EXPECT_TRUE(firstLine(result.output).starts_with("Cannot tell: URL 2 was not reached (connect:")) << result.output;
}

TEST_F(CommandLine, SameAsksForAMissingAndForAMaskedPassword) {
  const auto missing = fmt::format("postgresql://postgres@127.0.0.1:{}/TovPlay", local().port());
  const auto masked = fmt::format("postgresql://postgres:***@localhost:{}/TovPlay", local().port());
  const std::vector<Answer> answers{{"Password for URL 1", local().password() + "\n"},
                                    {"Password for URL 2", local().password() + "\n"}};
  const auto result = runOnTerminal({"same", missing, masked}, answers);
  EXPECT_EQ(result.exitCode, 0) << result.output;
  EXPECT_TRUE(holds(result.output, "Same database")) << result.output;
  const auto refused = run({"same", local().url("TovPlay"), masked});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_TRUE(holds(refused.errors, "mask")) << refused.errors;
}

TEST_F(CommandLine, SameStopsAtAPasswordQuestionOnInterrupt) {
  const auto missing = fmt::format("postgresql://postgres@127.0.0.1:{}/TovPlay", local().port());
  RunOptions options;
  options.interruptAfter = 0.5;
  const auto result = runOnTerminal({"same", missing, missing}, {}, options);
  EXPECT_EQ(result.exitCode, 130) << result.output;
  EXPECT_LT(result.seconds, 2);
}

TEST_F(CommandLine, ExplainShowsSixDriversAndNoPassword) {
  const std::string url = "postgresql://ops@example.org:" + local().password() + "@203.0.113.196:5432/TovPlay";
  const auto text = run({"explain", url});
  EXPECT_EQ(text.exitCode, 0) << text.errors;
  for (const char* part : {"libpq", "asyncpg", "SQLAlchemy", "node-postgres", "pgx", "Ruby", "ops%40example.org"})
    EXPECT_TRUE(holds(text.output, part)) << part << "\n" << text.output;
  const auto json = run({"explain", url, "--format", "json"});
  EXPECT_EQ(schemaViolation(json.output, "explain.schema.json"), "");
  RunOptions options;
  options.input = url + "\n";
  EXPECT_EQ(run({"explain", "-"}, options).output, text.output);
}

TEST_F(CommandLine, ExplainOfWhatIsNoPostgresqlUrlEndsWithTwo) {
  for (const std::string url : {"", "mysql://u:pw@203.0.113.1/d", "nonsense"}) {
    const auto result = run({"explain", url});
    EXPECT_EQ(result.exitCode, 2) << url << result.output;
    EXPECT_NE(result.errors, "") << url;
  }
}
