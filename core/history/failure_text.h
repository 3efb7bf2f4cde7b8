// What SQLite says went wrong with an incident's file, as a sentence with what to do.
#pragma once

#include "history/history.h"

#include <SQLiteCpp/Exception.h>

namespace whichbase::history {

// `doing`: "record into", "read", "copy".
Error errorOf(const SQLite::Exception& exception, const std::string& doing, const std::filesystem::path& file);
Error damaged(const std::filesystem::path& file, const std::string& why);
// Whether it is the file's content that is wrong.
bool saysDamaged(const SQLite::Exception& exception);

} // namespace whichbase::history
