// A topology as a Mermaid flowchart. What is true of Mermaid here was seen by running it (11.x).
#include "picture/folding.h"
#include "picture/marks.h"
#include "picture/mermaid_text.h"
#include "picture/palette.h"
#include "picture/pane.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

namespace whichbase::picture {

namespace {

using layout::Box;
using layout::BoxKind;
using layout::LineStyle;

constexpr int longestHeading = 120;
constexpr double diagramWidth = 1200; // decides nothing but the order of servers

struct Part {
  std::string id;      // "before"
  std::string heading; // "Before"
  const topology::Snapshot* snapshot;
  layout::Diagram diagram;
};

std::string signOfVerdict(topology::VerdictKind verdict) {
  switch (signOf(verdict)) {
  case topology::Sign::good:
    return "✓ ";
  case topology::Sign::bad:
    return "✗ ";
  case topology::Sign::unknown:
    return "? ";
  default:
    return "";
  }
}

std::string databaseLabel(const Box& box) {
  if (box.key == otherDatabases)
    return mermaidLabel({box.title});
  std::vector<std::string> lines{badgeText(box.databaseId) + " · " + box.title, box.subtitle};
  if (!box.usersText.empty())
    lines.push_back((box.usersText == "?" ? "unknown number of" : box.usersText) + " " + box.usersWord);
  for (const auto& line : box.lines)
    lines.push_back(line.text);
  return mermaidLabel(lines);
}

std::string serverLabel(const Box& box) {
  std::vector<std::string> words;
  for (const std::string* word : {&box.environment, &box.role, &box.moved})
    if (!word->empty())
      words.push_back(*word);
  std::string line;
  for (const std::string& word : words)
    line += (line.empty() ? "" : " · ") + word;
  return mermaidLabel({box.title, box.subtitle, line, box.failure.empty() ? "" : "not reached: " + box.failure});
}

class Flowchart {
public:
  void add(const Part& part) {
    const std::string prefix = part.id;
    m_text +=
        fmt::format("  subgraph {}[\"{}\"]\n    direction BT\n", part.id,
                    mermaidLabel({signOfVerdict(part.snapshot->verdict.kind) + part.heading +
                                  (part.snapshot->verdict.text.empty() ? "" : ": ") + part.snapshot->verdict.text},
                                 longestHeading));
    std::map<std::string, std::string> ids;
    std::size_t databases = 0;
    std::size_t servers = 0;
    for (const Box& box : part.diagram.boxes) {
      const bool isDatabase = box.key.starts_with("db:");
      const std::string id =
          fmt::format("{}_{}{}", prefix, isDatabase ? "d" : "s", isDatabase ? ++databases : ++servers);
      ids[box.key] = id;
      if (isDatabase)
        m_text += fmt::format("    {}[(\"{}\")]\n", id, databaseLabel(box));
      else
        m_text += fmt::format("    {}[\"{}\"]\n", id, serverLabel(box));
      classify(id, box);
    }
    m_widest = std::max(m_widest, databases);
    for (const auto& path : part.diagram.paths)
      addLink(path, ids);
    m_text += "  end\n";
    // A link that is not drawn keeps the sides in their order.
    if (!m_last.empty())
      m_order += "  " + m_last + " ~~~ " + part.id + "\n";
    m_last = part.id;
  }

  std::string finish() {
    std::string styles;
    for (const auto& [name, members] : m_classes) {
      styles += "  classDef " + name + " " + m_styles[name] + "\n  class ";
      for (std::size_t i = 0; i < members.size(); ++i)
        styles += (i == 0 ? "" : ",") + members[i];
      styles += " " + name + "\n";
    }
    for (const auto& [colour, links] : m_links) {
      styles += "  linkStyle ";
      for (std::size_t i = 0; i < links.size(); ++i)
        styles += (i == 0 ? "" : ",") + std::to_string(links[i]);
      styles += " stroke:" + colour + ",stroke-width:2px\n";
    }
    // Two wide sides stand below one another.
    return std::string("flowchart ") + (m_widest > 6 ? "TB" : "LR") + "\n" + m_text + m_order + styles;
  }

  std::size_t links() const { return m_linkCount; }

private:
  void addLink(const layout::Path& path, const std::map<std::string, std::string>& ids) {
    const auto from = ids.find(path.fromKey);
    const auto to = ids.find(path.toKey);
    if (from == ids.end() || to == ids.end())
      return;
    const char* arrow = path.style == LineStyle::solid    ? "-->|writes|"
                        : path.style == LineStyle::dashed ? "-.->|reads|"
                                                          : "-.->|unknown|";
    m_text += fmt::format("    {} {} {}\n", from->second, arrow, to->second);
    m_links[toHex(rgbOf(databaseTone(path.databaseId), lightPalette()))].push_back(m_linkCount++);
  }

  void classify(const std::string& id, const Box& box) {
    if (box.key == otherDatabases)
      return;
    std::string name;
    std::string style;
    const std::string colour = toHex(rgbOf(databaseTone(box.databaseId), lightPalette()));
    switch (box.kind) {
    case BoxKind::database:
      name = "db" + colour.substr(1);
      style = "stroke:" + colour + ",stroke-width:3px";
      break;
    case BoxKind::ghost:
    case BoxKind::outline:
      name = "ghost" + colour.substr(1);
      style = "stroke:" + colour + ",stroke-width:2px,stroke-dasharray:6 4";
      break;
    case BoxKind::notReached:
      name = "notReached";
      style = "stroke-dasharray:6 4";
      break;
    case BoxKind::server:
    case BoxKind::stack:
      return;
    }
    m_styles[name] = style;
    m_classes[name].push_back(id);
  }

  std::string m_text;
  std::string m_order;
  std::string m_last;                                        // side
  std::map<std::string, std::vector<std::string>> m_classes; // nodes by class
  std::map<std::string, std::string> m_styles;
  std::map<std::string, std::vector<std::size_t>> m_links; // by colour
  std::size_t m_linkCount = 0;
  std::size_t m_widest = 0; // databases of a side
};

// What Mermaid renders without being told to, wherever it is: neither limit may be raised from within a diagram
// (mermaid.js.org/config/schema-docs/config.html: maxTextSize 50,000, maxEdges 500). More than some hundred boxes are
// not read by anybody either.
constexpr std::size_t mostText = 48'000;
constexpr std::size_t mostLinks = 240;

std::string flowchartOf(const std::vector<Part>& parts) {
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  std::string text;
  for (const Folding& folding :
       {Folding{all, all, false}, Folding{24, all, false}, Folding{8, 120, false}, Folding{3, 60, false},
        Folding{1, 30, false}, Folding{1, 20, true}, Folding{1, 6, true}}) {
    Flowchart chart;
    for (const Part& part : parts)
      chart.add({part.id, part.heading, part.snapshot, folded(part.diagram, folding)});
    text = chart.finish();
    if (text.size() <= mostText && chart.links() <= mostLinks)
      break;
  }
  return text;
}

} // namespace

std::string toMermaid(const topology::Snapshot& snapshot) {
  layout::Options options;
  options.width = diagramWidth;
  const bool before = snapshot.side == topology::Side::before;
  return flowchartOf({{before ? "before" : "now", before ? "Before" : "Now", &snapshot, layOut(snapshot, options)}});
}

std::string toMermaid(const topology::Comparison& comparison) {
  layout::Options options;
  options.width = diagramWidth;
  auto diagrams = layOut(comparison, options);
  return flowchartOf({{"before", "Before", &comparison.before, std::move(diagrams.before)},
                      {"after", "After", &comparison.after, std::move(diagrams.after)}});
}

} // namespace whichbase::picture
