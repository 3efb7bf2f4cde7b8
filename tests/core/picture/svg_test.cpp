#include "odd_names.h"
#include "picture/palette.h"
#include "picture/text_width.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <clocale>

namespace whichbase::picture {
namespace {

// What a strict parser reads: the names of all elements and attributes, and the texts of the text elements.
nlohmann::json parsed(const std::string& svg) {
  const char* program = R"(
import sys, json, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read().decode("utf-8", "strict"))
name = lambda tag: tag.split("}")[-1]
print(json.dumps({
  "root": root.attrib,
  "children": [name(child.tag) for child in root][:3],
  "elements": sorted({name(one.tag) for one in root.iter()}),
  "attributes": sorted({name(key) for one in root.iter() for key in one.attrib}),
  "texts": ["".join(one.itertext()) for one in root.iter() if name(one.tag) == "text"],
  "values": [value for one in root.iter() for key, value in one.attrib.items() if key in ("x", "y", "d", "points")],
})))";
  test::RunOptions options;
  options.input = svg;
  const auto run = test::runProgram({"python3", "-c", program}, options);
  EXPECT_EQ(run.exitCode, 0) << run.errors;
  return nlohmann::json::parse(run.output, nullptr, false);
}

TEST(Svg, IsReadByAStrictParserAndHasATitleAndADescription) {
  for (const Look look : {Look::light, Look::dark, Look::adaptive}) {
    const auto svg = parsed(toSvg(topologyDrawing(samples::incident()), look));
    EXPECT_EQ(svg["root"]["role"], "img");
    EXPECT_EQ(svg["root"]["width"], "1200");
    EXPECT_EQ(svg["children"][0], "title");
    EXPECT_EQ(svg["children"][1], "desc");
  }
}

TEST(Svg, KeepsOddNamesAsTheyAreAndReadsNothingIntoThem) {
  Drawing drawing;
  drawing.width = drawing.height = 100;
  drawing.title = "<title> & \"quotes\"";
  std::vector<std::string> expected;
  for (const std::string& name : tests::oddNames()) {
    drawing.shapes.push_back({Words{.at = {1, 1}, .text = name}, name});
    expected.push_back(cleaned(name));
    drawing.description += name;
  }
  for (Shape& shape : drawing.shapes)
    shape.spoken.clear();
  const auto svg = parsed(toSvg(drawing, Look::light));
  EXPECT_EQ(svg["texts"].get<std::vector<std::string>>(), expected);
  EXPECT_EQ(svg["root"]["aria-label"], drawing.title);
  EXPECT_EQ(svg["elements"], (std::vector<std::string>{"desc", "svg", "text", "title"}));
}

TEST(Svg, HasNoIdsNoReferencesAndNoScripts) {
  for (const Drawing& drawing : {topologyDrawing(samples::incident()), usersDrawing(samples::sixtyServers())}) {
    const auto svg = parsed(toSvg(drawing, Look::adaptive));
    for (const auto& attribute : svg["attributes"]) {
      EXPECT_NE(attribute, "id");
      EXPECT_NE(attribute, "href");
      EXPECT_FALSE(attribute.get<std::string>().starts_with("on"));
    }
    for (const auto& element : svg["elements"])
      EXPECT_NE(element, "script");
  }
}

TEST(Svg, OfOneLookHasPlainColoursAndTheAdaptiveOneBothPalettes) {
  const Drawing drawing = topologyDrawing(samples::incident());
  const std::string light = toSvg(drawing, Look::light);
  const std::string dark = toSvg(drawing, Look::dark);
  const std::string adaptive = toSvg(drawing, Look::adaptive);
  EXPECT_TRUE(light.contains("#2563c9"));
  EXPECT_FALSE(light.contains("#78a9ff"));
  EXPECT_TRUE(dark.contains("#78a9ff"));
  EXPECT_FALSE(dark.contains("#2563c9"));
  for (const std::string* svg : {&light, &dark}) {
    EXPECT_FALSE(svg->contains("var("));
    EXPECT_FALSE(svg->contains("<style"));
  }
  EXPECT_TRUE(adaptive.contains("prefers-color-scheme:dark"));
  EXPECT_TRUE(adaptive.contains("#78a9ff"));
  EXPECT_TRUE(adaptive.contains("fill=\"#2563c9\" class=\"wbf-db0\"")) << "a renderer without CSS sees the light look";
}

TEST(Svg, WritesNumbersWithAPointInEveryLocale) {
  const Drawing drawing = topologyDrawing(samples::incident());
  const std::string before = toSvg(drawing, Look::light);
  const std::string previous = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "C.UTF-8"})
    std::setlocale(LC_ALL, name);
  const std::string after = toSvg(drawing, Look::light);
  std::setlocale(LC_ALL, previous.c_str());
  EXPECT_EQ(before, after);
  EXPECT_TRUE(before.contains("12.5"));
}

TEST(Svg, WritesWhatIsReadFromTheRightSo) {
  Drawing drawing;
  drawing.shapes.push_back({Words{.at = {10, 20}, .text = "שרת ראשי"}, {}});
  const std::string svg = toSvg(drawing, Look::light);
  // It begins at the right, but stands where it would have begun.
  EXPECT_TRUE(svg.contains("direction=\"rtl\"")) << svg;
  EXPECT_TRUE(svg.contains("text-anchor=\"end\"")) << svg;
}

TEST(Svg, SqueezesATextOnlyWhereAWiderFontWouldNotFit) {
  Drawing drawing;
  const std::string name = "Production Backend";
  const double width = widthOf(name, {13, true, false});
  drawing.shapes.push_back({Words{.text = name, .size = 13, .bold = true, .width = width * 1.5}, {}});
  EXPECT_FALSE(toSvg(drawing, Look::light).contains("textLength"));
  std::get<Words>(drawing.shapes[0].what).width = width + 1;
  EXPECT_TRUE(toSvg(drawing, Look::light).contains("textLength"));
}

} // namespace
} // namespace whichbase::picture
