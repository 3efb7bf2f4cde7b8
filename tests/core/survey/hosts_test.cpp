// What a user may type for a host, and the command lines that are made of it.

#include "import/ssh_host.h"
#include "surveys.h"

#include <gtest/gtest.h>

namespace whichbase::test {
namespace {

TEST(SshHosts, OptionsAndOneHostAreTaken) {
  for (const auto& [typed, words, name] :
       std::vector<std::array<std::string, 3>>{{"prod", "prod", "prod"},
                                               {"ssh prod", "prod", "prod"},
                                               {" me@prod.example.org ", "me@prod.example.org", "prod.example.org"},
                                               {"-p 2222 me@prod", "-p 2222 me@prod", "prod"},
                                               {"-i 'my keys/id' prod", "-i 'my keys/id' prod", "prod"},
                                               {"ssh://me@prod:2222", "ssh://me@prod:2222", "prod"},
                                               {"2001:db8::1", "2001:db8::1", "2001:db8::1"}}) {
    const auto host = imports::readSshHost(typed);
    ASSERT_TRUE(host) << typed << ": " << host.error();
    EXPECT_EQ(host->words, words);
    EXPECT_EQ(host->name, name);
  }
}

TEST(SshHosts, EverythingElseIsRefusedWithASentence) {
  for (const std::string typed : {"", "   ", "prod rm", "prod; rm", "$(id)", "`id`", "prod | cat", "-p 2222", "'prod",
                                  "prod\nrm", "-L 1:a:2 prod"}) {
    const auto command = imports::surveyCommand(typed);
    ASSERT_FALSE(command) << typed;
    EXPECT_NE(command.error().find("type what you would type behind \"ssh\""), std::string::npos) << command.error();
  }
}

TEST(SshHosts, TheScriptIsOneWordForEveryLoginShell) {
  const auto command = imports::surveyCommand("prod");
  ASSERT_TRUE(command);
  // Between "exec sh -c '" and the last "'": nothing that any shell takes for more than itself in single quotes.
  const std::string begin = R"(ssh prod 'exec sh -c '\'')";
  const std::string end = R"('\''')";
  ASSERT_TRUE(command->starts_with(begin)) << command->substr(0, 60);
  ASSERT_TRUE(command->ends_with(end));
  const auto script = command->substr(begin.size(), command->size() - begin.size() - end.size());
  for (const std::string forbidden : {"'", "!", "\n", "\\\\"})
    EXPECT_EQ(script.find(forbidden), std::string::npos) << forbidden;
}

} // namespace
} // namespace whichbase::test
