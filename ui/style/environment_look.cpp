#include "style/environment_look.h"

#include "topology/wording.h"

#include <QCoreApplication>

#include <algorithm>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("EnvironmentLook", text);
}

QString lower(const std::string& text) {
  return QString::fromStdString(text).trimmed().toLower();
}

const EnvironmentLook* lookOf(const EnvironmentLooks& looks, const std::string& environment) {
  const QString wanted = lower(environment);
  const auto found = std::ranges::find_if(looks, [&](const auto& look) { return lower(look.environment) == wanted; });
  return found == looks.end() || wanted.isEmpty() ? nullptr : &*found;
}

} // namespace

QString nameOf(EnvironmentMark mark) {
  switch (mark) {
  case EnvironmentMark::plain:
    return tr("Plain");
  case EnvironmentMark::outlined:
    return tr("Outline");
  case EnvironmentMark::filled:
    return tr("Filled");
  case EnvironmentMark::red:
    return tr("Red outline");
  case EnvironmentMark::amber:
    return tr("Amber outline");
  }
  return {};
}

QString keyOf(EnvironmentMark mark) {
  switch (mark) {
  case EnvironmentMark::plain:
    return QStringLiteral("plain");
  case EnvironmentMark::outlined:
    return QStringLiteral("outlined");
  case EnvironmentMark::filled:
    return QStringLiteral("filled");
  case EnvironmentMark::red:
    return QStringLiteral("red");
  case EnvironmentMark::amber:
    return QStringLiteral("amber");
  }
  return {};
}

EnvironmentMark environmentMark(const QString& key) {
  const auto* found = std::ranges::find(allEnvironmentMarks, key, keyOf);
  return found == allEnvironmentMarks.end() ? EnvironmentMark::plain : *found;
}

EnvironmentLooks usualEnvironments() {
  EnvironmentLooks looks;
  for (const char* environment : {"production", "staging", "development", "test"})
    looks.push_back({environment, topology::environmentWord(environment), EnvironmentMark::plain});
  return looks;
}

std::string wordOf(const EnvironmentLooks& looks, const std::string& environment) {
  const auto* look = lookOf(looks, environment);
  if (look && !look->word.empty())
    return QString::fromStdString(look->word).left(static_cast<int>(longestEnvironmentWord)).toStdString();
  return topology::environmentWord(environment, longestEnvironmentWord);
}

EnvironmentMark markOf(const EnvironmentLooks& looks, const std::string& environment) {
  const auto* look = lookOf(looks, environment);
  return look ? look->mark : EnvironmentMark::plain;
}

} // namespace whichbase::ui
