// The window in another language: what is shown is translated, and longer texts have room.
#include "bracketing.h"
#include "support/sample_snapshots.h"
#include "ui/window/pictures.h"
#include "ui/window/window_under_test.h"
#include "window/import_dialog.h"
#include "window/project_dialog.h"
#include "window/recordings_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTabBar>

#include <gtest/gtest.h>

namespace whichbase::ui {
namespace {

// Whether a text holds words that no translation was asked for. What stands in brackets was.
bool isUntranslated(QString text) {
  static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
  static const QRegularExpression words(QStringLiteral("[A-Za-z]{3,}"));
  text.remove(tags);
  for (qsizetype close = text.indexOf(u'⟧'); close >= 0; close = text.indexOf(u'⟧')) {
    const auto open = text.lastIndexOf(u'⟦', close);
    if (open < 0)
      return true;
    text.remove(open, close - open + 1);
  }
  return text.contains(words);
}

// What the snapshots, files and core's sentences say: English by design, or names.
bool isOfTheData(const QString& text, const View& view) {
  QStringList data = {QStringLiteral("Whichbase"), QStringLiteral("GPL-3.0-or-later"), QStringLiteral("Recordings"),
                      // Qt's own, which its own translations are for
                      QStringLiteral("Scroll Left"), QStringLiteral("Scroll Right"), QStringLiteral("Cancel"),
                      QStringLiteral("Save"), QStringLiteral("Close"),
                      // examples of what is typed
                      QStringLiteral("postgresql://user:${PASSWORD}@host:5432/database"),
                      QStringLiteral("pass show db/prod")};
  for (const auto& side : {view.before, view.after})
    if (side) {
      data << QString::fromStdString(side->verdict.text) << QString::fromStdString(side->verdict.detail);
      for (const auto& server : side->servers)
        data << QString::fromStdString(server.name);
      for (const auto& database : side->databases) {
        data << QString::fromStdString(database.label);
        if (database.users)
          data << QString::fromStdString(database.users->relation);
      }
    }
  for (const QString& each : data)
    if (!each.isEmpty() && (text.contains(each) || each.contains(text)))
      return true;
  return false;
}

struct Shown {
  QString where, text;
};

void addTexts(std::vector<Shown>& texts, const QWidget& root) {
  const auto add = [&](const QWidget* widget, const QString& text) {
    if (!text.isEmpty())
      texts.push_back(
          {QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName(), text});
  };
  for (const auto* widget : root.findChildren<QWidget*>()) {
    add(widget, widget->accessibleName());
    if (!widget->isVisible())
      continue;
    add(widget, widget->toolTip());
    if (const auto* label = qobject_cast<const QLabel*>(widget))
      add(label, label->text());
    else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
      add(button, button->text());
    else if (const auto* group = qobject_cast<const QGroupBox*>(widget))
      add(group, group->title());
    else if (const auto* field = qobject_cast<const QLineEdit*>(widget))
      add(field, field->placeholderText());
    else if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
      for (int i = 0; i < tabs->count(); ++i)
        add(tabs, tabs->tabText(i));
    else if (const auto* header = qobject_cast<const QHeaderView*>(widget); header && header->model())
      for (int i = 0; header->orientation() == Qt::Horizontal && i < header->count(); ++i)
        add(header, header->model()->headerData(i, Qt::Horizontal).toString());
  }
  for (const auto* action : root.findChildren<QAction*>())
    if (const auto* menu = qobject_cast<const QMenu*>(action->parent()); menu || action->parent() == &root)
      texts.push_back({QStringLiteral("menu"), action->text()});
}

class Translated : public testing::Test {
protected:
  void SetUp() override { qApp->installTranslator(&m_translator); }
  void TearDown() override { qApp->removeTranslator(&m_translator); }

  static void expectTranslated(const QWidget& root, const View& view = {}) {
    std::vector<Shown> texts;
    addTexts(texts, root);
    EXPECT_GT(texts.size(), 5U);
    int bracketed = 0;
    for (const auto& [where, text] : texts) {
      bracketed += text.contains(u'⟦') ? 1 : 0;
      if (isUntranslated(text) && !isOfTheData(text, view))
        ADD_FAILURE() << where.toStdString() << ": " << text.toStdString();
    }
    EXPECT_GT(bracketed, 5);
  }

private:
  test::Bracketing m_translator;
};

} // namespace

TEST_F(Translated, IsEverythingOnTheWelcomePageAndInTheMenus) {
  const test::WindowUnderTest test({}, {1024, 700});
  expectTranslated(*test.window);
  test::save(*test.window, "welcome-longer-words");
  test::expectNothingCut(*test.window, "welcome");
}

TEST_F(Translated, IsEverythingRoundTheDiagrams) {
  for (const QSize size : {QSize(1024, 700), QSize(1440, 900)}) {
    const test::WindowUnderTest test({}, size);
    const auto view = test::bothSides(samples::incidentBefore(), samples::incidentAfter());
    test.window->workspace().setView(view, nullptr);
    if (auto* pages = test.window->findChild<QStackedWidget*>())
      pages->setCurrentWidget(&test.window->workspace());
    for (int tab = 0; tab < 5; ++tab) {
      test.window->workspace().showTab(tab);
      QTest::qWait(20);
      expectTranslated(*test.window, view);
    }
    test.window->workspace().showTab(0);
    test::save(*test.window, "incident-longer-words-" + std::to_string(size.width()));
    test::expectNothingCut(*test.window, "incident " + std::to_string(size.width()));
  }
}

TEST_F(Translated, IsEverythingInTheDialogs) {
  ProjectDialog project({}, {}, nullptr);
  RecordingsDialog recordings(nullptr);
  for (QDialog* dialog : std::initializer_list<QDialog*>{&project, &recordings}) {
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    QTest::qWait(20);
    expectTranslated(*dialog);
    test::expectNothingCut(*dialog, dialog->metaObject()->className());
    test::save(*dialog, std::string(dialog->metaObject()->className()).substr(15) + "-longer-words");
  }
}

} // namespace whichbase::ui
