// Snapshots and comparisons as JSON, as the contract and resources/*.schema.json have them.
#pragma once

#include "connection/connection_string.h"
#include "topology/snapshot.h"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace whichbase::report {

struct Error {
  std::string text; // one sentence that names the file where there is one, and what to do
};

std::string toJson(const topology::Snapshot& snapshot);
std::string toJson(const topology::Comparison& comparison);
std::string toJson(const std::vector<connection::Reading>& readings, const std::string& maskedSafeUrl);

// Reads what toJson(Snapshot) writes: everything that compare() needs survives the way there and back.
std::expected<topology::Snapshot, Error> snapshotFromJson(std::string_view text, const std::string& fileName);
std::expected<topology::Snapshot, Error> loadSnapshot(const std::filesystem::path& file);
// Whole or not at all: written beside the file and renamed.
std::expected<void, Error> saveText(std::string_view text, const std::filesystem::path& file);

} // namespace whichbase::report
