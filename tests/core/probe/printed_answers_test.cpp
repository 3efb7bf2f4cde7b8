#include "probe/printed_answers.h"

#include <gtest/gtest.h>

namespace whichbase::probe {
namespace {

using namespace std::string_literals;

std::string whyNoAddress(std::string_view printed) {
  const auto address = addressIn(printed);
  return address ? "(" + *address + ")" : address.error();
}

} // namespace

TEST(PrintedAddress, IsAnAddressOrAPlainName) {
  for (const std::string text : {"172.17.0.2", "2001:db8::7", "db", "db-1.internal.example.org", "db_1"}) {
    EXPECT_EQ(addressIn(text).value_or("none"), text);
    EXPECT_EQ(addressIn("  " + text + "\r\n").value_or("none"), text);
  }
}

TEST(PrintedAddress, AnythingElseIsRefusedWithTheReason) {
  EXPECT_EQ(whyNoAddress(""), "it printed nothing");
  EXPECT_EQ(whyNoAddress("\n \n"), "it printed nothing");
  EXPECT_EQ(whyNoAddress("172.17.0.2\n172.18.0.2\n"), "it printed more than one word, not one address");
  for (const auto& text : {"172.17.0.2172.18.0.3"s, "172.17.0"s, "db:5432"s, "172.17.0.2:5432"s, "-oProxyCommand=x"s,
                           "$(reboot)"s, "a;b"s, "db\0x"s, "[]"s, "%h"s, "d\xc3\xa9"s, std::string(300, 'a')})
    EXPECT_EQ(whyNoAddress(text), "what it printed is neither an address nor a host name") << text;
}

TEST(PrintedPassword, IsTheFirstLineAsItStands) {
  EXPECT_EQ(passwordIn("secret\nuser: me\nurl: x\n").value_or("none"), "secret");
  EXPECT_EQ(passwordIn(" with spaces \r\n").value_or("none"), " with spaces ");
  EXPECT_EQ(passwordIn("no line end").value_or("none"), "no line end");
}

TEST(PrintedPassword, ThatIsNoneIsRefusedWithoutAPieceOfIt) {
  EXPECT_EQ(passwordIn("").error(), "it printed nothing");
  EXPECT_EQ(passwordIn("\nsecret\n").error(), "its first line is empty");
  EXPECT_EQ(passwordIn("sec\0ret\n"s).error().find("sec"), std::string::npos);
}

} // namespace whichbase::probe
