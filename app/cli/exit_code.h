// What the command line's exit codes mean, and which one a result has.
#pragma once

#include "topology/snapshot.h"

namespace whichbase::cli {

inline constexpr int exitFine = 0;          // single-source or nothing to compare, and no finding of severity error
inline constexpr int exitSplit = 1;         // split, or a finding of severity error
inline constexpr int exitUnusable = 2;      // usage, unreadable input, unwritable output
inline constexpr int exitUndetermined = 3;  // not proven either way
inline constexpr int exitInterrupted = 130; // Ctrl-C, as shells number it

int exitCodeOf(const topology::Snapshot& snapshot);
int exitCodeOf(const topology::Comparison& comparison); // the after side decides

} // namespace whichbase::cli
