#include "model/preferences.h"

#include <QSettings>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int mostEnvironments = 50;

constexpr QLatin1String intervalKey("live/seconds");
constexpr QLatin1String sweepKey("probe/sweepSeconds");
constexpr QLatin1String probeKey("probe/probeSeconds");
constexpr QLatin1String usersKey("probe/users");
constexpr QLatin1String themeKey("look/theme");
constexpr QLatin1String motionKey("look/reducedMotion");
constexpr QLatin1String environmentsKey("look/environments");

std::chrono::seconds secondsIn(const QSettings& settings, const QString& key, std::chrono::seconds usual, int least,
                               int most) {
  bool isNumber = false;
  const int seconds = settings.value(key).toInt(&isNumber);
  return isNumber ? std::chrono::seconds(std::clamp(seconds, least, most)) : usual;
}

QString nameOf(ThemeChoice theme) {
  return theme == ThemeChoice::light  ? QStringLiteral("light")
         : theme == ThemeChoice::dark ? QStringLiteral("dark")
                                      : QStringLiteral("system");
}

ThemeChoice themeOf(const QString& name) {
  for (const auto theme : {ThemeChoice::light, ThemeChoice::dark})
    if (nameOf(theme) == name)
      return theme;
  return ThemeChoice::system;
}

} // namespace

Preferences readPreferences(QSettings& settings) {
  Preferences preferences;
  preferences.interval = secondsIn(settings, intervalKey, preferences.interval, 1, 300);
  preferences.sweepDeadline = secondsIn(settings, sweepKey, preferences.sweepDeadline, 5, 600);
  preferences.probeDeadline =
      std::min(preferences.sweepDeadline, secondsIn(settings, probeKey, preferences.probeDeadline, 1, 120));
  preferences.usersRelation = settings.value(usersKey).toString().trimmed().toStdString();
  preferences.theme = themeOf(settings.value(themeKey).toString());
  preferences.reducedMotion = settings.value(motionKey, false).toBool();
  const int count = std::min(mostEnvironments, settings.beginReadArray(environmentsKey));
  if (count > 0)
    preferences.environments.clear();
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    preferences.environments.push_back({settings.value(QStringLiteral("environment")).toString().toStdString(),
                                        settings.value(QStringLiteral("word")).toString().toStdString(),
                                        environmentMark(settings.value(QStringLiteral("mark")).toString())});
  }
  settings.endArray();
  return preferences;
}

void writePreferences(QSettings& settings, const Preferences& preferences) {
  settings.setValue(intervalKey, static_cast<int>(preferences.interval.count()));
  settings.setValue(sweepKey, static_cast<int>(preferences.sweepDeadline.count()));
  settings.setValue(probeKey, static_cast<int>(preferences.probeDeadline.count()));
  settings.setValue(usersKey, QString::fromStdString(preferences.usersRelation));
  settings.setValue(themeKey, nameOf(preferences.theme));
  settings.setValue(motionKey, preferences.reducedMotion);
  settings.remove(environmentsKey);
  settings.beginWriteArray(environmentsKey, static_cast<int>(preferences.environments.size()));
  for (std::size_t i = 0; i < preferences.environments.size(); ++i) {
    const auto& look = preferences.environments[i];
    settings.setArrayIndex(static_cast<int>(i));
    settings.setValue(QStringLiteral("environment"), QString::fromStdString(look.environment));
    settings.setValue(QStringLiteral("word"), QString::fromStdString(look.word));
    settings.setValue(QStringLiteral("mark"), keyOf(look.mark));
  }
  settings.endArray();
}

} // namespace whichbase::ui
