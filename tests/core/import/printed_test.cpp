#include "import/from.h"
#include "import/service_file.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

using namespace whichbase::imports;

namespace {

const From command{.kind = From::Kind::command, .command = "ssh prod docker exec backend printenv"};

std::map<std::string, std::string> printed(std::string_view text) {
  const auto reading = readPrinted(command, text);
  std::map<std::string, std::string> values;
  EXPECT_TRUE(reading) << reading.error().text;
  if (reading)
    for (const auto& variable : reading->variables)
      values[variable.name] = variable.value;
  return values;
}

using Values = std::map<std::string, std::string>;

constexpr auto services = R"(# comment
[first]
host=db1.example.org
dbname=app
password=with 'quote
host=never
	[second]
# comment
service=first
[first]
host=never
[third]
ldap://ldap.example.org/dc=example
[fourth]
hots=db
[fifth]
host = db
)";

std::string serviceIn(const whichbase::test::TemporaryFolder& folder, const std::string& name) {
  const auto from = parseFrom("service pg_service.conf " + name);
  const auto reading = read(*from, folder.path(), {});
  return reading ? reading->keyValues : reading.error().text;
}

} // namespace

TEST(Printed, LinesOfPrintenvAreTakenAsTheyAre) {
  EXPECT_EQ(printed("PATH=/bin\r\nDATABASE_URL=\"x\" # y\nKEY=a\nb\n\nNEXT==\n"),
            (Values{{"PATH", "/bin"}, {"DATABASE_URL", "\"x\" # y"}, {"KEY", "a\nb"}, {"NEXT", "="}}));
}

TEST(Printed, AShellsExportsAreUnquoted) {
  EXPECT_EQ(printed("export A='it'\"'\"'s'\nexport B='two\nlines'\nexport C\nexport D=plain\n"),
            (Values{{"A", "it's"}, {"B", "two\nlines"}, {"D", "plain"}}));
  EXPECT_EQ(printed("declare -x A=\"a\\\"b\\$c\"\ndeclare -x B\ndeclare -x C=$'x\\ny'\n"),
            (Values{{"A", "a\"b$c"}, {"C", "x\ny"}}));
}

TEST(Printed, DockersJsonIsRead) {
  EXPECT_EQ(printed("[\"A=1\",\"B=a=b\"]\n"), (Values{{"A", "1"}, {"B", "a=b"}}));
  EXPECT_EQ(printed("[{\"Id\": \"x\", \"Config\": {\"Env\": [\"A=1\"]}}]"), (Values{{"A", "1"}}));
  EXPECT_EQ(printed("{\"A\": \"1\"}"), (Values{{"A", "1"}}));
}

TEST(Printed, AProcesssEnvironmentIsSeparatedByNul) {
  EXPECT_EQ(printed(std::string_view("A=1\0B=x\ny\0", 10)), (Values{{"A", "1"}, {"B", "x\ny"}}));
}

TEST(Printed, GarbageIsRefusedAndNotShown) {
  for (const std::string& text :
       {std::string(), std::string("Error: no such container s3cret"), std::string("[\"A\"]"), std::string("[1, 2]"),
        std::string("{\"A\": {\"s3cret\": 1}}"), std::string("[\"A=1"), std::string("export A='s3cret\n"),
        std::string(100, '\0'), std::string(5000000, 'A'), std::string("\xff\xfe\x01"), std::string("[[[[")}) {
    const auto reading = readPrinted(command, text);
    ASSERT_FALSE(reading) << text.substr(0, 50);
    EXPECT_EQ(reading.error().text.find("s3cret"), std::string::npos);
    EXPECT_TRUE(reading.error().text.ends_with("look.")) << reading.error().text;
  }
}

TEST(Printed, TheDatabaseInItIsFound) {
  const auto reading = readPrinted(command, "POSTGRES_HOST=db\nPOSTGRES_DB=app\nPOSTGRES_USER=u\n"
                                            "POSTGRES_PASSWORD_FILE=/run/secrets/pw\n");
  ASSERT_TRUE(reading);
  const auto found = databaseOf(*reading, command, "");
  ASSERT_TRUE(found) << found.error().text;
  EXPECT_EQ(found->url, "postgresql://u@db/app");
  EXPECT_NE(found->passwordProblem.find("POSTGRES_PASSWORD_FILE names a file"), std::string::npos);
}

TEST(ServiceFile, IsReadAsLibpqReadsIt) {
  const whichbase::test::TemporaryFolder folder;
  folder.write("pg_service.conf", std::string(services));
  EXPECT_EQ(serviceIn(folder, "first"), "host=db1.example.org dbname=app password='with \\'quote'");
  EXPECT_EQ(serviceIn(folder, "second"), "pg_service.conf:9: a service cannot name another one.");
  EXPECT_EQ(serviceIn(folder, "third"),
            "pg_service.conf:13: this service is looked up in LDAP, which is not followed: write its host, port and "
            "dbname here, or give the connection string as url.");
  EXPECT_EQ(serviceIn(folder, "fourth"), "pg_service.conf:15: what stands before the = is no key that libpq knows (no "
                                         "space belongs around the =).");
  EXPECT_EQ(serviceIn(folder, "fifth"), "pg_service.conf:17: what stands before the = is no key that libpq knows (no "
                                        "space belongs around the =).");
  EXPECT_EQ(serviceIn(folder, "frist"), "there is no service frist in pg_service.conf. Did you mean first?");
  EXPECT_EQ(serviceIn(folder, "other-one"),
            "there is no service other-one in pg_service.conf. There is: first, second, first, third, fourth, fifth.");
}

TEST(ServiceFile, TheServiceIsADatabase) {
  const whichbase::test::TemporaryFolder folder;
  folder.write("pg_service.conf", std::string(services));
  const auto from = parseFrom("service pg_service.conf first");
  const auto reading = read(*from, folder.path(), {});
  ASSERT_TRUE(reading);
  const auto found = databaseOf(*reading, *from, "");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->passwordVariable, "first");
}
