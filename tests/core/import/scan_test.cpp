#include "import/scan.h"
#include "set_ups.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <fstream>

using namespace whichbase;
using namespace whichbase::imports;

namespace {

nlohmann::json toJson(const Scan& scan) {
  nlohmann::json items = nlohmann::json::array();
  for (const auto& item : scan.items) {
    nlohmann::json each{{"name", item.server.name},
                        {"from", item.server.present->from},
                        {"masked", item.masked},
                        {"origin", item.origin}};
    if (!item.server.present->variable.empty())
      each["variable"] = item.server.present->variable;
    if (!item.server.environment.empty())
      each["environment"] = item.server.environment;
    if (!item.note.empty())
      each["note"] = item.note;
    items.push_back(each);
  }
  return {{"items", items}, {"problems", scan.problems}};
}

// A folder of its own, gone with it.
class Folder : public test::TemporaryFolder {
public:
  std::string file(const std::string& name) const { return (path() / name).string(); }
};

std::string textOf(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

test::RunResult runImport(std::vector<std::string> arguments) {
  std::vector<std::string> command{test::commandLineProgram(), "import"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return test::runProgram(command);
}

const auto shop = (test::dataFolder() / "import/scan/shop").string();

} // namespace

TEST(Scan, FindsTheServersOfWholeFolders) {
  for (const auto& folder : setUps("scan")) {
    const auto expected = expectedOf(folder);
    const auto scanned = scan({folder}, folder);
    EXPECT_EQ(toJson(scanned), expected) << folder << "\n" << toJson(scanned).dump(1);
    // What it wrote is read again as what it found.
    for (const auto& item : scanned.items) {
      if (!item.note.empty())
        continue;
      const auto from = parseFrom(item.server.present->from);
      ASSERT_TRUE(from);
      const auto reading = read(*from, folder, {});
      ASSERT_TRUE(reading) << reading.error().text;
      EXPECT_TRUE(databaseOf(*reading, *from, item.server.present->variable)) << item.server.name;
    }
  }
}

TEST(Scan, IsStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(scan({test::dataFolder()}, test::dataFolder(), stop.get_token()).items.empty());
}

TEST(Scan, TheProjectsNamesAreUnique) {
  Item item;
  item.server.name = "api";
  const auto project = projectOf({item, item, item}, "Shop");
  EXPECT_EQ(project.title, "Shop");
  EXPECT_EQ(project.servers.at(1).name, "api 2");
  EXPECT_EQ(project.servers.at(2).name, "api 3");
}

TEST(Import, PrintsAPreviewThatIsAProject) {
  const auto result = runImport({shop});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  const auto project = project::parse(result.output, "preview");
  ASSERT_TRUE(project) << project.error().text << result.output;
  EXPECT_EQ(project->title, "shop");
  EXPECT_FALSE(project->servers.empty());
  EXPECT_NE(result.errors.find("This is a preview; --output FILE writes it."), std::string::npos);
  EXPECT_EQ((result.output + result.errors).find("s3cret"), std::string::npos) << result.output << result.errors;
}

TEST(Import, WritesAFileAndReplacesItOnlyWhenTold) {
  const Folder folder;
  const auto file = folder.file("shop.whichbase.toml");
  EXPECT_EQ(runImport({shop, "--output", file, "--title", "The shop"}).exitCode, 0);
  const auto written = textOf(file);
  EXPECT_NE(written.find("title = \"The shop\""), std::string::npos);
  EXPECT_EQ(written.find("s3cret"), std::string::npos);
  const auto project = project::load(file);
  ASSERT_TRUE(project) << project.error().text;
  // Told from the file's own folder.
  const auto from = parseFrom(project->servers.front().present->from);
  ASSERT_TRUE(from);
  EXPECT_TRUE(read(*from, std::filesystem::path(file).parent_path(), {}));

  const auto again = runImport({shop, "--output", file});
  EXPECT_EQ(again.exitCode, 2);
  EXPECT_NE(again.errors.find("replace it with --force"), std::string::npos) << again.errors;
  EXPECT_EQ(textOf(file), written);
  EXPECT_EQ(runImport({shop, "--output", file, "--force"}).exitCode, 0);
  EXPECT_NE(textOf(file), written);
}

TEST(Import, SaysWhatWasNotFound) {
  const Folder folder;
  const auto empty = runImport({folder.file("")});
  EXPECT_EQ(empty.exitCode, 2);
  EXPECT_NE(empty.errors.find("no server with a PostgreSQL database was found in 0 files"), std::string::npos);
  const auto nowhere = runImport({shop, "--output", folder.file("absent/shop.whichbase.toml")});
  EXPECT_EQ(nowhere.exitCode, 2);
  EXPECT_NE(nowhere.errors.find("its folder does not exist"), std::string::npos) << nowhere.errors;
  const auto absent = runImport({folder.file("absent")});
  EXPECT_EQ(absent.exitCode, 2);
  EXPECT_NE(absent.errors.find("there is no such file or folder"), std::string::npos);
}
