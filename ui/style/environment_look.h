// How an environment is shown: its word, and a mark that keeps clear of the databases' colours. The word tells it; the
// mark only makes it stand out.
#pragma once

#include <QString>

#include <array>
#include <string>
#include <vector>

namespace whichbase::ui {

enum class EnvironmentMark { plain, outlined, filled, red, amber };
inline constexpr std::array allEnvironmentMarks = {EnvironmentMark::plain, EnvironmentMark::outlined,
                                                   EnvironmentMark::filled, EnvironmentMark::red,
                                                   EnvironmentMark::amber};

QString nameOf(EnvironmentMark mark);                // for people: "Red outline"
QString keyOf(EnvironmentMark mark);                 // for settings: "red"
EnvironmentMark environmentMark(const QString& key); // of unknown ones: plain

struct EnvironmentLook {
  std::string environment; // as projects write it, whatever its case
  std::string word;        // shown; empty: a short form of the environment
  EnvironmentMark mark = EnvironmentMark::plain;
  bool operator==(const EnvironmentLook&) const = default;
};
using EnvironmentLooks = std::vector<EnvironmentLook>;

EnvironmentLooks usualEnvironments(); // PROD, STAGING, DEV, TEST, all plain

// "PROD"; at most longestEnvironmentWord characters, for cards and chips. Empty for an empty environment.
inline constexpr std::size_t longestEnvironmentWord = 10;
std::string wordOf(const EnvironmentLooks& looks, const std::string& environment);
EnvironmentMark markOf(const EnvironmentLooks& looks, const std::string& environment);

} // namespace whichbase::ui
