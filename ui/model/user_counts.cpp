#include "model/user_counts.h"

#include "style/locale_text.h"

#include <QCoreApplication>

#include <set>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("UserCounts", text);
}

UserBar barOf(const topology::Database& database) {
  UserBar bar;
  bar.databaseId = database.id;
  bar.label = QString::fromStdString(database.label.empty() ? database.address : database.label);
  bar.text = localCount(topology::usersText(database.users));
  if (!database.users) {
    bar.reason = QString::fromStdString(database.users.reason);
  } else if (!database.users->count) {
    bar.reason = QString::fromStdString(database.users->count.reason);
  } else {
    bar.count = *database.users->count;
    bar.reason = QString::fromStdString(database.users->relation);
  }
  return bar;
}

UserBars group(const QString& title, const std::shared_ptr<const topology::Snapshot>& side) {
  UserBars bars{title, {}};
  if (side)
    for (const auto& database : side->databases)
      if (!database.ghost)
        bars.bars.push_back(barOf(database));
  return bars;
}

} // namespace

std::vector<UserBars> userBars(const View& view) {
  std::vector<UserBars> groups;
  if (view.hasBefore)
    groups.push_back(group(tr("Before"), view.before));
  groups.push_back(group(view.hasBefore ? tr("After") : tr("Now"), view.after));
  std::erase_if(groups, [](const UserBars& bars) { return bars.bars.empty(); });
  return groups;
}

QString countedRelation(const View& view) {
  std::set<std::string> relations;
  for (const auto& side : {view.before, view.after})
    if (side)
      for (const auto& database : side->databases)
        if (database.users)
          relations.insert(database.users->relation);
  return relations.size() == 1 ? QString::fromStdString(*relations.begin()) : QString();
}

QString describe(const std::vector<UserBars>& groups) {
  QStringList sentences;
  for (const auto& bars : groups) {
    QStringList parts;
    for (const auto& bar : bars.bars)
      parts
          << QStringLiteral("%1 %2 %3").arg(letterOf(bar.databaseId), bar.label, bar.count ? bar.text : tr("unknown"));
    sentences << QStringLiteral("%1: %2.").arg(bars.title, parts.join(QStringLiteral(", ")));
  }
  return sentences.join(QLatin1Char(' '));
}

} // namespace whichbase::ui
