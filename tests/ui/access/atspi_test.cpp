// The running program as a screen reader's user has it: the real window on a display and a bus of its own, read through
// AT-SPI by check_names.py and worked by keys alone.
#include "layout/diagram.h"
#include "report/json.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace whichbase {
namespace {

using nlohmann::json;

// Debian's own Python, for which its modules are.
constexpr const char* python = "/usr/bin/python3";

// Empty: everything is here.
std::string whatIsMissing() {
  for (const char* program : {"dbus-run-session", "Xvfb", "xdotool"})
    if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
      return std::string(program) + " is not installed";
  const auto modules = test::runProgram({python, "-c", "import gi; gi.require_version('Atspi', '2.0')"});
  return modules.exitCode == 0 ? "" : "python3-gi and gir1.2-atspi-2.0 are not installed";
}

// What each box of the diagram must be called, as parts of its name.
json boxesOf(const layout::Diagram& diagram) {
  json boxes = json::array();
  for (const auto& box : diagram.boxes) {
    json parts = json::array();
    for (const std::string& text : {box.title, box.subtitle, box.environment, box.role, box.moved, box.failure})
      if (!text.empty())
        parts.push_back(text);
    if (!box.databaseId.empty())
      parts.push_back(box.identityProven ? "database " + box.databaseId : "database of unknown identity");
    if (!box.usersText.empty())
      parts.push_back(box.usersText + " " + box.usersWord);
    for (const auto& line : box.lines)
      parts.push_back(line.text);
    boxes.push_back(parts);
  }
  return boxes;
}

// Every text of the diagrams that the table must say, too.
json textsOf(const layout::DiagramPair& diagrams) {
  json texts = json::array();
  for (const auto& diagram : {diagrams.before, diagrams.after})
    for (const auto& box : diagram.boxes) {
      for (const std::string& text : {box.title, box.subtitle, box.role, box.moved, box.failure})
        if (!text.empty())
          texts.push_back(text);
      if (!box.usersText.empty())
        texts.push_back(box.usersText + " " + box.usersWord);
      for (const auto& line : box.lines)
        texts.push_back(line.text);
    }
  return texts;
}

class Atspi : public testing::Test {
protected:
  void SetUp() override {
    if (const std::string missing = whatIsMissing(); !missing.empty())
      GTEST_SKIP() << missing;
  }
  std::string file(const char* name, const std::string& text) const {
    const std::string path = home.filePath(QLatin1String(name)).toStdString();
    std::ofstream(path) << text;
    return path;
  }
  // What the script found, one line each.
  std::string findingsOf(const char* script, const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {"dbus-run-session", "--", python,
                                        (test::sourceFolder() / "tests/ui/access" / script).string(),
                                        test::windowProgram().string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    QDir(home.path()).mkdir(QStringLiteral("run"));
    QFile::setPermissions(home.filePath(QStringLiteral("run")),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // as Qt demands
    const std::string folder = home.path().toStdString();
    test::RunOptions options;
    options.environment = {{"HOME", folder},
                           {"XDG_RUNTIME_DIR", folder + "/run"},
                           {"XDG_CONFIG_HOME", folder + "/config"},
                           {"XDG_STATE_HOME", folder + "/state"},
                           {"XDG_DATA_HOME", folder + "/data"},
                           {"PYTHONDONTWRITEBYTECODE", "1"},
                           {"LC_ALL", "C.UTF-8"},
                           {"TZ", "UTC"}};
    options.seconds = 400;
    const auto run = test::runProgram(command, options);
    return run.exitCode == 0 ? std::string() : run.output + "\n" + run.errors;
  }

  QTemporaryDir home;
};

} // namespace

TEST_F(Atspi, EveryControlHasANameAndARoleAndTheTableSaysWhatTheDiagramSays) {
  const auto comparison = samples::incident();
  const auto diagrams = layout::layOut(comparison, {.stackFrom = 0});
  const json expected = {
      {"table", textsOf(diagrams)},
      {"diagrams", {{"Diagram, BEFORE", boxesOf(diagrams.before)}, {"Diagram, AFTER", boxesOf(diagrams.after)}}},
      {"tabs", {"Show findings", "Show details", "Show connections", "Show matrix", "Show table"}},
      {"dialogs",
       {"New project…", "Open…", "Import…", "Compare recordings…", "Report…", "Add from ssh…", "About Whichbase"}},
      {"dialogs where they are", {"Preferences…", "Keyboard shortcuts"}}};
  EXPECT_EQ(findingsOf("check_names.py",
                       {file("before.json", report::toJson(comparison.before)),
                        file("after.json", report::toJson(comparison.after)), file("expected.json", expected.dump())}),
            "");
}

TEST_F(Atspi, TabVisitsEverythingOnceInReadingOrder) {
  const auto comparison = samples::incident();
  EXPECT_EQ(findingsOf("check_focus.py", {file("before.json", report::toJson(comparison.before)),
                                          file("after.json", report::toJson(comparison.after))}),
            "");
}

TEST_F(Atspi, WhatChangesByItselfIsTold) {
  // Nothing listens on port 1: the probe fails at once, and says so.
  const std::string project = file("refused.whichbase.toml", "[project]\ntitle = \"Refused\"\n\n[[server]]\n"
                                                             "name = \"Backend\"\nvia = \"direct\"\n"
                                                             "url = \"postgresql://user@127.0.0.1:1/shop\"\n");
  EXPECT_EQ(findingsOf("check_live.py", {project}), "");
}

} // namespace whichbase
