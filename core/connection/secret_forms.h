// The forms in which a secret can stand in a text, and where they stand.
#pragma once

#include "connection/characters.h"

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::connection {

// Wherever the secret stands: as it is, percent-encoded, quoted, and in the pieces that a driver which misreads a URL
// makes of it. A form of fewer than four characters counts only as a word of its own.
void findSecret(std::string_view text, const std::string& secret, std::vector<Span>& spans);

} // namespace whichbase::connection
