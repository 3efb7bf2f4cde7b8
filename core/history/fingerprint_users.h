// Takes and keeps the fingerprints of all databases that a project's servers use: what "Keep as Before" does where
// somebody wants that.
#pragma once

#include "history/take_fingerprint.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::history {

struct UsersKept {
  std::string text;                  // "Fingerprints of the users are kept: 22 of A, 1 of B." Empty: of none
  std::vector<std::string> problems; // sentences, redacted: "No fingerprint of B: public.users has no primary key."
};

// `snapshot` is of the after side and says which database is which; one that a connection does not lead to any more is
// a problem. Connects, and writes into the history file, which is made where there is none. Takes seconds.
UsersKept fingerprintUsers(const project::Project& project, const probe::Sources& sources,
                           const topology::Snapshot& snapshot, const std::filesystem::path& historyFile,
                           const std::filesystem::path& keyFile, std::stop_token stop);

} // namespace whichbase::history
