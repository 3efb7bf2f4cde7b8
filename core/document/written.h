// What an engineer wrote in a report, as it is put there and found again.
#pragma once

#include <string>
#include <string_view>

namespace whichbase::document {

// Without empty lines at its start and end, spaces at its very end, and control characters: lines end in \n alone.
std::string trimmed(std::string_view text);

// The fence that a block of code in the text was begun with, where nothing ends it; else empty.
std::string openFence(std::string_view text);

} // namespace whichbase::document
