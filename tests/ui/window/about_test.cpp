// Help → About.
#include "about/libraries.h"
#include "window/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include <gtest/gtest.h>

namespace whichbase::ui {

TEST(About, TellsVersionLicenceAndLibrariesAndCopiesThem) {
  AboutDialog dialog;
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  QString words;
  for (const auto* label : dialog.findChildren<QLabel*>())
    words += label->text();
  EXPECT_TRUE(words.contains(QString::fromStdString(about::version()))) << words.toStdString();
  EXPECT_TRUE(words.contains(QStringLiteral("GPL-3.0-or-later")));
  const auto* libraries = dialog.findChild<QPlainTextEdit*>(QStringLiteral("libraries"));
  ASSERT_NE(libraries, nullptr);
  for (const char* name : {"Qt ", "QtKeychain ", "libpq ", "SQLite "})
    EXPECT_TRUE(libraries->toPlainText().contains(QLatin1String(name))) << name;
  dialog.findChild<QPushButton*>(QStringLiteral("copyVersions"))->click();
  const QString copied = QApplication::clipboard()->text();
  EXPECT_TRUE(copied.startsWith(QStringLiteral("Whichbase ")));
  EXPECT_TRUE(copied.contains(QString::fromStdString(about::libraries().front()))) << copied.toStdString();
}

} // namespace whichbase::ui
