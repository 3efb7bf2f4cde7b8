// Text as HTML has it, and the look of the report's one file.
#pragma once

#include "topology/card_lines.h"

#include <string>
#include <string_view>

namespace whichbase::document::html {

// Where writing from right to left is in it, it stands in an element of its own, so that it turns nothing around it.
enum class Bidi { isolated, plain };
// On one line: markup is escaped, control characters and changes of direction are taken out.
std::string text(std::string_view text, Bidi bidi = Bidi::isolated);
std::string attribute(std::string_view text);    // for a value in double quotes
std::string preformatted(std::string_view text); // line breaks stay
// The letter on its database's colour, readable without it.
std::string databaseBadge(std::string_view letter, const std::string& id);
std::string databaseClass(const std::string& id); // "db0", "db1", …; "dbx" for an unknown identity
std::string spokenSign(topology::Sign sign);      // "Good", for who does not see the sign
std::string styleSheet();

} // namespace whichbase::document::html
