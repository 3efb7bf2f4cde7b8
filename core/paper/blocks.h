// The report's blocks as strips.
#pragma once

#include "paper/sheet.h"
#include "paper/strip.h"

namespace whichbase::paper {

struct Setting { // what every block needs to know
  const Typesetter& type;
  Sheet sheet;
};

// Its lines, one strip each; the first two and the last two stay together.
std::vector<Strip> stripsOf(const SetTextShared& text, double x, double gap);

std::vector<Strip> stripsOf(const Setting& setting, const document::Paragraph& paragraph);
std::vector<Strip> stripsOf(const Setting& setting, const document::Headline& headline);
std::vector<Strip> stripsOf(const Setting& setting, const document::Bullets& bullets);
std::vector<Strip> stripsOf(const Setting& setting, const document::Table& table);
std::vector<Strip> stripsOf(const Setting& setting, const document::Prompt& prompt);
// One strip and its caption where it is readable at the page's width, else pages of its own.
std::vector<Element> elementsOf(const Setting& setting, const document::Figure& figure);

// All of the report in its order, its title first.
std::vector<Element> elementsOf(const Setting& setting, const document::Report& report);

} // namespace whichbase::paper
