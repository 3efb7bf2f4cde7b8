// A journal's entry as the text of its file.
#pragma once

#include "verify/journal.h"

#include <string_view>

namespace whichbase::verify {

std::string toFileText(const JournalEntry& entry);
// Empty: it is none.
std::optional<JournalEntry> entryFrom(std::string_view text);

} // namespace whichbase::verify
