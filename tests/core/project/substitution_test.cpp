#include "connection/connection_string.h"
#include "project/project.h"

#include <gtest/gtest.h>

using namespace whichbase;

namespace {

std::string with(std::string_view text, const std::string& value) {
  const auto result = project::substitute(text, [&](const std::string&) { return std::optional(value); });
  return result ? *result : result.error().text;
}

} // namespace

TEST(Substitute, APasswordArrivesAsItIsWhateverItHolds) {
  for (const std::string secret :
       {"plain", "p@ss/w:d?#[]", "a b", "it's", "back\\slash", "100%", "p%40ss", "${PW}", "'", " "}) {
    for (const auto* text : {"postgresql://u:${PW}@db1/app", "postgresql://ops@example.org:${PW}@db1:5432/app",
                             "postgresql+psycopg2://u:${PW}@db1/app", "postgresql://db1/app?user=u&password=${PW}",
                             "host=db1 password=${PW} user=u", "host=db1 password='${PW}' user=u",
                             "DATABASE_URL=postgresql://u:${PW}@db1/app"}) {
      const auto parsed = connection::parse(with(text, secret));
      ASSERT_TRUE(parsed.value) << text << " with " << secret << ": " << parsed.error.text;
      EXPECT_EQ(connection::valueOf(parsed.value->parameters, "password"), secret) << text;
      EXPECT_EQ(connection::valueOf(parsed.value->parameters, "host"), "db1") << text;
      EXPECT_EQ(connection::valueOf(parsed.value->parameters, "user"),
                text[13] == 'o' && text[14] == 'p' ? "ops@example.org" : "u")
          << text;
    }
  }
}

TEST(Substitute, AnEmptyValueDoesNotSwallowTheNextKey) {
  const auto parsed = connection::parse(with("host=db1 password=${PW} user=u", ""));
  ASSERT_TRUE(parsed.value);
  EXPECT_EQ(connection::valueOf(parsed.value->parameters, "user"), "u");
}

TEST(Substitute, OutsideOfUserAndPasswordTheTextIsTakenAsItIs) {
  EXPECT_EQ(with("${DATABASE_URL}", "postgresql://u:p%40ss@db1/app"), "postgresql://u:p%40ss@db1/app");
  EXPECT_EQ(with("postgresql://u@${ADDRESS}/app", "db1:5433"), "postgresql://u@db1:5433/app");
  EXPECT_EQ(with("postgresql://${NAME}@db1/app", "ops@example.org"), "postgresql://ops%40example.org@db1/app");
  EXPECT_EQ(with("host=db1 password=abc${REST}", "d e"), "host=db1 password=abcd\\ e");
}

TEST(Substitute, TheFirstVariableWithoutAValueIsNamed) {
  const auto result = project::substitute("postgresql://${A}:${B}@db1/${C}", [](const std::string& name) {
    return name == "A" ? std::optional<std::string>("u") : std::nullopt;
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text, "${B} has no value: set the environment variable B, then probe again.");
}

TEST(Substitute, VariablesAreListedInOrderEachOnce) {
  EXPECT_EQ(project::variables("postgresql://${USER}:${PW_1}@${HOST}/${USER}"),
            (std::vector<std::string>{"USER", "PW_1", "HOST"}));
  EXPECT_TRUE(project::variables("postgresql://u:$PW@db1/${1x}${}${a-b}$").empty());
}
