// main() of a GoogleTest program that needs a QApplication. Any Qt warning that a test did not expect fails that test.
#pragma once

#include <QApplication>
#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace whichbase::tests {

// Substrings of warnings that a test provokes on purpose; emptied after every test.
inline std::vector<std::string>& expectedQtWarnings() {
  static std::vector<std::string> expected;
  return expected;
}

// What the machine or the offscreen platform says of itself, whatever the program does.
inline bool isOfTheSurroundings(const std::string& text) {
  return text.starts_with("This plugin does not support") || text.starts_with("QStandardPaths: XDG_RUNTIME_DIR") ||
         text.starts_with("QStandardPaths: runtime directory");
}

inline void failOnQtWarning(QtMsgType type, const QMessageLogContext&, const QString& message) {
  const std::string text = message.toStdString();
  if (type == QtDebugMsg || type == QtInfoMsg) {
    std::cerr << text << '\n';
    return;
  }
  const auto& expected = expectedQtWarnings();
  if (isOfTheSurroundings(text) ||
      std::ranges::any_of(expected, [&](const std::string& part) { return text.find(part) != std::string::npos; }))
    return;
  ADD_FAILURE() << "unexpected Qt message: " << text;
}

class ForgetExpectedQtWarnings : public testing::EmptyTestEventListener {
  void OnTestEnd(const testing::TestInfo&) override { expectedQtWarnings().clear(); }
};

// To be called from main(); runs offscreen unless QT_QPA_PLATFORM says otherwise.
inline int runQtTests(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", QByteArrayLiteral("offscreen"));
  testing::InitGoogleTest(&argc, argv);
  qInstallMessageHandler(failOnQtWarning);
  QApplication application(argc, argv);
  testing::UnitTest::GetInstance()->listeners().Append(new ForgetExpectedQtWarnings);
  return RUN_ALL_TESTS();
}

} // namespace whichbase::tests
