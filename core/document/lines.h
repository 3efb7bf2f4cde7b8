// How the lines of a report are put together from pieces in one style each.
#pragma once

#include "document/report.h"

namespace whichbase::document {

Line said(std::string text); // plain
Line strong(std::string text);
Line code(std::string text);
// The letter in its database's colour, "?1" where the identity is unknown; nothing for an empty id.
Line letter(const std::string& id);

template <class... More>
Line joined(Line first, const More&... more) {
  (first.insert(first.end(), more.begin(), more.end()), ...);
  return first;
}

Paragraph paragraph(std::string text);
// Without empty ones and without any that was said already; nothing to say: empty.
Bullets bullets(const std::vector<std::string>& texts);
// Text alone, without styles.
std::string plainOf(const Line& line);

// "2025-12-03 14:31:30 UTC": a report is read long after its day.
std::string dated(topology::UtcTime time);
std::string datedMinute(topology::UtcTime time); // "2025-12-03 14:31 UTC"

topology::Sign signOf(topology::VerdictKind kind);
topology::Sign signOf(topology::Severity severity);
// "✓", "✗", "!", "?"; "–" for none.
std::string markOf(topology::Sign sign);

} // namespace whichbase::document
