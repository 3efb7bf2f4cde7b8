// Who sets or draws text. Cairo shares a font's FreeType face among all threads: with 1.18 and variable fonts, as on
// Debian 13, two that work at once get glyphs of each other's weight (seen: pages whose pixels differ).
#pragma once

#include <mutex>

namespace whichbase::paper {

// Held while fonts are used; not to be asked for twice by one thread.
[[nodiscard]] std::unique_lock<std::mutex> takeTurn();

} // namespace whichbase::paper
