// Sightings that follow one another, and files to record them into.
#pragma once

#include "history/history.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <memory>

namespace whichbase::history {

topology::UtcTime timeOf(const char* iso8601);
inline topology::UtcTime start() {
  return timeOf("2025-12-03T14:00:00Z");
}
inline topology::UtcTime second(std::int64_t number) {
  return start() + std::chrono::seconds(number);
}

// The reference incident's sides as seen at a time.
topology::Snapshot brokenAt(topology::UtcTime at);
topology::Snapshot fixedAt(topology::UtcTime at);
// Three servers, two databases; so many users in the first one that is counted.
topology::Snapshot withUsers(topology::UtcTime at, std::int64_t users);
std::int64_t usersIn(const State& state);

// An open file, or a failed test.
std::unique_ptr<History> recording(const std::filesystem::path& file, const Retention& retention = {});
std::unique_ptr<History> reading(const std::filesystem::path& file);
void record(History& history, topology::Side side, const topology::Snapshot& snapshot);
Overview overviewOf(const History& history);
State stateAt(const History& history, topology::UtcTime at);
std::string bytesOf(const std::filesystem::path& file);

} // namespace whichbase::history
