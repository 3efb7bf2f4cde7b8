// Every text of the window can be translated: no literal that is language stands outside tr() and translate().
#include "source_literals.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace whichbase {
namespace {

using test::Literal;

bool isTranslated(const Literal& literal) {
  // The English singular of counted() stands beside what is translated.
  static const std::array calls = {"tr",     "translate", "QT_TR_NOOP", "QT_TRANSLATE_NOOP", "QT_TRANSLATE_N_NOOP",
                                   "counted"};
  return std::ranges::any_of(calls, [&](const char* call) { return literal.call == call; });
}

// Names, keys, patterns and texts for other programs, which no person reads.
bool isForPrograms(const Literal& literal) {
  static const std::array calls = {"setObjectName", "setProperty", "setStyleSheet", "QRegularExpression",
                                   "value",         "setValue",    "property",      "findChild",
                                   "qputenv",       "qgetenv"};
  const bool isStyleSheet = literal.text.starts_with("Q") && literal.text.find('{') != std::string::npos;
  const bool isScript = literal.text.starts_with("printf ");
  return isStyleSheet || isScript || std::ranges::any_of(literal.outerCalls, [](const std::string& call) {
           return std::ranges::find(calls, call) != calls.end();
         });
}

// Words between the tags, entities and places of a text; empty where it is no language: a key, a file name, markup.
std::string languageOf(const std::string& text) {
  static const std::regex markup(R"(<[^>]*>|&[a-z]+;|%[0-9L]+|\\[nt]|\{[^}]*\})");
  static const std::regex stylesheet(R"(\{[^}]*\}|;? *[a-z-]+: *[#%0-9a-z][^; ]*(;|$))");
  static const std::regex words(R"([A-Za-z]{2,}[,:]? +[A-Za-z]{2,}|^[ (]*[A-Z][a-z]{2,}|[a-z]{3,} *$|^ *[a-z]{3,})");
  static const std::regex key(R"([A-Za-z0-9_./:@*+=-]+)");
  const std::string plain = std::regex_replace(std::regex_replace(text, markup, " "), stylesheet, " ");
  if (std::regex_match(text, key) && !std::regex_match(text, std::regex("[A-Z][a-z]+")))
    return {};
  return std::regex_search(plain, words) ? plain : std::string();
}

// No language after all, one reason each.
const std::array exceptions = {
    std::pair{"the keychain", "core's word for where a password came from, compared with"},
    std::pair{"postgresql://user:${PASSWORD}@host:5432/database", "an example of a connection string"},
    std::pair{"pass show db/prod", "an example of a command"},
    std::pair{"Alt+%1", "a key"},
    std::pair{"Ctrl+%1", "a key"},
    std::pair{"SQLite format 3", "how a file of ours begins"},
    std::pair{"login-%1", "a name for programs"},
    std::pair{"%1/%2.%3.snapshot.json", "a file's name"},
    std::pair{"%1.before-%2%3.snapshot.json", "a file's name"},
    std::pair{"Kept as Before: the state of ", "what is recorded is English, whoever records it"},
    std::pair{"Whichbase", "the program's name"},
    std::pair{"QtKeychain ", "a library's name"},
    std::pair{"Notify", "a name on the bus"},
    std::pair{"Inter", "a font"},
    std::pair{"JetBrains Mono", "a font"},
    std::pair{"DejaVu Sans Mono", "a font"},
    std::pair{"d MMM yyyy", "a pattern, whose names of months Qt knows"},
    std::pair{"docker exec -i backend nc %h %p", "an example of a command"},
    std::pair{"ssh prod docker exec backend printenv", "an example of a command"},
    std::pair{"docker-compose.yml docker-compose.override.yml", "an example of files"},
    std::pair{"ssh ", "as the project file has it"},
    std::pair{"command ", "as the project file has it"},
    std::pair{"kept as Before", "what is recorded is English, whoever records it"},
};

bool isExcepted(const Literal& literal) {
  return std::ranges::any_of(exceptions, [&](const auto& each) { return literal.text == each.first; });
}

std::vector<std::string> untranslatedIn(const std::string& source) {
  std::vector<std::string> found;
  for (const auto& literal : test::literalsIn(source))
    if (!isTranslated(literal) && !isForPrograms(literal) && !isExcepted(literal) && !languageOf(literal.text).empty())
      found.push_back(std::to_string(literal.line) + ": \"" + literal.text + "\"");
  return found;
}

} // namespace

TEST(Untranslated, IsToldApartFromKeysMarkupAndComments) {
  EXPECT_EQ(untranslatedIn(R"(label->setText(QStringLiteral("Probe now"));)").size(), 1U);
  EXPECT_EQ(untranslatedIn("f(\"not reached: \" + why);").size(), 1U);
  EXPECT_EQ(untranslatedIn("a = \"gone\";\nb = \"ssh prod\";").size(), 1U) << "a single lower-case word may be a key";
  EXPECT_TRUE(untranslatedIn("label->setText(tr(\"Probe \"\n \"now\"));").empty());
  EXPECT_TRUE(untranslatedIn("// \"Probe now\"\n#include \"a b\"\n/* \"Probe now\" */").empty());
  EXPECT_TRUE(untranslatedIn("x->setObjectName(QStringLiteral(\"probe now\"));").empty());
  EXPECT_TRUE(untranslatedIn("QStringLiteral(\"<p style='color: %1; margin: 1px'>%2</p>\");").empty());
  EXPECT_TRUE(untranslatedIn("const char c = '\"'; tr(\"Probe now\");").empty());
}

TEST(Untranslated, IsNothingThatTheWindowShows) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test::sourceFolder() / "ui")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h")
      continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    for (const auto& each : untranslatedIn(text.str()))
      ADD_FAILURE() << std::filesystem::relative(entry.path(), test::sourceFolder()).string() << ':' << each;
  }
}

} // namespace whichbase
