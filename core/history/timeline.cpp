#include "history/timeline.h"

#include "report/json_time.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::history {
namespace {

using Json = nlohmann::ordered_json;
using report::timeText;
using topology::UtcTime;

struct Entry {
  UtcTime at{};
  std::string what;
  std::string text;
};

std::string dayOf(UtcTime time) {
  return topology::toIso8601(time).substr(0, 10);
}

std::string clockOf(UtcTime time) {
  return topology::toIso8601(time).substr(11, 8);
}

std::vector<Entry> entriesOf(const Overview& overview) {
  std::vector<Entry> entries;
  for (const auto& event : overview.events)
    entries.push_back({event.at, toString(event.kind), event.text});
  for (const auto& moment : overview.moments)
    entries.push_back({moment.at, "moment", moment.reason});
  for (std::size_t i = 0; i < overview.spans.size(); ++i) {
    const auto& span = overview.spans[i];
    entries.push_back(
        {span.until, "watched-until",
         i + 1 < overview.spans.size()
             ? fmt::format("Nobody watched for {}.", topology::toDuration(overview.spans[i + 1].from - span.until))
             : "The recording ends here, or goes on."});
  }
  std::ranges::stable_sort(entries, {}, &Entry::at);
  return entries;
}

} // namespace

std::string toJson(const Overview& overview) {
  Json json;
  json["format"] = "whichbase/history";
  json["version"] = 1;
  json["title"] = overview.title;
  json["recorded_changes"] = overview.recordedChanges;
  json["spans"] = Json::array();
  for (const auto& span : overview.spans)
    json["spans"].push_back({{"from", timeText(span.from)}, {"until", timeText(span.until)}});
  json["events"] = Json::array();
  for (const auto& event : overview.events)
    json["events"].push_back({{"at", timeText(event.at)},
                              {"kind", toString(event.kind)},
                              {"side", toString(event.side)},
                              {"major", event.isMajor()},
                              {"subjects", event.subjects},
                              {"text", event.text}});
  json["moments"] = Json::array();
  for (const auto& moment : overview.moments)
    json["moments"].push_back({{"id", moment.id}, {"at", timeText(moment.at)}, {"reason", moment.reason}});
  json["databases"] = Json::array();
  for (const auto& [id, label] : overview.labels) {
    const auto relation = overview.relations.find(id);
    json["databases"].push_back(
        {{"id", id},
         {"label", label},
         {"relation", relation == overview.relations.end() ? Json(nullptr) : Json(relation->second)}});
  }
  json["points"] = Json::array();
  for (const auto& point : overview.points)
    json["points"].push_back({{"at", timeText(point.at)},
                              {"database", point.database},
                              {"users", point.users ? Json(*point.users) : Json(nullptr)},
                              {"kind", toString(point.kind)}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string toText(const Overview& overview) {
  std::string text =
      fmt::format("{}: {} recorded {}, times in UTC\n", overview.title.empty() ? "History" : overview.title,
                  overview.recordedChanges, overview.recordedChanges == 1 ? "state" : "states");
  std::string day;
  for (const Entry& entry : entriesOf(overview)) {
    if (const std::string entryDay = dayOf(entry.at); entryDay != day)
      text += fmt::format("\n{}\n", day = entryDay);
    text += fmt::format("  {}  {:<22} {}\n", clockOf(entry.at), entry.what, entry.text);
  }
  return text;
}

} // namespace whichbase::history
