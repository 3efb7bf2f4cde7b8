#include "document/lines.h"

#include <algorithm>

namespace whichbase::document {

using topology::Sign;

Line said(std::string text) {
  return {{std::move(text)}};
}

Line strong(std::string text) {
  return {{std::move(text), Run::Style::strong}};
}

Line code(std::string text) {
  return {{std::move(text), Run::Style::code}};
}

Line letter(const std::string& id) {
  if (id.empty())
    return {};
  return {{id, Run::Style::database, id}};
}

Paragraph paragraph(std::string text) {
  return {said(std::move(text))};
}

Bullets bullets(const std::vector<std::string>& texts) {
  Bullets list;
  for (const std::string& text : texts)
    if (!text.empty() && std::ranges::find(list.items, said(text)) == list.items.end())
      list.items.push_back(said(text));
  return list;
}

std::string plainOf(const Line& line) {
  std::string text;
  for (const Run& run : line)
    text += run.text;
  return text;
}

std::string dated(topology::UtcTime time) {
  const std::string iso = topology::toIso8601(time);
  return iso.substr(0, 10) + " " + iso.substr(11, 8) + " UTC";
}

std::string datedMinute(topology::UtcTime time) {
  const std::string iso = topology::toIso8601(time);
  return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

Sign signOf(topology::VerdictKind kind) {
  switch (kind) {
  case topology::VerdictKind::singleSource:
    return Sign::good;
  case topology::VerdictKind::split:
    return Sign::bad;
  case topology::VerdictKind::undetermined:
    return Sign::unknown;
  case topology::VerdictKind::nothingToCompare:
    break;
  }
  return Sign::none;
}

Sign signOf(topology::Severity severity) {
  return severity == topology::Severity::error     ? Sign::bad
         : severity == topology::Severity::warning ? Sign::warning
                                                   : Sign::none;
}

std::string markOf(Sign sign) {
  switch (sign) {
  case Sign::good:
    return "✓";
  case Sign::bad:
    return "✗";
  case Sign::warning:
    return "!";
  case Sign::unknown:
    return "?";
  case Sign::none:
    break;
  }
  return "–";
}

} // namespace whichbase::document
