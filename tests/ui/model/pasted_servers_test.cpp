#include "connection/connection_string.h"
#include "model/pasted_servers.h"

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

// What the probe will see: the string with its secrets put back.
connection::Parameters restored(const PastedServer& pasted) {
  const auto url = project::substitute(pasted.server.present->url, [&](const std::string& name) {
    const auto found = pasted.secrets.find(name);
    return found == pasted.secrets.end() ? std::nullopt : std::optional(found->second);
  });
  return url ? connection::parse(*url).value.value().parameters : connection::Parameters{};
}

} // namespace

TEST(PastedServers, TakesThePasswordOutAndPutsItBackUnchanged) {
  for (const std::string url : {"postgresql://tovplay:s3cret@postgres:5432/TovPlay",
                                "postgresql://ops@example.org:p%40ss@203.0.113.196:5432/TovPlay",
                                "postgres://u:a%2Fb%23c@db.example.org/x?sslmode=require",
                                "host=db.example.org user=u password='a b\\'c' dbname=x"}) {
    const auto pasted = readPasted(QString::fromStdString(url), {});
    ASSERT_EQ(pasted.servers.size(), 1U) << url;
    const auto& server = pasted.servers.front();
    ASSERT_EQ(server.secrets.size(), 1U) << url;
    const auto& password = server.secrets.begin()->second;
    EXPECT_EQ(server.server.present->url.find(password), std::string::npos) << url;
    EXPECT_FALSE(server.masked.contains(QString::fromStdString(password))) << url;
    EXPECT_EQ(restored(server), connection::parse(url).value->parameters) << server.server.present->url;
  }
}

TEST(PastedServers, KeepsAnUnescapedAtSoThatItsFindingStillShows) {
  const auto pasted = readPasted(QStringLiteral("postgresql://ops@example.org:secret@203.0.113.196:5432/TovPlay"), {});
  ASSERT_EQ(pasted.servers.size(), 1U);
  EXPECT_EQ(pasted.servers[0].server.present->url,
            "postgresql://ops@example.org:${SERVER_1_PASSWORD}@203.0.113.196:5432/TovPlay");
}

TEST(PastedServers, FindsTheDatabasesOfAWholeEnvText) {
  const auto pasted = readPasted(QStringLiteral("# settings\nDEBUG=1\nSTAGING_DATABASE_URL=postgresql://a:b@h/x\n"
                                                "DATABASE_URL='postgresql://c:d@i/y'\n"),
                                 {});
  ASSERT_EQ(pasted.servers.size(), 2U);
  EXPECT_EQ(pasted.servers[0].server.name, "Staging");
  EXPECT_EQ(pasted.servers[1].server.name, "Server 1");
}

TEST(PastedServers, ReadsSeveralLinesAsSeveralServers) {
  const auto pasted = readPasted(QStringLiteral("postgresql://a@h/x\npostgresql://b@h/x\npostgresql://c@h/x"), {});
  ASSERT_EQ(pasted.servers.size(), 3U);
  EXPECT_EQ(pasted.servers[2].server.name, "Server 3");
}

TEST(PastedServers, RefusesAnotherKindOfDatabaseWithoutShowingItsPassword) {
  const auto pasted = readPasted(QStringLiteral("mysql://root:hunter2@db.example.org/shop"), {});
  EXPECT_TRUE(pasted.servers.empty());
  EXPECT_FALSE(pasted.problem.isEmpty());
  EXPECT_FALSE(pasted.problem.contains(QStringLiteral("hunter2")));
}

TEST(PastedServers, AReferenceAsPasswordStaysAReference) {
  std::map<std::string, std::string> secrets;
  const std::string url = "postgresql://u:${DB_PASSWORD}@h/x";
  EXPECT_EQ(withoutPassword(url, "OTHER", secrets), url);
  EXPECT_TRUE(secrets.empty());
}

TEST(PastedServers, VariablesAreNamedAfterTheServer) {
  EXPECT_EQ(passwordVariable("Production Backend", topology::Side::after), "PRODUCTION_BACKEND_PASSWORD");
  EXPECT_EQ(passwordVariable("Production Backend", topology::Side::before), "PRODUCTION_BACKEND_BEFORE_PASSWORD");
  EXPECT_EQ(passwordVariable("7777", topology::Side::after), "SERVER_7777_PASSWORD");
}

} // namespace whichbase::ui
