// What the window tells of test rows that an earlier run left in somebody's database.
#pragma once

#include "verify/test_row.h"

#include <QString>

#include <vector>

namespace whichbase::ui {

// "No space left. Free some." of a clause and what to do.
QString problemOf(const compare::Problem& problem);

// Of that project's file, where one is open; otherwise of all.
std::vector<verify::JournalEntry> leftBehindOf(const std::vector<verify::JournalEntry>& all, const std::string& project,
                                               bool open);

// "A test row is still in 203.0.113.196:5432/TovPlay, written through Production Backend at 14:31 UTC."
QString leftBehindText(const std::vector<verify::JournalEntry>& left, bool nameProjects);

// The SQL that removes them, under where it is to be run.
QString whatToRun(const std::vector<verify::JournalEntry>& left);

struct RemovalText {
  QString text;
  std::vector<verify::JournalEntry> left; // that could not be removed
};
RemovalText removalText(const std::vector<verify::Removal>& removals);

} // namespace whichbase::ui
