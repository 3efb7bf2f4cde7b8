// A configuration file's text, as long as it is one.
#pragma once

#include "import/variables.h"

#include <filesystem>

namespace whichbase::imports {

// How a file is called in texts: relative to `folder` where it lies there, else whole.
std::string shownName(const std::filesystem::path& file, const std::filesystem::path& folder);

// Whether the file lies in `folder` or below it, symbolic links followed.
bool isBelow(const std::filesystem::path& file, const std::filesystem::path& folder);

// Regular files of at most 4 MiB, without a byte order mark and with \n at the ends of lines. An error says what is
// wrong and starts with `shown`.
std::expected<std::string, Error> readTextFile(const std::filesystem::path& file, const std::string& shown);

} // namespace whichbase::imports
