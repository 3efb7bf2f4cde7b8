// Prompts: a framed question, and what was written or lines to write on.
#include "paper/blocks.h"

#include <algorithm>
#include <string_view>

namespace whichbase::paper {

namespace {

constexpr double padX = 10, padY = 6, border = 0.8;
constexpr double ruleHeight = 19;
constexpr int rules = 3;

std::vector<std::string> paragraphsOf(std::string_view text) {
  std::vector<std::string> paragraphs;
  while (true) {
    const std::size_t end = text.find('\n');
    paragraphs.emplace_back(text.substr(0, end));
    if (paragraphs.back().ends_with('\r'))
      paragraphs.back().pop_back();
    if (end == std::string_view::npos)
      return paragraphs;
    text.remove_prefix(end + 1);
  }
}

// Every strip is moved into the frame and draws its part of it.
void frame(std::vector<Strip>& strips, double width) {
  for (std::size_t i = 0; i < strips.size(); ++i) {
    Strip& strip = strips[i];
    const bool first = i == 0, last = i + 1 == strips.size();
    const double above = first ? padY : strip.gap;
    for (Piece& piece : strip.pieces)
      piece = moved(std::move(piece), padX, above);
    strip.height += above + (last ? padY : 0);
    strip.gap = first ? 8 : 0;
    std::vector<Piece> ground{Patch{0, 0, width, strip.height, ink().tint}};
    ground.emplace_back(Patch{0, 0, 2.5, strip.height, ink().faint});
    ground.emplace_back(Patch{width - border, 0, border, strip.height, ink().frame});
    if (first)
      ground.emplace_back(Patch{0, 0, width, border, ink().frame});
    if (last)
      ground.emplace_back(Patch{0, strip.height - border, width, border, ink().frame});
    strip.pieces.insert(strip.pieces.begin(), ground.begin(), ground.end());
  }
}

} // namespace

std::vector<Strip> stripsOf(const Setting& setting, const document::Prompt& prompt) {
  const double width = setting.sheet.bodyWidth() - 2 * padX;
  auto strips = stripsOf(setting.type.set(prompt.question, {9.5, true}, width), 0, 0);
  for (Strip& strip : strips)
    strip.staysWithNext = true;
  if (prompt.written.empty()) {
    for (int i = 0; i < rules; ++i)
      strips.push_back({0, ruleHeight, {Patch{0, ruleHeight - 1, width, 0.6, ink().faint}}, i + 1 < rules});
  } else {
    for (const std::string& paragraph : paragraphsOf(prompt.written))
      std::ranges::move(stripsOf(setting.type.set(paragraph, {}, width), 0, 3), std::back_inserter(strips));
  }
  frame(strips, setting.sheet.bodyWidth());
  return strips;
}

} // namespace whichbase::paper
