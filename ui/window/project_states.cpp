#include "window/project_states.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr QLatin1String orderKey("projects/order");
constexpr int mostUnfolded = 200;

QString idOf(const QString& file) {
  const QFileInfo info(file);
  const QString canonical = info.canonicalFilePath();
  const QString path = canonical.isEmpty() ? info.absoluteFilePath() : canonical;
  return QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

QString groupOf(const QString& id) {
  return QStringLiteral("projects/") + id;
}

std::optional<double> zoomIn(const QSettings& settings, const QString& key) {
  bool isNumber = false;
  const double zoom = settings.value(key).toDouble(&isNumber);
  return isNumber && zoom > 0 ? std::optional(zoom) : std::nullopt;
}

QString nameOf(ShownSides sides) {
  return sides == ShownSides::before  ? QStringLiteral("before")
         : sides == ShownSides::after ? QStringLiteral("after")
                                      : QStringLiteral("both");
}

ShownSides sidesOf(const QString& name) {
  for (const auto sides : {ShownSides::before, ShownSides::after})
    if (nameOf(sides) == name)
      return sides;
  return ShownSides::both;
}

} // namespace

void keepState(QSettings& settings, const QString& file, const ProjectState& state) {
  const QString id = idOf(file);
  QStringList order = settings.value(orderKey).toStringList();
  order.removeAll(id);
  order.prepend(id);
  while (order.size() > mostProjectStates)
    settings.remove(groupOf(order.takeLast()));
  settings.setValue(orderKey, order);
  settings.remove(groupOf(id));
  settings.beginGroup(groupOf(id));
  const auto& workspace = state.workspace;
  settings.setValue(QStringLiteral("layout"), workspace.layout);
  settings.setValue(QStringLiteral("tab"), workspace.tab);
  if (workspace.belowTab)
    settings.setValue(QStringLiteral("belowTab"), *workspace.belowTab);
  if (workspace.bottom)
    settings.setValue(QStringLiteral("bottom"), *workspace.bottom);
  settings.setValue(QStringLiteral("server"), workspace.selection.server);
  settings.setValue(QStringLiteral("database"), workspace.selection.database);
  QStringList unfolded;
  for (const auto& stack : workspace.unfolded)
    if (unfolded.size() < mostUnfolded && stack.find('!') == std::string::npos) // with why they were not reached
      unfolded << QString::fromStdString(stack);
  settings.setValue(QStringLiteral("unfolded"), unfolded);
  settings.setValue(QStringLiteral("sides"), nameOf(workspace.sides));
  if (workspace.zoomBefore)
    settings.setValue(QStringLiteral("zoomBefore"), *workspace.zoomBefore);
  if (workspace.zoomAfter)
    settings.setValue(QStringLiteral("zoomAfter"), *workspace.zoomAfter);
  settings.setValue(QStringLiteral("seconds"), static_cast<int>(state.interval.count()));
  settings.endGroup();
}

std::optional<ProjectState> keptState(QSettings& settings, const QString& file) {
  const QString id = idOf(file);
  if (!settings.value(orderKey).toStringList().contains(id))
    return std::nullopt;
  ProjectState state;
  auto& workspace = state.workspace;
  settings.beginGroup(groupOf(id));
  workspace.layout = settings.value(QStringLiteral("layout")).toByteArray();
  workspace.tab = settings.value(QStringLiteral("tab")).toInt();
  if (const auto tab = settings.value(QStringLiteral("belowTab")); tab.isValid())
    workspace.belowTab = tab.toInt();
  if (const auto bottom = settings.value(QStringLiteral("bottom")); bottom.isValid())
    workspace.bottom = bottom.toBool();
  workspace.selection = {settings.value(QStringLiteral("server")).toString(),
                         settings.value(QStringLiteral("database")).toString()};
  for (const auto& stack : settings.value(QStringLiteral("unfolded")).toStringList())
    workspace.unfolded.insert(stack.toStdString());
  workspace.sides = sidesOf(settings.value(QStringLiteral("sides")).toString());
  workspace.zoomBefore = zoomIn(settings, QStringLiteral("zoomBefore"));
  workspace.zoomAfter = zoomIn(settings, QStringLiteral("zoomAfter"));
  state.interval = std::chrono::seconds(std::max(0, settings.value(QStringLiteral("seconds")).toInt()));
  settings.endGroup();
  return state;
}

} // namespace whichbase::ui
