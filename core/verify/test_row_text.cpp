#include "report/proofs_json.h"
#include "topology/wording.h"
#include "verify/test_row.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace whichbase::verify {
namespace {

void addList(std::string& text, const char* heading, const std::vector<std::string>& sentences) {
  if (sentences.empty())
    return;
  text += fmt::format("\n{}\n", heading);
  for (const auto& sentence : sentences)
    text += fmt::format("  - {}\n", sentence);
}

void addSql(std::string& text, const char* heading, const std::string& sql) {
  if (sql.empty())
    return;
  text += fmt::format("\n-- {}\n{};\n", heading, sql);
}

std::string lineOf(const topology::ServerCheck& check) {
  std::string text = check.saw && check.seenAfterMs ? fmt::format("saw it within {:.1f} ms", *check.seenAfterMs)
                     : !check.reached               ? "was not reached"
                                                    : "did not see it";
  if (check.saw)
    text += check.confirmedDeletion ? ", and that it is gone" : ", and did not confirm the deletion";
  return check.note.empty() ? text : fmt::format("{} ({})", text, check.note);
}

} // namespace

std::string toText(const TestRowPlan& plan) {
  std::string text = fmt::format("A test row through {} into {}{}\n", plan.writer, plan.relation,
                                 plan.database.empty() ? "" : fmt::format(" of {}", plan.database));
  addSql(text, "created", plan.createSql);
  addSql(text, "inserted", plan.insertSql);
  addSql(text, "asked by every server's own session, read-only, until it sees the row", plan.seeSql);
  addSql(text, "deleted", plan.deleteSql);
  addSql(text, "dropped", plan.dropSql);
  if (!plan.key.empty()) {
    std::vector<std::string> columns;
    for (const auto& part : plan.key)
      columns.push_back(part.column);
    text +=
        fmt::format("\nAfter the INSERT, the DELETE also names the row's {}. It deletes exactly one row or nothing.\n",
                    topology::inWords(columns));
  }
  text += "Each is a transaction of its own, with a statement_timeout of 1 s and a lock_timeout of 0.3 s.\n";
  addList(text, "To fill in first:", plan.toFill);
  addList(text, "What else it may do:", plan.warnings);
  addList(text, "Refused:", plan.refusals);
  return text;
}

std::string toText(const TestRowResult& result) {
  const auto& verification = result.verification;
  std::string text;
  if (result.inserted) {
    text = topology::toText(verification, verification.at) + "\n";
    for (const auto& check : verification.servers)
      text += fmt::format("  {} {}\n", check.server, lineOf(check));
    text += result.deleted ? "The row is deleted: nothing is left of it.\n" : "";
  } else {
    text = "No test row was written.\n";
  }
  for (const auto& problem : result.problems)
    text += problem + "\n";
  if (!result.leftBehind.empty())
    text += "A test row may still be there. " + result.leftBehind + "\n";
  return text;
}

std::string toJson(const TestRowResult& result) {
  using Json = nlohmann::ordered_json;
  Json json = {{"format", "whichbase/verification"}, {"version", 1}};
  json.update(report::verificationToJson(result.verification));
  json["inserted"] = result.inserted;
  json["deleted"] = result.deleted;
  json["left_behind"] = result.leftBehind.empty() ? Json(nullptr) : Json(result.leftBehind);
  json["problems"] = result.problems;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace whichbase::verify
