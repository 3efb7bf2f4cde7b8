#include "document/report.h"
#include "report/json.h"
#include "sample_incident.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace whichbase;
using namespace whichbase::document;

namespace {

std::string jsonOf(const Incident& incident) {
  return toJson(reportOf(incident, {.drawings = false}), incident);
}

TEST(ReportJson, IsAsItsSchemaSays) {
  EXPECT_EQ(test::schemaViolation(jsonOf(samples::recordedIncident()), "report.schema.json"), "");
  for (const auto& sample : {samples::routes, samples::unknownIdentity, samples::oneServer, samples::allUnreachable})
    EXPECT_EQ(test::schemaViolation(jsonOf({sample()}), "report.schema.json"), "");
}

TEST(ReportJson, HoldsWhateverANameHolds) {
  for (const std::string& name : samples::nastyNames())
    EXPECT_FALSE(nlohmann::json::parse(jsonOf(samples::incidentNamed(name)), nullptr, false).is_discarded()) << name;
}

TEST(ReportJson, TheSchemaRefusesWhatIsNone) {
  auto json = nlohmann::json::parse(jsonOf(samples::recordedIncident()));
  json["sections"][0]["blocks"][0]["kind"] = "poem";
  EXPECT_NE(test::schemaViolation(json.dump(), "report.schema.json"), "");
}

TEST(ReportJson, HasTheStateThatTheReportIsMadeOf) {
  const auto incident = samples::recordedIncident();
  const auto json = nlohmann::json::parse(jsonOf(incident));
  EXPECT_EQ(json["state"], nlohmann::json::parse(report::toJson(*incident.comparison())));
  EXPECT_EQ(json["history"]["events"].size(), incident.recorded->events.size());
}

} // namespace
