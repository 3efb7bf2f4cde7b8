// A chart of upright bars, each of a database: in its colour, with letter, label and number. What is not known is
// hatched, with "?" and never as 0.
#pragma once

#include "picture/marks.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::picture {

struct Bar {
  std::string databaseId;
  std::string label;                 // Local container
  std::optional<std::int64_t> count; // empty: unknown
  std::string text;                  // "22", "~51,900", "?"
};

struct BarGroup {
  std::string title; // Before, After, Now
  std::vector<Bar> bars;
};

struct BarChart {
  std::string title;    // Users
  std::string subtitle; // public."User"; may be empty
  std::vector<BarGroup> groups;
};

// Bars that find no room beside one another go on below, on the same scale. Nothing is drawn without shapes.
double barsHeight(const BarChart& chart, double width);
void addBars(Shapes& shapes, const BarChart& chart, const layout::Point& at, double width);

// "Users. Before: A Local container 22, B External 1. After: B External 22."
std::string spokenBars(const BarChart& chart);

} // namespace whichbase::picture
