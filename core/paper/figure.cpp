// Figures: in the text where they are readable at its width, else on a page as large as they need.
#include "paper/blocks.h"

#include <algorithm>
#include <cmath>

namespace whichbase::paper {

namespace {

constexpr double natural = 0.75;     // points of a pixel
constexpr double least = 6;          // points: smaller type is not readable
constexpr double pageLimit = 14'400; // points: no reader of PDF takes larger pages
constexpr double captionRoom = 34;

// Of sentences and names: a badge's letter is bold, alone and in its database's colour.
double smallestType(const picture::Drawing& drawing) {
  double size = 13;
  for (const picture::Shape& shape : drawing.shapes)
    if (const auto* words = std::get_if<picture::Words>(&shape.what); words != nullptr && words->text.size() > 2)
      size = std::min(size, words->size);
  return std::max(size, 1.0);
}

double fitting(const picture::Drawing& drawing, double width, double height) {
  return std::min({natural, width / drawing.width, height / drawing.height});
}

OwnPage pageOf(const Setting& setting, const document::Figure& figure, const Sheet& sheet, const Picture& picture) {
  const double height = picture.height * picture.scale;
  OwnPage page{sheet.width, sheet.height};
  Picture placed = picture;
  placed.x = (sheet.width - picture.drawing->width * picture.scale) / 2;
  placed.y = Sheet::top + std::max(0.0, (sheet.bodyHeight() - captionRoom - height) / 2);
  page.pieces.emplace_back(placed);
  if (!figure.caption.empty())
    page.pieces.emplace_back(wordsAt(setting.type.setElided(figure.caption, {9, false, ink().faint}, sheet.bodyWidth()),
                                     Sheet::side, placed.y + height + 10));
  return page;
}

// Pages as large as the drawing; more than one, each but the last with a strip that the next one repeats, where no page
// can be that large.
std::vector<OwnPage> largePages(const Setting& setting, const document::Figure& figure) {
  constexpr double repeated = 40; // pixels
  const picture::Drawing& drawing = *figure.drawing;
  const double marginsX = 2 * Sheet::side, marginsY = Sheet::top + Sheet::bottom + captionRoom;
  double scale = std::min(natural, (pageLimit - marginsX) / drawing.width);
  const double rows = (pageLimit - marginsY) / scale;
  if (drawing.height > rows)
    scale = std::min(scale, std::max(least / smallestType(drawing), (pageLimit - marginsY) / drawing.height));
  const double perPage = (pageLimit - marginsY) / scale;
  std::vector<OwnPage> pages;
  for (double top = 0; top == 0 || top + repeated < drawing.height; top += perPage - repeated) {
    const double height = std::min(perPage, drawing.height - top);
    const Sheet sheet{std::max(setting.sheet.width, drawing.width * scale + marginsX), height * scale + marginsY};
    pages.push_back(pageOf(setting, figure, sheet, {figure.drawing, 0, 0, scale, top, height}));
  }
  return pages;
}

std::vector<Strip> inTheText(const Setting& setting, const document::Figure& figure, double scale) {
  const picture::Drawing& drawing = *figure.drawing;
  Picture picture{figure.drawing, 0, 0, scale, 0, drawing.height};
  std::vector<Strip> strips{Strip{8, drawing.height * scale, {picture}, true}};
  if (!figure.caption.empty())
    std::ranges::move(
        stripsOf(setting.type.set(figure.caption, {9, false, ink().faint}, setting.sheet.bodyWidth()), 0, 4),
        std::back_inserter(strips));
  else
    strips.back().staysWithNext = false;
  return strips;
}

} // namespace

std::vector<Element> elementsOf(const Setting& setting, const document::Figure& figure) {
  std::vector<Element> elements;
  if (!figure.drawing || !(figure.drawing->width > 0) || !(figure.drawing->height > 0))
    return elements;
  const picture::Drawing& drawing = *figure.drawing;
  const double enough = least / smallestType(drawing);
  const Sheet& sheet = setting.sheet;
  const double inText = fitting(drawing, sheet.bodyWidth(), sheet.bodyHeight() - captionRoom);
  if (inText >= enough) {
    for (Strip& strip : inTheText(setting, figure, inText))
      elements.emplace_back(std::move(strip));
    return elements;
  }
  const Sheet turned = sheet.turned();
  const double across = fitting(drawing, turned.bodyWidth(), turned.bodyHeight() - captionRoom);
  Aside aside{figure.caption, {}};
  if (across >= enough)
    aside.pages.push_back(pageOf(setting, figure, turned, {figure.drawing, 0, 0, across, 0, drawing.height}));
  else
    aside.pages = largePages(setting, figure);
  elements.emplace_back(std::move(aside));
  return elements;
}

} // namespace whichbase::paper
