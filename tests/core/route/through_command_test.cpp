#include "route_fixture.h"
#include "support/odd_ports.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace whichbase::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using topology::Stage;

// Counts how often a command is run, by what it appends to a file.
class Counted {
public:
  Counted() { fs::remove(m_file); }
  ~Counted() { fs::remove(m_file); }
  std::string via(const std::string& command = "nc -N %h %p") const {
    return fmt::format("command echo run >> {}; exec {}", m_file.string(), command);
  }
  int runs() const {
    std::ifstream in(m_file);
    int count = 0;
    for (std::string line; std::getline(in, line);)
      ++count;
    return count;
  }

private:
  fs::path m_file = fs::temp_directory_path() / fmt::format("whichbase-runs-{}", ::getpid());
};

TEST(ThroughACommand, ADatabaseIsReached) {
  const ProcessMark mark;
  const auto observation = visitOf(targetVia("command nc %h %p"));
  EXPECT_TRUE(reached(observation));
  EXPECT_TRUE(observation.facts->encrypted);
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughACommand, OneTunnelIsEnoughWhereOneAttemptIs) {
  const Counted counted;
  EXPECT_TRUE(reached(visitOf(targetVia(counted.via()))));
  EXPECT_EQ(counted.runs(), 1);
  // A server without TLS, and sslmode=prefer: it goes on over the same connection.
  auto plain = demo::ThrowawayCluster::create({});
  ASSERT_TRUE(plain);
  const Counted again;
  auto target = changed(targetVia(again.via(), "127.0.0.1", (*plain)->port()), "user", "postgres");
  const auto observation = visitOf(changed(target, "password", (*plain)->password()));
  ASSERT_TRUE(reached(observation));
  EXPECT_FALSE(observation.facts->encrypted);
  EXPECT_EQ(again.runs(), 1);
}

TEST(ThroughACommand, WithoutTlsIsTriedWhereWithTlsIsRefused) {
  const Counted counted;
  const auto plain = visitOf(changed(targetVia(counted.via()), "user", "plainonly"));
  ASSERT_TRUE(reached(plain));
  EXPECT_FALSE(plain.facts->encrypted);
  EXPECT_EQ(counted.runs(), 2);
  const auto encrypted = visitOf(changed(changed(targetVia(counted.via()), "user", "tlsonly"), "sslmode", "allow"));
  ASSERT_TRUE(reached(encrypted));
  EXPECT_TRUE(encrypted.facts->encrypted);
  EXPECT_EQ(counted.runs(), 4);
}

TEST(ThroughACommand, BothAttemptsReasonsAreTold) {
  const auto failure = failureOf(changed(targetVia("command nc %h %p"), "user", "nobody_at_all"));
  EXPECT_EQ(failure.stage, Stage::authenticate);
  const auto refused =
      failureOf(changed(changed(targetVia("command nc %h %p"), "user", "plainonly"), "password", "wrong"));
  EXPECT_NE(refused.text.find("pg_hba.conf rejects"), std::string::npos) << refused.text;
  EXPECT_NE(refused.text.find("; without encryption: "), std::string::npos) << refused.text;
  EXPECT_NE(refused.text.find("password authentication failed"), std::string::npos) << refused.text;
}

TEST(ThroughACommand, VerifyFullChecksTheNameInTheString) {
  // The name leads nowhere but through the command.
  const std::string via = fmt::format("command nc 127.0.0.1 {}", cluster().port());
  auto target = changed(targetVia(via, "db.test"), "sslmode", "verify-full");
  target = changed(target, "sslrootcert", authorityFile());
  const auto right = visitOf(target);
  EXPECT_TRUE(reached(right));
  const auto wrong = failureOf(changed(target, "host", "other.test"));
  EXPECT_EQ(wrong.stage, Stage::connect);
  EXPECT_NE(wrong.text.find("does not match host name \"other.test\""), std::string::npos) << wrong.text;
  fs::remove(authorityFile());
}

TEST(ThroughACommand, PasswordsOfTheHostsAreUsed) {
  auto target = targetVia("command nc %h %p", fmt::format("127.0.0.2,127.0.0.1"));
  std::erase_if(target.parameters, [](const auto& entry) { return entry.first == "password"; });
  target = changed(target, "port", fmt::format("1,{}", cluster().port()));
  target.passwordNote = "~/.pgpass can be read by others.";
  const auto none = failureOf(target);
  EXPECT_EQ(none.stage, Stage::authenticate);
  EXPECT_TRUE(none.passwordMissing);
  EXPECT_NE(none.text.find("the server asks for a password, and there is none"), std::string::npos) << none.text;
  EXPECT_TRUE(none.remedy.ends_with(" ~/.pgpass can be read by others.")) << none.remedy;
  target.hostPasswords = {"geheim-of-another", "geheim"};
  EXPECT_TRUE(reached(visitOf(target)));
  target.hostPasswords = {"geheim", "geheim-but-wrong"};
  const auto wrong = failureOf(target);
  EXPECT_FALSE(wrong.passwordMissing);
  EXPECT_EQ(wrong.stage, Stage::authenticate);
}

TEST(ThroughACommand, ItsLastWordsAreTheReason) {
  const auto missing = failureOf(targetVia("command no-such-program %h %p"));
  EXPECT_EQ(missing.stage, Stage::route);
  EXPECT_EQ(missing.text, "\"no-such-program %h %p\" ended: no-such-program: not found");
  const auto refused = failureOf(targetVia("command nc -v %h %p", "127.0.0.1", 1));
  EXPECT_EQ(refused.stage, Stage::route);
  EXPECT_NE(refused.text.find("Connection refused"), std::string::npos) << refused.text;
  const auto said = failureOf(targetVia("command echo 'no such container: backend at "
                                        "postgresql://app:geheim@db' >&2; exit 1"));
  EXPECT_NE(said.text.find("no such container: backend"), std::string::npos) << said.text;
}

TEST(ThroughACommand, OneThatClosesAtOnceIsSaid) {
  const auto closes = failureOf(targetVia("command true"));
  EXPECT_EQ(closes.stage, Stage::route);
  EXPECT_EQ(closes.text, "\"true\" ended without a word (exit code 0)");
  const ProcessMark mark;
  // It lives on without its connection.
  const auto start = Clock::now();
  const auto lets = failureOf(targetVia("command exec <&- >&-; sleep 1000"), 20);
  EXPECT_LT(Clock::now() - start, 15s);
  EXPECT_FALSE(lets.text.empty());
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughACommand, OneThatHangsEndsAtTheDeadline) {
  const ProcessMark mark;
  const auto start = Clock::now();
  const auto hangs = failureOf(targetVia("command trap '' TERM; setsid sleep 1000 & sleep 1000; sleep 1000"), 1.5);
  EXPECT_LT(Clock::now() - start, 4s);
  EXPECT_EQ(hangs.stage, Stage::deadline);
  EXPECT_NE(hangs.text.find("said nothing for"), std::string::npos) << hangs.text;
  EXPECT_EQ(mark.alive(), 0);
  const auto asks = failureOf(targetVia("command echo 'Enter code:' >&2; sleep 1000"), 1.5);
  EXPECT_EQ(asks.stage, Stage::deadline);
  EXPECT_NE(asks.text.find("Enter code:"), std::string::npos) << asks.text;
}

TEST(ThroughACommand, GarbageIsShown) {
  const ProcessMark mark;
  const auto garbage = failureOf(targetVia("command echo 'OCI runtime exec failed: no nc'; sleep 1000"));
  EXPECT_EQ(garbage.stage, Stage::route);
  EXPECT_NE(garbage.text.find("does not speak PostgreSQL's protocol; it says \"OCI runtime exec failed: no nc\""),
            std::string::npos)
      << garbage.text;
  // libpq takes what begins with an E for an error of the server.
  const auto error = failureOf(targetVia("command echo 'Error: No such container'"));
  EXPECT_NE(error.text.find("it says \"Error: No such container\""), std::string::npos) << error.text;
  const auto binary = failureOf(targetVia("command head -c 5000 /dev/urandom"));
  EXPECT_FALSE(binary.text.empty());
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughACommand, FloodsDoNoHarm) {
  const ProcessMark mark;
  const auto out = failureOf(targetVia("command yes"));
  EXPECT_EQ(out.stage, Stage::route);
  const auto errors = failureOf(targetVia("command yes 'much ado' >&2"), 2);
  EXPECT_EQ(errors.stage, Stage::deadline);
  EXPECT_LT(errors.text.size(), 1000U);
  // Beside its chatter it does its work.
  EXPECT_TRUE(reached(visitOf(targetVia("command yes 'much ado' >&2 & nc %h %p; kill $!"))));
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughACommand, ASilentServerBehindItIsTold) {
  const OddPort silent;
  const auto failure = failureOf(targetVia("command nc %h %p", "127.0.0.1", silent.port()), 1.5);
  EXPECT_EQ(failure.stage, Stage::deadline);
  EXPECT_NE(failure.text.find(fmt::format("127.0.0.1:{} through nc %h %p", silent.port())), std::string::npos)
      << failure.text;
}

TEST(ThroughACommand, AHostThatIsNoWordIsRefused) {
  const auto failure = failureOf(targetVia("command nc %h %p", "a;id"));
  EXPECT_EQ(failure.stage, Stage::route);
  EXPECT_EQ(failure.text, "the host 'a;id' cannot stand in a command line");
}

} // namespace
} // namespace whichbase::test
