#include "probe_fixture.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
namespace fs = std::filesystem;

// A cluster that speaks TLS with a certificate of its own for "localhost"; made by the server's own user.
demo::ThrowawayCluster& encrypting() {
  static const auto cluster = [] {
    auto made = newCluster();
    sql(*made, "postgres",
        "COPY (SELECT 1) TO PROGRAM 'openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -out server.crt "
        "-keyout server.key 2>&1 && chmod 600 server.key'");
    sql(*made, "postgres", "ALTER SYSTEM SET ssl = on");
    sql(*made, "postgres", "SELECT pg_reload_conf()");
    for (int attempt = 0; attempt < 100 && sql(*made, "postgres", "SHOW ssl") != "on\n"; ++attempt)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return made;
  }();
  return *cluster;
}

// The certificate where we may read it.
std::string authorityFile() {
  const fs::path file = fs::temp_directory_path() / ("whichbase-ca-" + std::to_string(getpid()) + ".crt");
  std::ofstream(file) << sql(encrypting(), "postgres", "SELECT pg_read_file('server.crt')");
  return file.string();
}

TEST(Tls, PreferEncryptsWhereTheServerCanAndSaysSo) {
  const auto encrypted = visitOf(targetOf(encrypting(), "postgres"));
  ASSERT_TRUE(encrypted.facts) << encrypted.failure->text;
  EXPECT_TRUE(encrypted.facts->encrypted);
  const auto plain = visitOf(changed(targetOf(encrypting(), "postgres"), "sslmode", "disable"));
  ASSERT_TRUE(plain.facts) << plain.failure->text;
  EXPECT_FALSE(plain.facts->encrypted);
}

TEST(Tls, VerifyFullChecksTheNameThatTheStringSays) {
  auto target = changed(targetOf(encrypting(), "postgres"), "sslmode", "verify-full");
  target = changed(target, "sslrootcert", authorityFile());
  const auto right = visitOf(changed(target, "host", "localhost"));
  EXPECT_TRUE(right.facts) << right.failure->text;
  const auto wrong = visitOf(target); // by address: not the certificate's name
  ASSERT_TRUE(wrong.failure);
  EXPECT_EQ(wrong.failure->stage, topology::Stage::connect);
  EXPECT_NE(wrong.failure->text.find("does not match"), std::string::npos) << wrong.failure->text;
  fs::remove(connection::valueOf(target.parameters, "sslrootcert"));
}

TEST(Tls, AVerifiedCertificateWithoutItsAuthorityIsAskedFor) {
  const auto observation = visitOf(changed(targetOf(encrypting(), "postgres"), "sslmode", "verify-full"));
  ASSERT_TRUE(observation.failure);
  EXPECT_EQ(observation.failure->stage, topology::Stage::configuration);
  EXPECT_NE(observation.failure->text.find("names no sslrootcert"), std::string::npos) << observation.failure->text;
}

} // namespace
} // namespace whichbase
