// The program itself, as people start it.
#include "report/json.h"
#include "support/paths.h"
#include "support/sample_snapshots.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

struct Run {
  int code = -1;
  QString output, errors;
};

Run run(const QStringList& arguments, const QTemporaryDir& home,
        const QString& platform = QStringLiteral("offscreen")) {
  QProcess process;
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
  environment.insert(QStringLiteral("HOME"), home.path());
  environment.remove(QStringLiteral("XDG_CONFIG_HOME"));
  environment.remove(QStringLiteral("DISPLAY"));
  process.setProcessEnvironment(environment);
  process.start(QString::fromStdString(test::windowProgram().string()), arguments);
  process.waitForFinished(60000);
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

TEST(Program, TellsItsVersionAndHelpWithoutADisplay) {
  const QTemporaryDir home;
  const auto version = run({QStringLiteral("--version")}, home, QStringLiteral("xcb"));
  EXPECT_EQ(version.code, 0) << version.errors.toStdString();
  EXPECT_TRUE(version.output.startsWith(QStringLiteral("whichbase ")));
  const auto help = run({QStringLiteral("--help")}, home, QStringLiteral("xcb"));
  EXPECT_EQ(help.code, 0);
  EXPECT_TRUE(help.output.contains(QStringLiteral("--demo")));
}

TEST(Program, TellsTheLibrariesVersionsToo) {
  const QTemporaryDir home;
  const auto version = run({QStringLiteral("--version")}, home, QStringLiteral("xcb"));
  for (const char* library : {"Qt ", "libpq ", "libpqxx ", "SQLite ", "OpenSSL "})
    EXPECT_TRUE(version.output.contains(QLatin1String(library))) << library << version.output.toStdString();
}

TEST(Program, OpensSnapshotsAsADesktopHandsThemOver) {
  const QTemporaryDir home;
  const QString before = home.filePath(QStringLiteral("before.snapshot.json"));
  const QString after = home.filePath(QStringLiteral("after.snapshot.json"));
  ASSERT_TRUE(report::saveText(report::toJson(samples::incidentBefore()), before.toStdString()));
  ASSERT_TRUE(report::saveText(report::toJson(samples::incidentAfter()), after.toStdString()));
  const QString picture = home.filePath(QStringLiteral("shown.png"));
  for (const auto& files : {QStringList{after}, QStringList{before, after}}) {
    const auto shown = run(files + QStringList{QStringLiteral("--screenshot"), picture}, home);
    EXPECT_EQ(shown.code, 0) << shown.errors.toStdString();
    EXPECT_FALSE(QImage(picture).isNull());
    QFile::remove(picture);
  }
}

TEST(Program, PlaysBothActsOfTheDemoAndLeavesNothingBehind) {
  const QTemporaryDir home;
  const QString picture = home.filePath(QStringLiteral("demo.png"));
  const auto demo = run({QStringLiteral("--demo"), QStringLiteral("--screenshot"), picture}, home);
  EXPECT_EQ(demo.code, 0) << demo.errors.toStdString();
  EXPECT_FALSE(QImage(picture).isNull());
}

TEST(Program, APictureThatCannotBeWrittenIsAnError) {
  const QTemporaryDir home;
  const auto picture = run({QStringLiteral("--screenshot"), QStringLiteral("/nowhere/picture.png")}, home);
  EXPECT_EQ(picture.code, 2);
  EXPECT_TRUE(picture.errors.contains(QStringLiteral("/nowhere/picture.png")));
}

TEST(Program, WhatCannotBeMeantIsSaidAndEndsWithTwo) {
  const QTemporaryDir home;
  const std::vector<QStringList> all = {{QStringLiteral("--nonsense")},
                                        {QStringLiteral("--theme"), QStringLiteral("purple")},
                                        {QStringLiteral("--size"), QStringLiteral("big")},
                                        {QStringLiteral("--side"), QStringLiteral("left")},
                                        {QStringLiteral("--select"), QStringLiteral("Dashboard")},
                                        {QStringLiteral("--demo"), QStringLiteral("shop.whichbase.toml")},
                                        {QStringLiteral("--probe")}};
  for (const auto& arguments : all) {
    const auto refused = run(arguments, home);
    EXPECT_EQ(refused.code, 2) << arguments.join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(refused.errors.contains(QStringLiteral("--"))) << refused.errors.toStdString();
  }
}

} // namespace whichbase
