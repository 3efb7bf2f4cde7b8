// Text as Markdown has it: whatever a name holds shows as it is, on GitHub and in chats, and starts nothing.
#pragma once

#include <string>
#include <string_view>

namespace whichbase::document::markdown {

// Inline, on one line: markup is escaped, control characters and changes of direction are taken out. `starts`: it
// stands at the start of a line, where "#", "-" or "1." mean something.
std::string escaped(std::string_view text, bool starts);

std::string bold(std::string_view text); // inline, on one line

// A code span; in a table's cell a "|" is escaped within it, too. Nothing for an empty text.
std::string codeSpan(std::string_view text, bool inTable);

// A block of code as it is, in a fence longer than any run of backticks in it; with a line break at its end.
std::string fenced(std::string_view text);

// The marks around what somebody wrote, on lines of their own, by the prompt's key.
std::string beginMark(std::string_view key);
std::string endMark(std::string_view key);
// What was written as it can stand between the marks: as it is, but what looks like a mark; and back.
std::string guarded(std::string_view written);
std::string unguarded(std::string_view text);

// What stands between the marks until somebody writes there.
inline constexpr std::string_view placeholder = "_To be written._";

} // namespace whichbase::document::markdown
