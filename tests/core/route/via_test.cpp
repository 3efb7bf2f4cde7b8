#include "route/via.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace whichbase::route {
namespace {

using Words = std::vector<std::string>;

TEST(Via, ReadsItsFourForms) {
  EXPECT_EQ(parseVia("")->kind, Via::Kind::unstated);
  EXPECT_EQ(parseVia(" direct ")->kind, Via::Kind::direct);
  EXPECT_EQ(*parseVia("ssh prod"), (Via{Via::Kind::ssh, {"prod"}, {}}));
  EXPECT_EQ(*parseVia("ssh -p 2222 -J 'jump host' ops@prod"),
            (Via{Via::Kind::ssh, {"-p", "2222", "-J", "jump host", "ops@prod"}, {}}));
  EXPECT_EQ(*parseVia("command docker exec -i backend nc %h %p"),
            (Via{Via::Kind::command, {}, "docker exec -i backend nc %h %p"}));
}

TEST(Via, SaysWhatIsExpectedInsteadOfAnythingElse) {
  EXPECT_EQ(parseVia("shh prod").error(), R"(a route is "direct", "ssh HOST" or "command PROGRAM …", which joins its )"
                                          "standard input and output to the database");
  EXPECT_EQ(parseVia("ssh").error(), R"("ssh" wants a host: "ssh prod")");
  EXPECT_EQ(parseVia("ssh prod nc db 5432").error(), R"("ssh prod nc db 5432" wants a host and nothing behind it; )"
                                                     R"(a command that runs there is written "command ssh …")");
  EXPECT_EQ(parseVia("ssh prod | nc").error(),
            R"("ssh" wants options and one host, in plain words: "|" needs a shell)");
  EXPECT_EQ(parseVia("ssh -fN prod").error(), "ssh's option -f cannot be used in a route");
  EXPECT_EQ(parseVia("ssh -p").error(), "ssh's option -p wants a value");
  EXPECT_FALSE(parseVia("ssh ''"));
  EXPECT_FALSE(parseVia("command "));
  EXPECT_FALSE(parseVia("command nc %x"));
  EXPECT_FALSE(parseVia("direct\nssh prod"));
}

TEST(Via, HasAShortName) {
  EXPECT_EQ(nameOf(*parseVia("ssh -F /tmp/config -p22 ops@prod")), "ssh ops@prod");
  EXPECT_EQ(nameOf(*parseVia("command nc %h %p")), "nc %h %p");
  const std::string name = nameOf(Via{Via::Kind::command, {}, std::string(59, 'x') + "äöü"});
  EXPECT_EQ(name, std::string(59, 'x') + "…");
}

TEST(Expanded, ReplacesHostAndPort) {
  EXPECT_EQ(*expanded("nc %h %p", "db.example.org", 5433), "nc db.example.org 5433");
  EXPECT_EQ(*expanded("date +%%s; nc %h %p", "fe80::1%eth0", 1), "date +%s; nc fe80::1%eth0 1");
  EXPECT_EQ(*expanded("nc -U %h/.s.PGSQL.%p", "/var/run/postgresql", 5432), "nc -U /var/run/postgresql/.s.PGSQL.5432");
}

TEST(Expanded, RefusesAHostThatAShellWouldTakeForMore) {
  for (const char* host : {"", "-oProxyCommand=x", "a b", "a;b", "$(id)", "`id`", "a'b", "a\nb", "a|b", "~", "a*"})
    EXPECT_FALSE(expanded("nc %h %p", host, 5432)) << host;
  EXPECT_TRUE(expanded("nc somewhere %p", "a b", 5432));
  EXPECT_FALSE(expanded("nc %H", "db", 5432));
  EXPECT_FALSE(expanded("nc 100%", "db", 5432));
}

TEST(ShellWords, AreTakenApartAsAShellDoes) {
  EXPECT_EQ(*shellWords(R"(a  'b c' "d \"e\" \x" f\ g '' h"i"'j')"),
            (Words{"a", "b c", R"(d "e" \x)", "f g", "", "hij"}));
  EXPECT_EQ(*shellWords("docker inspect -f {{.Name}} '{{a,b}}' a#b x=y"),
            (Words{"docker", "inspect", "-f", "{{.Name}}", "{{a,b}}", "a#b", "x=y"}));
  EXPECT_EQ(*shellWords("\"a\\\nb\" c\\\nd"), (Words{"ab", "cd"}));
  EXPECT_EQ(*shellWords("-oPort=22 x"), (Words{"-oPort=22", "x"}));
  ::setenv("HOME", "/home/somebody", 1);
  EXPECT_EQ(*shellWords("-i ~/key ~ a~"), (Words{"-i", "/home/somebody/key", "/home/somebody", "a~"}));
}

TEST(ShellWords, AreRefusedWhereTheyNeedAShell) {
  for (const char* text : {"a|b", "a && b", "a; b",    "a > b", "$HOME",  "\"$HOME\"", "`id`", "a*",  "a?",    "[a]",
                           "# x", "A=b c",  "~root/x", "{a,b}", "{ a; }", "'a",        "\"a",  "a\\", "\"a\\", "(a)"})
    EXPECT_FALSE(shellWords(text)) << text;
}

TEST(ShellWords, ComeBackAsTheyWereQuoted) {
  for (const char* text : {"", "a", "a b", "it's", "$x `y` \"z\"", "a\nb", "~", "#", "ä", "{a,b}", "-o", "A=b"})
    EXPECT_EQ(*shellWords("x " + shellQuoted(text)), (Words{"x", text})) << text;
}

} // namespace
} // namespace whichbase::route
