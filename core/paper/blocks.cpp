#include "paper/blocks.h"

#include <algorithm>

namespace whichbase::paper {

namespace {

constexpr double blockGap = 7;

const char* markOf(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return "✓";
  case topology::Sign::warning:
    return "!";
  case topology::Sign::bad:
    return "✗";
  case topology::Sign::unknown:
    return "?";
  case topology::Sign::none:
    break;
  }
  return "";
}

// "2025-12-03 14:31 UTC".
std::string dateOf(topology::UtcTime at) {
  std::string text = topology::toIso8601(at).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

void append(std::vector<Element>& elements, std::vector<Strip> strips) {
  for (Strip& strip : strips)
    elements.emplace_back(std::move(strip));
}

void appendTitle(std::vector<Element>& elements, const Setting& setting, const document::Report& report) {
  const double width = setting.sheet.bodyWidth();
  append(elements, stripsOf(setting.type.set(report.title, {20, true}, width), 0, 0));
  std::string below = report.status;
  if (report.at != topology::UtcTime{})
    below += (below.empty() ? "" : " · ") + dateOf(report.at);
  if (!below.empty())
    append(elements, stripsOf(setting.type.set(below, {10.5, false, ink().faint}, width), 0, 5));
  elements.emplace_back(Strip{8, 1, {Patch{0, 0, width, 1, ink().frame}}});
}

void appendSection(std::vector<Element>& elements, const Setting& setting, const document::Section& section) {
  auto heading = stripsOf(setting.type.set(section.title, {14, true}, setting.sheet.bodyWidth()), 0, 18);
  for (Strip& strip : heading)
    strip.staysWithNext = true;
  heading.front().bookmark = cleanText(section.title);
  append(elements, std::move(heading));
  for (const document::Block& block : section.blocks)
    std::visit(
        [&](const auto& each) {
          if constexpr (std::is_same_v<std::decay_t<decltype(each)>, document::Figure>)
            std::ranges::move(elementsOf(setting, each), std::back_inserter(elements));
          else
            append(elements, stripsOf(setting, each));
        },
        block);
}

} // namespace

std::vector<Strip> stripsOf(const SetTextShared& text, double x, double gap) {
  std::vector<Strip> strips;
  const std::size_t count = text->lines.size();
  for (std::size_t i = 0; i < count; ++i) {
    Strip strip{i == 0 ? gap : 0, text->heightOf(i, i + 1), {Words{text, i, i + 1, x, 0}}};
    if (i > 0) // the space between lines
      strip.gap = text->lines[i].top - text->lines[i - 1].bottom;
    strip.staysWithNext = i + 1 < count && (i == 0 || i + 2 == count);
    strips.push_back(std::move(strip));
  }
  return strips;
}

std::vector<Strip> stripsOf(const Setting& setting, const document::Paragraph& paragraph) {
  auto strips = stripsOf(setting.type.set(paragraph.text, {}, setting.sheet.bodyWidth()), 0, blockGap);
  // "Cause", "Result": a line of its own that says what follows.
  strips.back().staysWithNext = strips.size() == 1 && std::ranges::all_of(paragraph.text, [](const document::Run& run) {
                                  return run.style == document::Run::Style::strong;
                                });
  return strips;
}

std::vector<Strip> stripsOf(const Setting& setting, const document::Headline& headline) {
  constexpr double indent = 20;
  const Rgb colour = signInk(headline.sign);
  const TextStyle style{12.5, true};
  const std::string mark = markOf(headline.sign);
  const double x = mark.empty() ? 0 : indent;
  auto strips = stripsOf(setting.type.set(headline.text, style, setting.sheet.bodyWidth() - x), x, blockGap + 2);
  if (!mark.empty())
    strips.front().pieces.emplace_back(wordsAt(setting.type.set(mark, {style.size, true, colour}, indent), 1, 0));
  strips.back().staysWithNext = true;
  return strips;
}

std::vector<Strip> stripsOf(const Setting& setting, const document::Bullets& bullets) {
  constexpr double indent = 14;
  std::vector<Strip> strips;
  for (const document::Line& item : bullets.items) {
    auto lines =
        stripsOf(setting.type.set(item, {}, setting.sheet.bodyWidth() - indent), indent, strips.empty() ? blockGap : 3);
    lines.front().pieces.emplace_back(wordsAt(setting.type.set("•", {9.5, false, ink().faint}, indent), 4, 0));
    std::ranges::move(lines, std::back_inserter(strips));
  }
  return strips;
}

std::vector<Element> elementsOf(const Setting& setting, const document::Report& report) {
  std::vector<Element> elements;
  appendTitle(elements, setting, report);
  for (const document::Section& section : report.sections)
    appendSection(elements, setting, section);
  return elements;
}

} // namespace whichbase::paper
