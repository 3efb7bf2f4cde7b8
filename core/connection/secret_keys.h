// Secrets that a text names: password=…, "password": "…", PGPASSWORD=… and the like.
#pragma once

#include "connection/characters.h"

#include <string_view>
#include <vector>

namespace whichbase::connection {

// Adds where the values stand, without their quotes; an unquoted one ends at white space.
void findSecretKeys(std::string_view text, std::vector<Span>& spans);

} // namespace whichbase::connection
