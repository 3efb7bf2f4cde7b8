#include "report/json.h"

#include "document/lines.h"
#include "document/report.h"
#include "history/timeline.h"
#include "report/json_time.h"

#include <nlohmann/json.hpp>

namespace whichbase::document {

namespace {

using Json = nlohmann::ordered_json;

const char* nameOf(Run::Style style) {
  switch (style) {
  case Run::Style::strong:
    return "strong";
  case Run::Style::code:
    return "code";
  case Run::Style::database:
    return "database";
  case Run::Style::plain:
    break;
  }
  return "plain";
}

const char* nameOf(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return "good";
  case topology::Sign::warning:
    return "warning";
  case topology::Sign::bad:
    return "bad";
  case topology::Sign::unknown:
    return "unknown";
  case topology::Sign::none:
    break;
  }
  return "none";
}

Json jsonOf(const Line& line) {
  Json runs = Json::array();
  for (const Run& run : line) {
    Json one{{"text", run.text}, {"style", nameOf(run.style)}};
    if (run.style == Run::Style::database)
      one["database"] = run.database;
    runs.push_back(std::move(one));
  }
  return runs;
}

Json jsonOf(const std::vector<Line>& lines) {
  Json all = Json::array();
  for (const Line& line : lines)
    all.push_back(jsonOf(line));
  return all;
}

struct BlockJson {
  Json operator()(const Paragraph& block) const { return {{"kind", "paragraph"}, {"text", jsonOf(block.text)}}; }
  Json operator()(const Headline& block) const {
    return {{"kind", "headline"}, {"sign", nameOf(block.sign)}, {"text", jsonOf(block.text)}};
  }
  Json operator()(const Bullets& block) const { return {{"kind", "bullets"}, {"items", jsonOf(block.items)}}; }
  Json operator()(const Table& block) const {
    Json rows = Json::array();
    for (const auto& row : block.rows)
      rows.push_back(jsonOf(row));
    return {{"kind", "table"}, {"caption", block.caption}, {"head", block.head}, {"rows", std::move(rows)}};
  }
  Json operator()(const Figure& block) const {
    return {{"kind", "figure"}, {"key", block.key}, {"caption", block.caption}, {"text", block.text}};
  }
  Json operator()(const Prompt& block) const {
    return {{"kind", "prompt"}, {"key", block.key}, {"question", block.question}, {"written", block.written}};
  }
};

Json stateOf(const Incident& incident) {
  return Json::parse(incident.comparison() ? report::toJson(*incident.comparison())
                                           : report::toJson(incident.present()));
}

} // namespace

std::string toJson(const Report& report, const Incident& incident) {
  Json json{{"format", "whichbase/report"},
            {"version", 1},
            {"title", report.title},
            {"status", report.status},
            {"at", report::timeText(report.at)}};
  json["sections"] = Json::array();
  for (const Section& section : report.sections) {
    Json blocks = Json::array();
    for (const Block& block : section.blocks)
      blocks.push_back(std::visit(BlockJson{}, block));
    json["sections"].push_back({{"key", section.key}, {"title", section.title}, {"blocks", std::move(blocks)}});
  }
  json["state"] = stateOf(incident);
  json["history"] = incident.recorded ? Json::parse(history::toJson(*incident.recorded)) : Json(nullptr);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace whichbase::document
