#include "report/proofs_json.h"

#include "report/json_time.h"

#include <fmt/format.h>

namespace whichbase::report {

namespace {

using Json = nlohmann::ordered_json;
using namespace topology;

Json textOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

ServerCheck checkFromJson(const ObjectReader& in) {
  ServerCheck check;
  check.server = in.requiredText("server");
  check.database = in.text("database");
  check.reached = in.flag("reached");
  check.saw = in.flag("saw");
  if (const auto* ms = in.find("seen_after_ms"))
    check.seenAfterMs = in.number(*ms, in.placeOf("seen_after_ms"));
  check.confirmedDeletion = in.flag("confirmed_deletion");
  check.note = in.text("note");
  return check;
}

} // namespace

Json rowsFactToJson(const RowsFact& rows) {
  return {{"a", rows.a},
          {"b", rows.b},
          {"relation", textOrNull(rows.relation)},
          {"of_users", rows.ofUsers},
          {"in_a", rows.inA},
          {"in_b", rows.inB},
          {"only_in_a", rows.onlyInA},
          {"only_in_b", rows.onlyInB},
          {"different", rows.different},
          {"settled", rows.settled},
          {"at", timeText(rows.at)},
          {"text", toText(rows)}};
}

Json verificationToJson(const Verification& verification) {
  Json servers = Json::array();
  for (const ServerCheck& check : verification.servers)
    servers.push_back({{"server", check.server},
                       {"database", textOrNull(check.database)},
                       {"reached", check.reached},
                       {"saw", check.saw},
                       {"seen_after_ms", check.seenAfterMs ? Json(*check.seenAfterMs) : Json(nullptr)},
                       {"confirmed_deletion", check.confirmedDeletion},
                       {"note", textOrNull(check.note)}});
  return {{"means", verification.means == Verification::Means::flags ? "flags" : "test-row"},
          {"at", timeText(verification.at)},
          {"writer", textOrNull(verification.writer)},
          {"relation", textOrNull(verification.relation)},
          {"everyone_sees", verification.everyoneSees},
          {"text", toText(verification, verification.at)},
          {"servers", std::move(servers)}};
}

Json proofsToJson(const Proofs& proofs) {
  Json rows = Json::array();
  for (const RowsFact& each : proofs.rows)
    rows.push_back(rowsFactToJson(each));
  return {{"rows", std::move(rows)},
          {"verification", proofs.verification ? verificationToJson(*proofs.verification) : Json(nullptr)}};
}

RowsFact rowsFactFromJson(const ObjectReader& in) {
  RowsFact rows;
  rows.a = in.requiredText("a");
  rows.b = in.requiredText("b");
  rows.relation = in.text("relation");
  rows.ofUsers = in.flag("of_users");
  rows.inA = in.integer("in_a", 0).value_or(0);
  rows.inB = in.integer("in_b", 0).value_or(0);
  rows.onlyInA = in.integer("only_in_a", 0, rows.inA).value_or(0);
  rows.onlyInB = in.integer("only_in_b", 0, rows.inB).value_or(0);
  rows.different = in.integer("different", 0, rows.inA - rows.onlyInA).value_or(0);
  rows.settled = in.flag("settled", true);
  rows.at = in.time("at").value_or(UtcTime{});
  if (rows.inA - rows.onlyInA != rows.inB - rows.onlyInB)
    in.problem().add(in.placeOf("only_in_b"), "as many rows in both on either side");
  return rows;
}

Verification verificationFromJson(const ObjectReader& in) {
  Verification verification;
  verification.means = in.oneOf<Verification::Means>(
      "means", {{"flags", Verification::Means::flags}, {"test-row", Verification::Means::testRow}});
  verification.at = in.time("at").value_or(UtcTime{});
  verification.writer = in.text("writer");
  verification.relation = in.text("relation");
  verification.servers = in.list<ServerCheck>("servers", checkFromJson);
  verification.everyoneSees = in.flag("everyone_sees");
  return verification;
}

Proofs proofsFromJson(const ObjectReader& in) {
  Proofs proofs;
  proofs.rows = in.list<RowsFact>("rows", rowsFactFromJson);
  if (in.find("verification"))
    proofs.verification = verificationFromJson(in.child("verification"));
  return proofs;
}

} // namespace whichbase::report
