// Our reading of a password file beside libpq's own: libpq is asked through a connection that it gives up, because of
// an sslmode that does not exist, after it has looked its password up and before it connects.
#include "connection/password_file.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <random>

namespace whichbase::connection {
namespace {

struct Wanted {
  std::string host = "db1";
  int port = 5432;
  std::string dbname = "app";
  std::string user = "u";
};

std::optional<std::string> libpqs(const std::filesystem::path& file, const Wanted& wanted) {
  const std::string port = std::to_string(wanted.port);
  const std::array<const char*, 7> keys{"host", "port", "dbname", "user", "passfile", "sslmode", nullptr};
  const std::array<const char*, 7> values{
      wanted.host.c_str(), port.c_str(), wanted.dbname.c_str(), wanted.user.c_str(), file.c_str(),
      "none such",         nullptr};
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectStartParams(keys.data(), values.data(), 0),
                                                                &PQfinish);
  EXPECT_NE(std::string(PQerrorMessage(connection.get())).find("sslmode"), std::string::npos)
      << PQerrorMessage(connection.get());
  // libpq tells no difference between an empty password and none.
  const std::string password = PQpass(connection.get());
  return password.empty() ? std::nullopt : std::optional(password);
}

class PasswordFile : public testing::Test {
protected:
  std::filesystem::path file() const { return m_folder.path() / "pgpass"; }
  void write(const std::string& text, mode_t mode = 0600) const { m_folder.write("pgpass", text, mode); }
  // Ours, after it was compared with libpq's.
  std::string chosen(const Wanted& wanted = {}) const {
    const auto answer = passwordFromFile(file(), wanted.host, wanted.port, wanted.dbname, wanted.user);
    EXPECT_EQ(answer.problem, "");
    EXPECT_EQ(answer.password.value_or(""), libpqs(file(), wanted).value_or(""));
    return answer.password.value_or("(none)");
  }

  test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(PasswordFile, TheFirstLineThatFitsWins) {
  write("db2:5432:app:u:other\ndb1:5432:*:u:first\ndb1:5432:app:u:second\n");
  EXPECT_EQ(chosen(), "first");
  EXPECT_EQ(chosen({"db2", 5432, "app", "u"}), "other");
  EXPECT_EQ(chosen({"db2", 5433, "app", "u"}), "(none)");
  EXPECT_EQ(chosen({"db1", 5432, "app", "v"}), "(none)");
}

TEST_F(PasswordFile, AStarFitsOnlyAsAWholeField) {
  write("db*:5432:app:u:no\n**:5432:app:u:no\n\\*:5432:app:u:no\n*:*:*:*:yes\n");
  EXPECT_EQ(chosen(), "yes");
  EXPECT_EQ(chosen({"*", 5432, "app", "u"}), "no");
}

TEST_F(PasswordFile, EscapesStandForColonAndBackslash) {
  write("fe80\\:\\:1:5432:a\\\\pp:u\\:v:p\\:w\\\\\\x\\\n");
  EXPECT_EQ(chosen({"fe80::1", 5432, "a\\pp", "u:v"}), "p:w\\x\\");
}

TEST_F(PasswordFile, ThePasswordEndsAtAColon) {
  write("db1:5432:app:u:pass:rest\n");
  EXPECT_EQ(chosen(), "pass");
}

TEST_F(PasswordFile, CommentsEmptyAndBrokenLinesAreSkipped) {
  write("#db1:5432:app:u:comment\n\n\r\n:\n::::\ndb1\ndb1:5432:app:u\n db1:5432:app:u:indented\ndb1:5432:app:u:good");
  EXPECT_EQ(chosen(), "good");
  EXPECT_EQ(chosen({"#db1", 5432, "app", "u"}), "(none)");
}

TEST_F(PasswordFile, LinesOfAWindowsFileAreRead) {
  write("db1:5432:app:u:secret\r\n");
  EXPECT_EQ(chosen(), "secret");
}

TEST_F(PasswordFile, AnEmptyPasswordIsFoundAndEndsTheSearch) {
  write("db1:5432:app:u:\ndb1:5432:app:u:later\n");
  const auto answer = passwordFromFile(file(), "db1", 5432, "app", "u");
  EXPECT_EQ(answer.password, "");
  EXPECT_EQ(libpqs(file(), {}), std::nullopt);
}

TEST_F(PasswordFile, VeryLongLinesAreReadWhole) {
  const std::string password(100'000, 'x');
  write("# " + std::string(5000, '#') + "\n" + std::string(70'000, 'h') + ":*:*:*:no\ndb1:5432:app:u:" + password +
        "\n");
  EXPECT_EQ(chosen(), password);
}

TEST_F(PasswordFile, TheDefaultSocketFolderCountsAsLocalhost) {
  write("localhost:5432:app:u:here\n/srv/sockets:5432:app:u:there\n");
  EXPECT_EQ(chosen({"localhost", 5432, "app", "u"}), "here");
  EXPECT_EQ(chosen({"", 5432, "app", "u"}), "here");
  for (const auto* folder : {"/var/run/postgresql", "/tmp", "/srv/sockets", "/srv/sockets/", "@abstract"})
    chosen({folder, 5432, "app", "u"});
  EXPECT_EQ(chosen({"/srv/sockets", 5432, "app", "u"}), "there");
}

TEST_F(PasswordFile, ANulInALineIsReadAsLibpqReadsIt) {
  using namespace std::string_literals;
  write("db1:5432:app:u:on\0off\ne\n"s);
  EXPECT_EQ(chosen(), "one");
  write("db1:5432:app:u:on\0off\n"s);
  EXPECT_EQ(chosen(), "(none)");
  write("db1:5432:app:u:on\0off"s);
  EXPECT_EQ(chosen(), "on");
}

TEST_F(PasswordFile, AFileThatOthersMayReadIsNotUsedAndSaysHowToMendIt) {
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0601U}) {
    write("*:*:*:*:secret\n", mode);
    const auto answer = passwordFromFile(file(), "db1", 5432, "app", "u");
    EXPECT_EQ(answer.password, std::nullopt);
    EXPECT_EQ(answer.problem, fmt::format("{0} can be read by others: chmod 600 {0}", file().string()));
    EXPECT_EQ(libpqs(file(), {}), std::nullopt);
  }
  write("*:*:*:*:secret\n", 0400);
  EXPECT_EQ(chosen(), "secret");
}

TEST_F(PasswordFile, WhatIsNoPlainFileIsNotUsed) {
  ASSERT_EQ(::mkfifo(file().c_str(), 0600), 0);
  EXPECT_NE(passwordFromFile(file(), "db1", 5432, "app", "u").problem.find("is not a plain file"), std::string::npos);
  EXPECT_EQ(passwordFromFile(m_folder.path(), "db1", 5432, "app", "u").password, std::nullopt);
  const auto absent = passwordFromFile(m_folder.path() / "absent", "db1", 5432, "app", "u");
  EXPECT_EQ(absent.password, std::nullopt);
  EXPECT_EQ(absent.problem, "");
}

TEST_F(PasswordFile, WithoutUserOrDatabaseThereIsNoPassword) {
  write("*:*:*:*:secret\n");
  EXPECT_EQ(passwordFromFile(file(), "db1", 5432, "", "u").password, std::nullopt);
  EXPECT_EQ(passwordFromFile(file(), "db1", 5432, "app", "").password, std::nullopt);
}

TEST_F(PasswordFile, AnyFileIsReadAsLibpqReadsIt) {
  std::mt19937 random(20260101); // NOLINT: the same files every time
  const std::string letters = "ab:*\\\\::#\r\n\n \t5432";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto length = random() % 60; length > 0; --length)
      text += random() % 6 == 0 ? "a:5432:b:a:b" + std::string(random() % 2, '\\')
                                : std::string(1, letters[random() % letters.size()]);
    write(text);
    for (const Wanted& wanted : {Wanted{"a", 5432, "b", "a"}, Wanted{"*", 5432, "a", "b"},
                                 Wanted{"a:b", 5432, "b", "a"}, Wanted{"#", 5432, "a", "\\"}}) {
      chosen(wanted);
      if (HasFailure())
        FAIL() << testing::PrintToString(text);
    }
  }
}

TEST(PasswordFileOfTheUser, StandsInTheHomeFolderWhateverPgpassfileSays) {
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  ::setenv("HOME", "/home/somebody", 1);
  ::setenv("PGPASSFILE", "/elsewhere", 1);
  EXPECT_EQ(passwordFile(), "/home/somebody/.pgpass");
  ::unsetenv("PGPASSFILE");
  ::unsetenv("HOME");
  EXPECT_TRUE(passwordFile().empty() || passwordFile().filename() == ".pgpass");
  if (!home.empty())
    ::setenv("HOME", home.c_str(), 1);
}

} // namespace whichbase::connection
