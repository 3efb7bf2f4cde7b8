#include "model/view.h"

#include "style/locale_text.h"
#include "topology/assemble.h"

#include <QCoreApplication>

#include <utility>

namespace whichbase::ui {

namespace {
QString tr(const char* text) {
  return QCoreApplication::translate("View", text);
}
const std::vector<topology::Finding> none;
} // namespace

View makeView(std::shared_ptr<const topology::Snapshot> before, std::shared_ptr<const topology::Snapshot> after) {
  View view;
  view.hasBefore = before != nullptr;
  if (before && after) {
    auto comparison = std::make_shared<const topology::Comparison>(topology::compare(*before, *after));
    view.before = {comparison, &comparison->before};
    view.after = {comparison, &comparison->after};
    view.comparison = std::move(comparison);
  } else {
    view.before = std::move(before);
    view.after = std::move(after);
  }
  return view;
}

const std::vector<topology::Finding>& openFindings(const View& view) {
  if (view.comparison)
    return view.comparison->findings;
  const auto* snapshot = present(view);
  return snapshot ? snapshot->findings : none;
}

const std::vector<topology::Finding>& fixedFindings(const View& view) {
  return view.comparison ? view.comparison->fixed : none;
}

const topology::Snapshot* present(const View& view) {
  return view.after ? view.after.get() : view.before.get();
}

QString letterOf(const std::string& databaseId) {
  if (databaseId.empty())
    return {};
  return databaseId.front() == '?' ? QStringLiteral("?") : QString::fromStdString(databaseId);
}

QString ageText(topology::UtcTime then, topology::UtcTime now) {
  using namespace std::chrono;
  const auto age = now - then;
  if (age < seconds(1))
    return tr("just now");
  if (age < minutes(1))
    return tr("%L1 s ago").arg(duration_cast<seconds>(age).count());
  if (age < hours(1))
    return tr("%L1 min ago").arg(duration_cast<minutes>(age).count());
  if (age < days(2))
    return tr("%L1 h ago").arg(duration_cast<hours>(age).count());
  return counted("View", "1 day ago", QT_TRANSLATE_N_NOOP("View", "%Ln days ago"), duration_cast<days>(age).count());
}

} // namespace whichbase::ui
