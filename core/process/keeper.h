// The small process between us and a program that we run, which ends everything that the program started: when told,
// when the program has ended, or when we have ended, however that came. Private to core/process.
#pragma once

#include "process/execution.h"

namespace whichbase::process {

// What goes to the keeper: end the program within these times.
struct EndMessage {
  int graceMs = 0; // to end by itself
  int termMs = 0;  // from SIGTERM on; then SIGKILL
};

// Runs in the forked child of a program with threads: it may neither allocate nor take a lock. Executes the program in
// a process group of its own and a session without a terminal, writes the program's exit code (an int) to `leash` when
// it has ended, takes EndMessages from there, and ends itself when nothing is left.
//
// With `leaveDaemons` what has made a session of its own by the time the program ended (gpg-agent) is left alone.
[[noreturn]] void keep(Prepared& prepared, const Streams& streams, int leash, int report, bool leaveDaemons);

} // namespace whichbase::process
