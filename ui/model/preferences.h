// What somebody prefers, whatever project is open: kept in the settings, handed on as a value.
#pragma once

#include "style/environment_look.h"

#include <QString>

#include <chrono>
#include <string>

class QSettings;

namespace whichbase::ui {

enum class ThemeChoice { system, light, dark };

struct Preferences {
  std::chrono::seconds interval{30};      // that live takes when it is switched on; one of LiveChip::intervals
  std::chrono::seconds sweepDeadline{30}; // 5 to 600
  std::chrono::seconds probeDeadline{10}; // of one probe: 1 to 120, at most the sweep's
  std::string usersRelation{};            // for projects that name none; empty: looked for
  ThemeChoice theme = ThemeChoice::system;
  bool reducedMotion = false; // the system's wish counts, whatever is chosen here
  EnvironmentLooks environments = usualEnvironments();
  bool operator==(const Preferences&) const = default;
};

// What is not there, or makes no sense, is as usual.
Preferences readPreferences(QSettings& settings);
void writePreferences(QSettings& settings, const Preferences& preferences);

} // namespace whichbase::ui
