// Contrast by WCAG 2.1, computed from what is drawn: text at least 4.5 to 1, frames and marks that carry meaning and
// the focus ring at least 3 to 1, in both themes. What is greyed because it cannot be used is exempt, as WCAG has it.
#include "chart/history_lines.h"
#include "diagram/look.h"
#include "style/marks.h"
#include "style/theme.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace whichbase::ui {
namespace {

const std::vector<std::string> databases = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "?1"};

std::string text(const QColor& ink, const QColor& ground) {
  return ink.name().toStdString() + " on " + ground.name().toStdString();
}

class Contrast : public testing::TestWithParam<bool> {
protected:
  static void expect(double least, const QColor& ink, const QColor& ground, const std::string& what) {
    EXPECT_GE(contrastRatio(ink, ground), least) << what << ": " << text(ink, ground);
  }
  Theme theme = GetParam() ? Theme::dark_() : Theme::light();
  Look now{theme, false};
  Look stale{theme, true};
};

// A rule of the style sheet, its selectors and what it sets.
struct Rule {
  QString selector;
  std::map<QString, QString> values;
};

std::vector<Rule> rulesOf(const QString& sheet) {
  std::vector<Rule> rules;
  static const QRegularExpression block(QStringLiteral("([^{}]+)\\{([^}]*)\\}"));
  for (auto it = block.globalMatch(sheet); it.hasNext();) {
    const auto match = it.next();
    std::map<QString, QString> values;
    for (const QString& each : match.captured(2).split(QLatin1Char(';')))
      if (const auto colon = each.indexOf(QLatin1Char(':')); colon > 0)
        values[each.left(colon).trimmed()] = each.mid(colon + 1).trimmed();
    for (const QString& selector : match.captured(1).split(QLatin1Char(',')))
      rules.push_back({selector.trimmed(), values});
  }
  return rules;
}

QColor colorIn(const QString& value) {
  static const QRegularExpression hex(QStringLiteral("#[0-9a-f]{6}"));
  const auto match = hex.match(value);
  return match.hasMatch() ? QColor(match.captured()) : QColor();
}

} // namespace

TEST_P(Contrast, EveryRuleOfTheStyleSheetLeavesItsTextReadable) {
  int checked = 0;
  for (const Rule& rule : rulesOf(theme.styleSheet())) {
    if (rule.selector.contains(QStringLiteral("disabled")))
      continue;
    const auto value = [&](const char* name) {
      const auto found = rule.values.find(QLatin1String(name));
      return found == rule.values.end() ? QColor() : colorIn(found->second);
    };
    const QColor ink = value("color").isValid() ? value("color") : theme.text;
    std::vector<QColor> grounds = {value("background")};
    if (!grounds.front().isValid())
      grounds = {theme.window, theme.pane, theme.card, theme.selection}; // wherever it stands
    if (rule.selector.contains(QStringLiteral("chunk")) || rule.selector.contains(QStringLiteral("handle")) ||
        rule.selector.contains(QStringLiteral("indicator")) || rule.selector.contains(QStringLiteral("separator")))
      continue; // no text in it
    for (const QColor& ground : grounds) {
      expect(readableText, ink, ground, rule.selector.toStdString());
      ++checked;
    }
    if (value("selection-color").isValid())
      expect(readableText, value("selection-color"), value("selection-background-color"), rule.selector.toStdString());
  }
  EXPECT_GT(checked, 60);
}

TEST_P(Contrast, WhatHasTheKeyboardHasARingThatIsSeen) {
  int rings = 0;
  for (const Rule& rule : rulesOf(theme.styleSheet())) {
    if (!rule.selector.contains(QStringLiteral(":focus")))
      continue;
    const auto border = rule.values.find(QStringLiteral("border"));
    if (border == rule.values.end())
      continue;
    ++rings;
    for (const QColor& ground : {theme.window, theme.pane, theme.card})
      expect(readableGraphic, colorIn(border->second), ground, rule.selector.toStdString());
  }
  EXPECT_GT(rings, 8);
  for (const QColor& ground : {theme.window, theme.pane, theme.card, theme.selection})
    expect(readableGraphic, theme.accent, ground, "ring of a box, a row, a tab");
}

TEST_P(Contrast, FieldsAndHandlesAreToldFromTheirGround) {
  for (const QColor& ground : {theme.window, theme.pane, theme.card})
    expect(readableGraphic, theme.outline, ground, "outline");
  expect(readableGraphic, theme.secondaryText, theme.pane, "check box");
  expect(readableGraphic, theme.accent, theme.button, "progress");
}

TEST_P(Contrast, LinksAreReadableWhereverTheyStand) {
  for (const QColor& ground : {theme.window, theme.pane, theme.card, theme.selection, theme.button})
    expect(readableText, theme.accent, ground, "link");
}

TEST_P(Contrast, FramesOfCardsCarryTheirColourVisibly) {
  for (const std::string& id : databases)
    for (const Look& look : {now, stale}) {
      const std::string what = id + (look.stale ? ", stale" : "");
      for (const QColor& ground : {theme.pane, theme.card})
        expect(readableGraphic, look.database(id), ground, "frame, link of " + what);
      expect(readableGraphic, look.ghost(id), theme.pane, "ghost's frame of " + what);
      expect(readableText, look.pastDatabase(id), theme.card, "was " + what);
      expect(readableText, look.onDatabase(id), look.database(id), "letter of " + what);
      expect(readableText, look.text(), theme.card, "text of a card, " + what);
      expect(readableText, look.text(), theme.selection, "text of a selected card, " + what);
    }
}

TEST_P(Contrast, WhatIsStaleOrUnusedIsPalerThanWhatIsNot) {
  for (const std::string& id : databases) {
    EXPECT_LE(contrastRatio(now.ghost(id), theme.pane), contrastRatio(now.database(id), theme.pane)) << id;
    EXPECT_LE(contrastRatio(stale.database(id), theme.pane), contrastRatio(now.database(id), theme.pane)) << id;
  }
}

TEST_P(Contrast, ChipsSignsAndChartsAreSeen) {
  expect(readableText, theme.secondaryText, theme.button, "PROD, writes");
  for (const auto sign : {topology::Sign::good, topology::Sign::warning, topology::Sign::bad, topology::Sign::unknown})
    for (const QColor& ground : {theme.window, theme.pane, theme.card, theme.selection})
      expect(readableText, signColor(sign, theme), ground, "sign");
  for (const std::string& id : databases) {
    expect(readableGraphic, lineColor(theme, id, ""), theme.pane, "line of " + id);
    expect(readableGraphic, lineColor(theme, id, "other"), theme.pane, "line of " + id + " beside the chosen one");
  }
}

INSTANTIATE_TEST_SUITE_P(BothThemes, Contrast, testing::Bool(),
                         [](const auto& made) { return made.param ? "dark" : "light"; });

} // namespace whichbase::ui
