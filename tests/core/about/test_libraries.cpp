// What --version and the About box tell.
#include "about/libraries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

using namespace whichbase;

TEST(Libraries, EachHasANameAndAVersion) {
  const auto all = about::libraries();
  for (const char* name :
       {"libpq", "libpqxx", "SQLite", "OpenSSL", "Cairo", "Pango", "librsvg", "toml++", "yaml-cpp", "fmt"})
    EXPECT_TRUE(std::ranges::any_of(all, [&](const auto& one) { return one.starts_with(std::string(name) + " "); }))
        << name;
  for (const auto& one : all) {
    const auto space = one.find(' ');
    ASSERT_NE(space, std::string::npos) << one;
    EXPECT_TRUE(std::isdigit(static_cast<unsigned char>(one[space + 1]))) << one;
    EXPECT_NE(one.find('.', space), std::string::npos) << one;
  }
}

TEST(Libraries, TheVersionComesFirstAndAlone) {
  const auto text = about::versionText("whichbase-cli", {"CLI11 2.1.2"});
  EXPECT_TRUE(text.starts_with("whichbase-cli " + about::version() + "\nwith CLI11 2.1.2, lib")) << text;
}
