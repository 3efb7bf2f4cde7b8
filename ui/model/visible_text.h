// Text from a file of somebody else, as it is to be seen before one agrees to it.
#pragma once

#include <QString>

#include <string>

namespace whichbase::ui {

// Control characters, invisible ones and those that turn the direction of writing stand as ⟨U+202E⟩, bytes that are no
// UTF-8 as ⟨FF⟩; all else as it is.
QString visibleText(const std::string& text);

} // namespace whichbase::ui
