#include "model/history_texts.h"

#include "model/view.h"
#include "style/locale_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("HistoryTexts", text);
}

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

// "A Local container"; "?" for what has no letter.
QString named(const DatabasePoints& database, const Labels& labels) {
  const QString letter = database.database.empty() ? QStringLiteral("?") : letterOf(database.database);
  const auto label = labels.find(database.database);
  return label == labels.end() || label->second.empty() ? letter : letter + QLatin1Char(' ') + q(label->second);
}

QString usersInWords(std::int64_t count) {
  return counted("HistoryTexts", "1 user", QT_TRANSLATE_N_NOOP("HistoryTexts", "%Ln users"), count);
}

QString valueOf(const DatabasePoints& database, const history::Point& point, topology::UtcTime time) {
  if (database.unreached && time >= *database.unreached)
    return database.gone ? tr("gone") : tr("not reached");
  if (!point.users)
    return tr("users unknown");
  const QString number = localNumber(*point.users);
  switch (point.kind) {
  case topology::CountKind::estimate:
    return QLatin1Char('~') + number;
  case topology::CountKind::visibleOnly:
    return tr("%1 visible to this role").arg(number);
  default:
    return number;
  }
}

QString rangeOf(const DatabasePoints& database) {
  std::optional<std::int64_t> least, greatest;
  for (const auto& point : database.points)
    if (point.users) {
      least = std::min(least.value_or(*point.users), *point.users);
      greatest = std::max(greatest.value_or(*point.users), *point.users);
    }
  if (!least)
    return tr("users unknown");
  return *least == *greatest ? usersInWords(*least) : tr("%1 to %2").arg(localNumber(*least), usersInWords(*greatest));
}

} // namespace

QString valuesAt(const std::vector<DatabasePoints>& databases, const Labels& labels, topology::UtcTime time) {
  QStringList lines;
  for (const auto& database : databases)
    if (const auto* point = pointAt(database, time))
      lines << tr("%1: %2").arg(named(database, labels), valueOf(database, *point, time));
  return lines.join(QLatin1Char('\n'));
}

QString describeHistory(const std::vector<DatabasePoints>& databases, const Labels& labels, const TimeRange& range) {
  QStringList sentences{
      tr("From %1 to %2.").arg(q(topology::toClockAndDay(range.from)), q(topology::toClockAndDay(range.until)))};
  for (const auto& database : databases) {
    QString text = rangeOf(database);
    if (database.unreached) {
      const QString when = q(topology::toShortClock(*database.unreached, range.until));
      text =
          tr("%1, %2").arg(text, database.gone ? tr("gone since %1").arg(when) : tr("not reached since %1").arg(when));
    }
    sentences << tr("%1: %2.").arg(named(database, labels), text);
  }
  return sentences.join(QLatin1Char(' '));
}

} // namespace whichbase::ui
