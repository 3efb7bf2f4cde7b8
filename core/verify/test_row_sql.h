// The SQL of a test row: tokens, literals, and what an INSERT that somebody wrote really is.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::verify {

// "whichbase-" and 24 random hexadecimal digits; empty where there are no random numbers.
std::string newToken();
bool isToken(std::string_view text);
// The first one in a text, such as an INSERT that was completed; empty: none.
std::string tokenIn(std::string_view text);

// In plain quotes where that is safe with every setting.
std::string literalOf(const std::string& text);

// Where somebody has to put a value into the template.
inline constexpr const char* fillIn = "/* fill in";
// The places of a statement that still have to be filled in, as the template names them.
std::vector<std::string> placesToFill(std::string_view sql);

// Checks that the text is one INSERT into that relation (quoted and schema-qualified) that holds the value as a
// literal, and can change no other row. Returns it without a semicolon and blanks around it; the error is a sentence.
std::expected<std::string, std::string> checkedInsert(std::string_view sql, const std::string& relation,
                                                      const std::string& value);

} // namespace whichbase::verify
