// Puts a damaged file out of the way without losing a byte of it.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <string>

namespace whichbase::history {

// Renames NAME.whichbase, and what is beside it (-wal, -shm, -journal), to NAME.damaged-YYYYMMDD-HHMMSS.whichbase,
// never over another file. `isStillDamaged` is asked once nobody else can be doing the same; where it says no, nothing
// is done and the path is empty. The error is a clause: "no permission to …".
std::expected<std::filesystem::path, std::string> setAside(const std::filesystem::path& file,
                                                           const std::function<bool()>& isStillDamaged);

} // namespace whichbase::history
