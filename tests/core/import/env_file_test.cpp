#include "import/env_file.h"
#include "import/from.h"

#include <gtest/gtest.h>

#include <map>

using namespace whichbase::imports;

namespace {

using Values = std::map<std::string, std::string>;

Values valuesOf(std::string_view text, Syntax syntax = Syntax::dotenv, const Values& outside = {}) {
  const auto scope = [&](const std::string& name) {
    return askedOf(
        [&](const std::string&) { return outside.contains(name) ? std::optional(outside.at(name)) : std::nullopt; },
        name);
  };
  const auto read = parseEnvFile(text, {.shown = ".env", .syntax = syntax}, scope);
  EXPECT_TRUE(read) << read.error().text;
  Values values;
  for (const auto& variable : read.value_or(Variables{}))
    values[variable.name] = variable.problem.empty() ? variable.value : "problem: " + variable.problem;
  return values;
}

std::string errorOf(std::string_view text) {
  const auto read = parseEnvFile(text, {.shown = ".env"}, {});
  return read ? "read" : read.error().text;
}

} // namespace

TEST(EnvFile, QuotesExportsAndCommentsAreTakenOff) {
  EXPECT_EQ(valuesOf("# a comment\n\nexport A=one\nB = two # behind\nC='three # no comment'# behind\nD=\"fo\\\"ur\"\n"
                     "E=five#5\nF=\nG= # nothing\nH: eight\nI.J-K=x\nexport=1\n"),
            (Values{{"A", "one"},
                    {"B", "two"},
                    {"C", "three # no comment"},
                    {"D", "fo\"ur"},
                    {"E", "five#5"},
                    {"F", ""},
                    {"G", ""},
                    {"H", "eight"},
                    {"I.J-K", "x"},
                    {"export", "1"}}));
}

TEST(EnvFile, QuotedValuesGoOverSeveralLines) {
  const auto values = valuesOf("KEY=\"-----BEGIN\nabc\\tdef\n-----END\"\nRAW='a\n$B'\nNEXT=1\n");
  EXPECT_EQ(values.at("KEY"), "-----BEGIN\nabc\tdef\n-----END");
  EXPECT_EQ(values.at("RAW"), "a\n$B");
  EXPECT_EQ(values.at("NEXT"), "1");
}

TEST(EnvFile, NamesOfEarlierLinesArePutIn) {
  EXPECT_EQ(valuesOf("PW=s3cret\nA=x${PW}y\nB=$PW\nC='${PW}'\nD=\"${PW}\\${PW}\"\nE=${NONE:-d-${PW}}\nF=${PW:+set}\n"
                     "PW=later\n"),
            (Values{{"PW", "later"},
                    {"A", "xs3crety"},
                    {"B", "s3cret"},
                    {"C", "${PW}"},
                    {"D", "s3cret${PW}"},
                    {"E", "d-s3cret"},
                    {"F", "set"}}));
}

TEST(EnvFile, ADollarInAPasswordIsItself) {
  EXPECT_EQ(valuesOf("A=pa$$word\nB=pa$word\nC=100$\nD=\"a$ b\"\n"),
            (Values{{"A", "pa$$word"}, {"B", "pa$word"}, {"C", "100$"}, {"D", "a$ b"}}));
}

TEST(EnvFile, ANameThatIsNowhereSetIsAProblemOfItsValueAlone) {
  EXPECT_EQ(valuesOf("A=1\nB=${NOWHERE}\n"),
            (Values{{"A", "1"},
                    {"B", "problem: .env:2: ${NOWHERE} has no value here: set the environment variable NOWHERE, then "
                          "probe again."}}));
}

TEST(EnvFile, ANameAloneIsTakenFromTheEnvironment) {
  EXPECT_EQ(valuesOf("A\nexport B # c\nC=1", Syntax::compose, {{"A", "outside"}, {"B", "too"}}),
            (Values{{"A", "outside"}, {"B", "too"}, {"C", "1"}}));
}

TEST(EnvFile, WhatStandsInTheFileItselfComesFirstButInCompose) {
  const Values outside{{"HOST", "outside"}};
  EXPECT_EQ(valuesOf("HOST=own\nA=$HOST", Syntax::dotenv, outside).at("A"), "own");
  EXPECT_EQ(valuesOf("HOST=own\nA=$HOST", Syntax::compose, outside).at("A"), "outside");
}

TEST(EnvFile, WrongLinesAreNamedByTheirNumberAndNotShown) {
  EXPECT_EQ(errorOf("A=1\nB=\"x\ny\"\nsecret words here\n"), ".env:4: expected NAME=value.");
  EXPECT_EQ(errorOf("A=1\nPASSWORD=\"abc\nB=2\n"), ".env:2: the quote \" that starts here is not closed.");
  EXPECT_EQ(errorOf("PASSWORD='abc'def\n"), ".env:1: expected the end of the line behind the closing quote.");
  EXPECT_EQ(errorOf("=abc\n"), ".env:1: expected NAME=value.");
}

TEST(EnvFile, AChainThatDoublesItselfEnds) {
  std::string text = "A=xxxxxxxxxxxxxxxx\n";
  for (char letter = 'B'; letter <= 'Z'; ++letter)
    text += std::string(1, letter) + "=$" + char(letter - 1) + "$" + char(letter - 1) + "\n";
  EXPECT_TRUE(valuesOf(text).at("Z").starts_with("problem: .env:"));
}

TEST(From, IsReadBackAsItIsWritten) {
  for (const std::string text :
       {"env-file backend/.env", "env-file \"my files/.env\"", "compose a.yml b.yml backend",
        "kubernetes manifests/ deployment/backend", "service mydb", "service /etc/pg_service.conf mydb",
        "command ssh prod docker exec backend printenv | grep 'DB'"}) {
    const auto from = parseFrom(text);
    ASSERT_TRUE(from) << text << from.error();
    EXPECT_EQ(toText(*from), text);
  }
  const auto compose = parseFrom(" compose  'a b.yml' \"c.yml\" web ");
  ASSERT_TRUE(compose);
  EXPECT_EQ(compose->paths, (std::vector<std::string>{"a b.yml", "c.yml"}));
  EXPECT_EQ(compose->name, "web");
}

TEST(From, WhatIsWrongIsSaidWithWhatIsExpected) {
  for (const std::string text : {"", "file x", "env-file", "env-file a b", "compose a.yml", "kubernetes a b", "service",
                                 "service a b c", "command", "env-file 'a", "env-file ''"}) {
    const auto from = parseFrom(text);
    ASSERT_FALSE(from) << text;
    EXPECT_TRUE(from.error().ends_with('.')) << from.error();
  }
}
