// The users-per-database chart's values: one bar a database and side, grouped Before | After.
#pragma once

#include "model/view.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace whichbase::ui {

struct UserBar {
  std::string databaseId;
  QString label;                     // Local container
  std::optional<std::int64_t> count; // empty: unknown, drawn hatched with "?", never as 0
  QString text;                      // "22", "~51,900", "?"
  QString reason;                    // why it is unknown; else the relation counted
  bool operator==(const UserBar&) const = default;
};

struct UserBars {
  QString title; // Before, After, Now
  std::vector<UserBar> bars;
  bool operator==(const UserBars&) const = default;
};

// Groups without a bar are left out. Ghosts are left out: their bar stands on the side that used them.
std::vector<UserBars> userBars(const View& view);

// "public."User"" where one relation was counted everywhere; empty otherwise.
QString countedRelation(const View& view);

// "Before: A Local container 22, B External 1. After: B External 22." for screen readers.
QString describe(const std::vector<UserBars>& groups);

} // namespace whichbase::ui
