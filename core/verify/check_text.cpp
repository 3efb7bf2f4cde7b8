#include "report/display_text.h"
#include "report/json_time.h"
#include "report/proofs_json.h"
#include "topology/wording.h"
#include "verify/attendee.h"
#include "verify/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t shownPairs = 12; // more columns fit no line: then only what is not seen is listed

std::string mark(const CheckResult& result, std::size_t row, std::size_t column) {
  if (row == column)
    return result.reasons[row][column].empty() ? "·" : "?";
  switch (result.sights[row][column]) {
  case Sight::sameDatabase:
    return "✓";
  case Sight::sameInstance:
    return "≠";
  case Sight::notSeen:
    return "✗";
  case Sight::unknown:
    break;
  }
  return "?";
}

const char* word(Sight sight) {
  switch (sight) {
  case Sight::sameDatabase:
    return "same-database";
  case Sight::sameInstance:
    return "same-instance";
  case Sight::notSeen:
    return "not-seen";
  case Sight::unknown:
    break;
  }
  return "unknown";
}

std::string padded(const std::string& text, std::size_t width) {
  const auto columns = static_cast<std::size_t>(report::displayWidth(text, report::Charset::unicode));
  return columns >= width ? text : text + std::string(width - columns, ' ');
}

std::string numberOf(std::size_t index) {
  return fmt::format("{}", index + 1);
}

std::size_t nameWidth(const CheckResult& result) {
  std::size_t width = 0;
  for (const std::string& server : result.servers)
    width = std::max(width, static_cast<std::size_t>(report::displayWidth(server, report::Charset::unicode)));
  return width;
}

std::string abilityText(const Ability& ability) {
  if (!ability.reached)
    return "not reached: " + ability.failure;
  if (ability.canWrite == true)
    return "can write";
  if (ability.canWrite == false)
    return "cannot write: " + ability.whyNot;
  return "whether it can write is not known";
}

std::string serverLines(const CheckResult& result) {
  std::string text;
  const std::size_t width = nameWidth(result);
  for (std::size_t index = 0; index < result.servers.size(); ++index) {
    const topology::ServerCheck& check = result.verification.servers[index];
    text += fmt::format("{:>4}  {}  {}  {}\n", numberOf(index), padded(result.servers[index], width),
                        check.database.empty() ? "?" : check.database, abilityText(result.abilities[index]));
  }
  return text;
}

// Rows look, columns have raised.
std::string matrix(const CheckResult& result) {
  const std::size_t width = nameWidth(result);
  std::string text = "\nWho sees whose flag (a row looks, a column has raised):\n" + std::string(6 + width, ' ');
  for (std::size_t column = 0; column < result.servers.size(); ++column)
    text += fmt::format("{:>4}", numberOf(column));
  for (std::size_t row = 0; row < result.servers.size(); ++row) {
    text += fmt::format("\n{:>4}  {}", numberOf(row), padded(result.servers[row], width));
    for (std::size_t column = 0; column < result.servers.size(); ++column)
      text += "   " + mark(result, row, column);
  }
  return text + "\n✓ seen in its own database   ≠ seen in another database of the instance   ✗ not seen   ? unknown\n";
}

std::string reasons(const CheckResult& result) {
  std::vector<std::string> told;
  for (std::size_t row = 0; row < result.servers.size(); ++row)
    for (std::size_t column = 0; column < result.servers.size(); ++column)
      if (const std::string& reason = result.reasons[row][column];
          !reason.empty() && result.abilities[row].reached && result.abilities[column].reached)
        told.push_back(fmt::format("{} and {}: {}", result.servers[row], result.servers[column], reason));
  constexpr std::size_t most = 20;
  std::string text;
  for (std::size_t at = 0; at < std::min(most, told.size()); ++at)
    text += "  " + told[at] + "\n";
  if (told.size() > most)
    text += fmt::format("  {} more in the JSON form\n", told.size() - most);
  return text;
}

std::string notifyLines(const CheckResult& result) {
  std::string times, notes;
  const std::size_t width = nameWidth(result);
  for (std::size_t from = 0; from < result.servers.size(); ++from) {
    std::string row;
    for (std::size_t to = 0; to < result.servers.size(); ++to)
      row += result.notifyMs[from][to] ? fmt::format("{:>8.2f}", *result.notifyMs[from][to]) : "       –";
    times += fmt::format("{:>4}  {}{}\n", numberOf(from), padded(result.servers[from], width), row);
    if (!result.notifyNotes[from].empty())
      notes += fmt::format("  {}: {}\n", result.servers[from], result.notifyNotes[from]);
  }
  const bool isAny = std::ranges::any_of(result.notifyMs, [](const auto& row) {
    return std::ranges::any_of(row, [](const auto& ms) { return ms.has_value(); });
  });
  std::string head;
  if (isAny) {
    head = "\nNOTIFY from each session (row) to each other (column), milliseconds:\n" + std::string(6 + width, ' ');
    for (std::size_t column = 0; column < result.servers.size(); ++column)
      head += fmt::format("{:>8}", numberOf(column));
    head += "\n" + times;
  }
  return head + (notes.empty() ? "" : "NOTIFY was not timed:\n" + notes);
}

Json namedTexts(const CheckResult& result, const std::vector<std::string>& texts) {
  Json json = Json::object();
  for (std::size_t index = 0; index < texts.size(); ++index)
    if (!texts[index].empty())
      json[result.servers[index]] = texts[index];
  return json;
}

Json abilityJson(const CheckResult& result, std::size_t index) {
  const Ability& ability = result.abilities[index];
  return {{"server", result.servers[index]},
          {"reached", ability.reached},
          {"failure", ability.failure.empty() ? Json(nullptr) : Json(ability.failure)},
          {"can_write", ability.canWrite ? Json(*ability.canWrite) : Json(nullptr)},
          {"why_not", ability.whyNot.empty() ? Json(nullptr) : Json(ability.whyNot)},
          {"in_recovery", ability.inRecovery},
          {"lag_us", ability.lag ? Json(ability.lag->count()) : Json(nullptr)}};
}

} // namespace

std::string toText(const CheckResult& result) {
  std::string text = topology::toText(result.verification, result.verification.at) + "\n\n" + serverLines(result);
  if (result.servers.size() > 1 && result.servers.size() <= shownPairs)
    text += matrix(result);
  if (const std::string why = reasons(result); !why.empty())
    text += "\n" + why;
  if (result.servers.size() > 1 && result.servers.size() <= shownPairs)
    text += notifyLines(result);
  for (const std::string& note : result.notes)
    text += "\n" + note + "\n";
  return text;
}

std::string toJson(const CheckResult& result) {
  Json json = {{"format", "whichbase/verification"}, {"version", 1}};
  json.update(report::verificationToJson(result.verification));
  Json abilities = Json::array(), sights = Json::array(), notify = Json::array();
  for (std::size_t row = 0; row < result.servers.size(); ++row) {
    abilities.push_back(abilityJson(result, row));
    for (std::size_t column = 0; column < result.servers.size(); ++column) {
      const std::string& reason = result.reasons[row][column];
      // Of many servers only what was looked at: it would grow with their square.
      if (result.servers.size() <= pairsUpTo || result.sights[row][column] != Sight::unknown || !reason.empty())
        sights.push_back({{"looks", result.servers[row]},
                          {"raised", result.servers[column]},
                          {"sees", word(result.sights[row][column])},
                          {"reason", reason.empty() ? Json(nullptr) : Json(reason)}});
      if (result.notifyMs[row][column])
        notify.push_back({{"from", result.servers[row]},
                          {"to", result.servers[column]},
                          {"median_ms", *result.notifyMs[row][column]}});
    }
  }
  json["abilities"] = std::move(abilities);
  json["sights"] = std::move(sights);
  json["notify"] = std::move(notify);
  json["notify_notes"] = namedTexts(result, result.notifyNotes);
  json["notes"] = result.notes;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace whichbase::verify
