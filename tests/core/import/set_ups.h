// The set-ups in tests/data/import, as people write them: each folder has an expected.json beside its files.
#pragma once

#include "import/from.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace whichbase::imports {

// The folders below tests/data/import/GROUP that hold an expected.json.
std::vector<std::filesystem::path> setUps(const std::string& group);

nlohmann::json expectedOf(const std::filesystem::path& folder);

// What one case of an expected.json asks for, as it turned out, in the same form.
nlohmann::json told(const nlohmann::json& expected, const std::filesystem::path& folder);

} // namespace whichbase::imports
