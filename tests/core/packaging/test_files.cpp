// What the packages install beside the programs, read by the validators that this computer has.
#include "support/paths.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

using namespace whichbase::test;
namespace fs = std::filesystem;

namespace {

const std::string id = "io.github.whichbase.whichbase";

bool hasProgram(const std::string& name) {
  return runProgram({"sh", "-c", "command -v " + name}).exitCode == 0;
}

fs::path packagingFolder() {
  return sourceFolder() / "packaging";
}

// What troff has to say about a man page; nothing is good.
void expectGoodManPage(const fs::path& program) {
  const auto page = runProgram({program, "--documentation", "man"});
  ASSERT_EQ(page.exitCode, 0) << page.errors;
  ASSERT_TRUE(page.output.starts_with(".TH ")) << page.output.substr(0, 80);
  RunOptions input;
  input.input = page.output;
  const auto read = runProgram({"groff", "-man", "-Tutf8", "-ww", "-z", "-K", "utf8"}, input);
  EXPECT_EQ(read.exitCode, 0);
  EXPECT_EQ(read.errors, "");
}

} // namespace

TEST(PackagedFiles, TheDesktopEntryIsValid) {
  if (!hasProgram("desktop-file-validate"))
    GTEST_SKIP() << "desktop-file-validate is not installed";
  const auto result = runProgram({"desktop-file-validate", packagingFolder() / (id + ".desktop")});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(result.output + result.errors, "");
}

TEST(PackagedFiles, TheSoftwareCentresDescriptionIsValid) {
  const auto file = fs::path(WHICHBASE_BINARY_DIR) / "packaging" / (id + ".metainfo.xml");
  if (!fs::exists(file))
    GTEST_SKIP() << "this build has no window";
  if (!hasProgram("appstreamcli"))
    GTEST_SKIP() << "appstreamcli is not installed";
  const auto result = runProgram({"appstreamcli", "validate", "--no-net", "--pedantic", file});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
}

TEST(PackagedFiles, FileTypesAreTakenUpWithoutAWarning) {
  if (!hasProgram("update-mime-database"))
    GTEST_SKIP() << "shared-mime-info is not installed";
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "mime/packages");
  fs::copy_file(packagingFolder() / "whichbase-mime.xml", folder.path() / "mime/packages/whichbase.xml");
  RunOptions searched; // it warns of a folder that nobody looks into
  searched.environment["XDG_DATA_HOME"] = folder.path().string();
  const auto result = runProgram({"update-mime-database", "-n", folder.path() / "mime"}, searched);
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(result.errors, "");
  for (const char* type : {"project", "history", "snapshot+json"})
    EXPECT_TRUE(fs::exists(folder.path() / "mime/application" / (std::string("vnd.whichbase.") + type + ".xml")))
        << type;
}

TEST(PackagedFiles, TheManPagesAreGoodTroff) {
  if (!hasProgram("groff"))
    GTEST_SKIP() << "groff is not installed";
  expectGoodManPage(commandLineProgram());
  if (fs::exists(windowProgram()))
    expectGoodManPage(windowProgram());
}

TEST(PackagedFiles, EveryShellReadsItsCompletion) {
  const TemporaryFolder folder;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    if (!hasProgram(shell))
      continue;
    const auto completion = runProgram({commandLineProgram(), "--documentation", shell});
    ASSERT_EQ(completion.exitCode, 0) << completion.errors;
    const auto read = runProgram({shell, "-n", folder.write(shell, completion.output)});
    EXPECT_EQ(read.exitCode, 0) << shell << ": " << read.errors;
    EXPECT_EQ(read.errors, "") << shell;
  }
}
