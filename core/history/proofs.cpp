#include "history/proofs.h"

#include "history/patch.h"
#include "report/proofs_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::history {

namespace {

using topology::Proofs;
using topology::RowsFact;
using topology::Verification;

constexpr const char* rowsPrefix = "proof/rows/";
constexpr const char* verificationKey = "proof/verification";

// "Write test 14:31 UTC: seen by …" without the time, which the event has; a failed one says so before its colon, where
// a mark's short label ends.
std::string eventText(const Verification& verification) {
  const std::string text = topology::toText(verification, verification.at);
  const bool isRow = verification.means == Verification::Means::testRow;
  const std::string what = text.substr(std::min(text.find(": ") + 2, text.size()));
  return fmt::format("{}{}: {}", isRow ? "Write test" : "Check", isRow && !verification.everyoneSees ? " failed" : "",
                     what);
}

// The same two databases whichever was named first.
std::string keyOf(const RowsFact& rows) {
  return fmt::format("{}{}/{}/{}", rowsPrefix, std::min(rows.a, rows.b), std::max(rows.a, rows.b),
                     rows.ofUsers ? "" : rows.relation);
}

std::expected<void, Error> keepAs(History& history, const std::string& key, const nlohmann::ordered_json& proof,
                                  const Event& event) {
  const std::string text = proof.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (auto kept = history.setText(key, text); !kept)
    return kept;
  return history.add(event);
}

template <class Read>
auto readFrom(const std::string& text, Read read)
    -> std::optional<decltype(read(std::declval<report::ObjectReader>()))> {
  const auto json = parseBounded(text);
  report::ReadProblem problem;
  if (!json || !json->is_object())
    return std::nullopt;
  auto proof = read(report::ObjectReader(*json, "", problem));
  return problem.text.empty() ? std::optional(std::move(proof)) : std::nullopt;
}

} // namespace

std::expected<void, Error> keep(History& history, const RowsFact& rows) {
  const Event event{rows.at,
                    EventKind::verification,
                    topology::Side::after,
                    {rows.a, rows.b},
                    fmt::format("Rows compared: {}{}.", rows.ofUsers ? "" : rows.relation + ": ", toText(rows))};
  return keepAs(history, keyOf(rows), report::rowsFactToJson(rows), event);
}

std::expected<void, Error> keep(History& history, const Verification& verification) {
  Event event{verification.at, EventKind::verification, topology::Side::after, {}, eventText(verification)};
  for (const topology::ServerCheck& check : verification.servers)
    event.subjects.push_back(check.server);
  return keepAs(history, verificationKey, report::verificationToJson(verification), event);
}

std::expected<Proofs, Error> proofsIn(const History& history, std::optional<topology::UtcTime> until) {
  const auto isKnownThen = [&](topology::UtcTime at) { return !until || at <= *until; };
  const auto texts = history.texts("proof/");
  if (!texts)
    return std::unexpected(texts.error());
  Proofs proofs;
  for (const auto& [key, text] : *texts) {
    if (key == verificationKey) {
      if (auto read = readFrom(text, report::verificationFromJson); read && isKnownThen(read->at))
        proofs.verification = std::move(*read);
    } else if (key.starts_with(rowsPrefix)) {
      if (auto read = readFrom(text, report::rowsFactFromJson); read && isKnownThen(read->at))
        proofs.rows.push_back(std::move(*read));
    }
  }
  return proofs;
}

} // namespace whichbase::history
