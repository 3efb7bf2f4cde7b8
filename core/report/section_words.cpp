#include "report/section_words.h"

#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whichbase::report {

using namespace topology;

namespace {

bool isAlike(const Configured& a, const Configured& b) {
  return connectionText(a.before) == connectionText(b.before) && connectionText(a.after) == connectionText(b.after) &&
         a.safeForm() == b.safeForm() && a.source() == b.source();
}

void addTo(std::vector<Configured>& all, Configured one) {
  for (Configured& known : all)
    if (isAlike(known, one)) {
      known.servers.push_back(one.servers.front());
      return;
    }
  all.push_back(std::move(one));
}

} // namespace

std::string signOf(Severity severity) {
  return severity == Severity::error ? "✗" : severity == Severity::warning ? "!" : "i";
}

std::string titleOf(const Finding& finding) {
  return finding.title.empty() ? finding.text : finding.title;
}

std::string describe(const Database& database) {
  std::vector<std::string> parts{database.name + (database.address.empty() ? "" : " on " + database.address)};
  if (!database.serverVersion.empty())
    parts.push_back("PostgreSQL " + database.serverVersion);
  if (database.initializedAt)
    parts.push_back("initialised " + toIso8601(*database.initializedAt).substr(0, 10));
  if (database.systemIdentifier)
    parts.push_back(fmt::format("system {}, oid {}", *database.systemIdentifier, database.oid));
  if (!database.replicaOf.empty())
    parts.push_back("standby of " + database.replicaOf);
  if (!database.identityProven)
    parts.push_back("identity unknown: " + database.identityReason);
  if (!database.letterBasis.empty())
    parts.push_back(database.letterBasis);
  std::string text = fmt::format("{}", fmt::join(parts, "; "));
  if (!database.label.empty() && database.label != database.address)
    text = database.label + (database.place.empty() ? "" : " (" + database.place + ")") + ": " + text;
  return text;
}

std::string connectionText(const Server* server) {
  return server ? server->connection.text : std::string("(no connection on this side)");
}

std::string Configured::safeForm() const {
  return present().safeUrl == present().text ? std::string() : present().safeUrl;
}

std::string Configured::source() const {
  std::string text = present().origin;
  if (!present().passwordFrom.empty() && present().passwordFrom != "the string")
    text += (text.empty() ? "password from " : ", password from ") + present().passwordFrom;
  return text;
}

std::vector<Configured> configuredIn(const Snapshot* before, const Snapshot* after) {
  std::vector<Configured> all;
  if (before != nullptr)
    for (const Server& server : before->servers)
      addTo(all, {{server.name}, &server, after ? after->server(server.name) : nullptr});
  if (after != nullptr)
    for (const Server& server : after->servers)
      if (!before || !before->server(server.name))
        addTo(all, {{server.name}, nullptr, &server});
  return all;
}

bool isFine(const Snapshot& snapshot) {
  return snapshot.verdict.kind != VerdictKind::split && snapshot.verdict.kind != VerdictKind::undetermined &&
         std::ranges::none_of(snapshot.findings,
                              [](const Finding& finding) { return finding.severity == Severity::error; });
}

std::vector<std::string> remediesOf(const std::vector<Finding>& findings) {
  std::vector<std::string> remedies;
  for (const Severity severity : {Severity::error, Severity::warning})
    for (const Finding& finding : findings)
      if (finding.severity == severity && !finding.remedy.empty())
        remedies.push_back(finding.title.empty() ? finding.remedy : finding.title + ". " + finding.remedy);
  return remedies;
}

std::vector<std::string> changesOf(const Comparison& comparison) {
  std::vector<std::string> texts;
  for (const Change& change : comparison.changes)
    if (change.code != "finding-fixed" && change.code != "verdict-changed")
      texts.push_back(change.text);
  return texts;
}

std::string rowsLine(const RowsFact& rows, const Snapshot& snapshot) {
  const std::string relation = rows.ofUsers ? "users" : rows.relation;
  return fmt::format("Rows of {}, compared {}{}: {}.", relation, toShortClock(rows.at, snapshot.finishedAt),
                     isLastKnown(rows, snapshot) || isCurrent(rows, snapshot) ? "" : ", before something changed",
                     toText(rows));
}

std::string delayWords(double ms) {
  return fmt::format("at most {:.1f} ms", std::max(0.1, std::ceil(std::round(ms * 1e6) / 1e5) / 10));
}

std::string checkLine(const ServerCheck& check, bool isRow) {
  std::vector<std::string> parts;
  if (!check.reached)
    parts.emplace_back("not reached");
  else if (check.saw && check.seenAfterMs)
    parts.push_back("saw it after " + delayWords(*check.seenAfterMs));
  else
    parts.emplace_back(check.saw ? (isRow ? "saw it" : "sees the others' flags") : "did not see it");
  if (isRow && check.saw)
    parts.emplace_back(check.confirmedDeletion ? "confirmed the deletion" : "did not confirm the deletion");
  if (!check.note.empty())
    parts.push_back(check.note);
  return fmt::format("{}{}: {}", check.server, check.database.empty() ? "" : " on " + check.database,
                     fmt::join(parts, "; "));
}

} // namespace whichbase::report
