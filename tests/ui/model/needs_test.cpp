#include "model/needs.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

topology::Failure wanting(const std::string& loginCommand, bool password) {
  topology::Failure failure;
  failure.stage = password ? topology::Stage::authenticate : topology::Stage::route;
  failure.text = "not reached";
  failure.loginCommand = loginCommand;
  failure.passwordMissing = password;
  return failure;
}

ProbeController::Result resultOf(const topology::Snapshot& after) {
  ProbeController::Result result;
  result.after = std::make_shared<const topology::Snapshot>(after);
  for (const auto& server : after.servers)
    result.passwordKeys[{after.side, server.name}] = "u@db.example.org:5432/x";
  return result;
}

} // namespace

TEST(Needs, OneLoginForAllServersBehindOneHost) {
  auto snapshot = samples::twelveServers();
  for (std::size_t i = 0; i < 3; ++i)
    snapshot.servers[i].failure = wanting("ssh -M prod", false);
  snapshot.servers[3].failure = wanting("ssh -M staging", false);
  const auto logins = neededLogins(resultOf(snapshot));
  ASSERT_EQ(logins.size(), 2U);
  EXPECT_EQ(logins[0].command, QStringLiteral("ssh -M prod"));
  EXPECT_EQ(logins[0].servers.size(), 3);
  EXPECT_EQ(logins[1].servers, QStringList{QString::fromStdString(snapshot.servers[3].name)});
}

TEST(Needs, OnePasswordForAllServersOfOneTarget) {
  auto snapshot = samples::twelveServers();
  snapshot.servers[0].failure = wanting({}, true);
  snapshot.servers[1].failure = wanting({}, true);
  const auto passwords = neededPasswords(resultOf(snapshot));
  ASSERT_EQ(passwords.size(), 1U);
  EXPECT_EQ(passwords[0].servers.size(), 2);
  EXPECT_FALSE(passwords[0].refused);
}

TEST(Needs, APasswordThatWasKeptAndRefusedIsAskedForAgain) {
  auto snapshot = samples::oneServer();
  snapshot.servers[0].failure = wanting({}, false);
  snapshot.servers[0].failure->stage = topology::Stage::authenticate;
  EXPECT_TRUE(neededPasswords(resultOf(snapshot)).empty()) << "the string's own password: only the user can mend that";
  snapshot.servers[0].connection.passwordFrom = "the keychain";
  const auto passwords = neededPasswords(resultOf(snapshot));
  ASSERT_EQ(passwords.size(), 1U);
  EXPECT_TRUE(passwords[0].refused);
}

TEST(Needs, NothingWhereEverybodyWasReached) {
  const auto result = resultOf(samples::incidentAfter());
  EXPECT_TRUE(neededLogins(result).empty());
  EXPECT_TRUE(neededPasswords(result).empty());
}

} // namespace whichbase::ui
