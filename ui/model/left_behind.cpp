#include "model/left_behind.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("LeftBehind", text);
}

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

} // namespace

QString problemOf(const compare::Problem& problem) {
  QString text = q(problem.text);
  if (!text.isEmpty())
    text[0] = text[0].toUpper();
  if (!text.isEmpty() && !text.endsWith(QLatin1Char('.')))
    text += QLatin1Char('.');
  return problem.remedy.empty() ? text : text + QLatin1Char(' ') + q(problem.remedy);
}

std::vector<verify::JournalEntry> leftBehindOf(const std::vector<verify::JournalEntry>& all, const std::string& project,
                                               bool open) {
  std::vector<verify::JournalEntry> left;
  std::ranges::copy_if(all, std::back_inserter(left),
                       [&](const auto& entry) { return !open || (!project.empty() && entry.project == project); });
  return left;
}

QString leftBehindText(const std::vector<verify::JournalEntry>& left, bool nameProjects) {
  if (left.empty())
    return {};
  QStringList places;
  for (const auto& entry : left) {
    QString place =
        tr("%1, written through %2 at %3").arg(q(entry.address), q(entry.server), q(topology::toClockAndDay(entry.at)));
    if (nameProjects && !entry.title.empty())
      place += tr(" for “%1”").arg(q(entry.title));
    places << place;
  }
  constexpr qsizetype shown = 3;
  QString where = places.mid(0, shown).join(QStringLiteral("; "));
  if (places.size() > shown)
    where += tr("; and %L1 more").arg(places.size() - shown);
  return left.size() == 1 ? tr("A test row may still be in %1. An earlier run did not get to remove it.").arg(where)
                          : tr("%L1 test rows may still be there: %2. Earlier runs did not get to remove them.")
                                .arg(left.size())
                                .arg(where);
}

QString whatToRun(const std::vector<verify::JournalEntry>& left) {
  QStringList parts;
  for (const auto& entry : left)
    parts << QStringLiteral("-- %1\n%2\n").arg(q(entry.address), q(entry.removeSql).trimmed());
  return parts.join(QLatin1Char('\n'));
}

RemovalText removalText(const std::vector<verify::Removal>& removals) {
  RemovalText told;
  QStringList texts;
  for (const auto& removal : removals) {
    texts << q(removal.text);
    if (!removal.removed)
      told.left.push_back(removal.entry);
  }
  told.text = texts.isEmpty() ? tr("No test row is left behind any more.") : texts.join(QLatin1Char(' '));
  return told;
}

} // namespace whichbase::ui
