// Names in a Mermaid flowchart's quoted labels, so that neither Mermaid nor the Markdown and HTML in it read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::picture {

// One line; anything that could mean something stands as an entity (#35;), the way Mermaid wants them.
std::string mermaidText(std::string_view text);
// Several lines, empty ones left out; those longer than `longest` (in cells of a terminal) are cut in the middle.
std::string mermaidLabel(const std::vector<std::string>& lines, int longest = 64);

} // namespace whichbase::picture
