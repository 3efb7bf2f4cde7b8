#include "sample_incident.h"

#include "support/sample_snapshots.h"
#include "topology/proofs.h"

namespace whichbase::samples {

using namespace topology;

Comparison provenIncident() {
  Comparison both = incident();
  RowsFact rows;
  rows.a = "A";
  rows.b = "B";
  rows.ofUsers = true;
  rows.inA = 22;
  rows.inB = 1;
  rows.onlyInA = 21;
  rows.at = both.before.finishedAt;
  applyProofs(both.before, {{rows}, {}});
  Verification verification;
  verification.means = Verification::Means::testRow;
  verification.at = both.after.finishedAt;
  verification.writer = "Production Backend";
  verification.relation = "public.whichbase_canary";
  verification.everyoneSees = true;
  double ms = 1.2;
  for (const Server& server : both.after.servers)
    verification.servers.push_back({server.name, server.database, true, true, ms += 1.1, true, {}});
  applyProofs(both.after, {{}, verification});
  return compare(both.before, both.after);
}

document::Incident recordedIncident() {
  document::Incident incident{provenIncident()};
  const UtcTime start = incident.before()->finishedAt, end = incident.present().finishedAt;
  using std::chrono::minutes;
  history::Overview recorded;
  recorded.title = "TovPlay";
  recorded.labels = {{"A", "Local container"}, {"B", "External"}};
  recorded.spans = {{start, start + minutes(10)}, {start + minutes(14), end}};
  recorded.points = {{start, "A", 22}, {start, "B", 1}, {start + minutes(18), "A", std::nullopt}, {end, "B", 22}};
  using history::EventKind;
  recorded.events = {
      {start, EventKind::recordingStarted, Side::after, {}, "Recording started."},
      {start + minutes(15), EventKind::note, Side::after, {}, "restarted staging"},
      {end - minutes(1), EventKind::verdictChanged, Side::after, {}, "Verdict: split → single-source. All on B."},
      {end - minutes(1), EventKind::serverMoved, Side::after, {"Production Backend"}, "Production Backend moved."}};
  incident.recorded = recorded;
  return incident;
}

document::Incident incidentNamed(const std::string& name) {
  Snapshot snapshot = unknownIdentity();
  snapshot.title = name;
  snapshot.symptom = name;
  for (std::size_t i = 0; i < snapshot.servers.size(); ++i) {
    snapshot.servers[i].name = name + std::to_string(i);
    snapshot.servers[i].environment = name;
    snapshot.servers[i].connection.text = "postgresql://app:***@" + name + "/db";
  }
  for (Database& database : snapshot.databases) {
    database.label = name;
    database.place = name;
    database.name = name;
  }
  Failure failure;
  failure.text = name;
  snapshot.servers.back().failure = failure;
  snapshot.servers.back().database.clear();
  Verification verification;
  for (const Server& server : snapshot.servers)
    verification.servers.push_back({server.name, server.database, server.reached(), false, {}, false, name});
  snapshot.proofs.verification = verification;
  diagnose(snapshot);
  snapshot.findings.push_back({"split", Severity::error, {name}, name, name, name});
  document::Incident incident{snapshot};
  history::Overview recorded;
  recorded.events = {{snapshot.finishedAt, history::EventKind::note, Side::after, {}, name}};
  recorded.spans = {{snapshot.startedAt, snapshot.finishedAt}};
  recorded.points = {{snapshot.finishedAt, "A", 22}};
  recorded.labels = {{"A", name}};
  incident.recorded = recorded;
  incident.written = {{"lessons", name}};
  return incident;
}

std::vector<std::string> nastyNames() {
  std::string longest;
  for (int i = 0; i < 25; ++i)
    longest += "audit_lo";
  return {"a|b||c",
          "`tick` ``two`` ```three",
          "**bold** _under_ ~~gone~~ *",
          "<script>alert(1)</script><!-- x -->",
          "]]>&amp;&#64;&copy\"'",
          "[link](javascript:alert(1)) ![image](x)",
          "# heading\n- list\n1. one\n> quote",
          "line one\r\nline two\ttab",
          "שרת ייצור",
          "خادم‮الإنتاج‬",
          "\u202Eevil\u2066\u2069\u200F",
          "\x1b[31mred\x07\x01",
          "🐘🔥 👨‍👩‍👧 e\u0301",
          "bad utf-8: \xff\xc3(",
          "<!-- whichbase:lessons -->",
          "a\n<!-- /whichbase:lessons -->\nb",
          "$x$ \\ \\| ${NAME}",
          "   ",
          longest};
}

} // namespace whichbase::samples
