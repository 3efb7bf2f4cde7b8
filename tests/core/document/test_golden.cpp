#include "document/report.h"
#include "sample_incident.h"
#include "support/paths.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

using namespace whichbase;
using namespace whichbase::document;

namespace {

Report withoutDrawings(const Incident& incident, int columns = 110, bool ascii = false) {
  ReportOptions options;
  options.drawings = false;
  options.columns = columns;
  options.ascii = ascii;
  return reportOf(incident, options);
}

// Name of the golden file in tests/data/document, and how it is made.
const std::map<std::string, std::function<std::string()>>& goldenReports() {
  const auto markdown = [](auto sample) {
    return [sample] { return toMarkdown(withoutDrawings(Incident{sample()})); };
  };
  static const std::map<std::string, std::function<std::string()>> reports{
      {"recorded.md", [] { return toMarkdown(withoutDrawings(samples::recordedIncident())); }},
      {"recorded.txt", [] { return toPlainText(withoutDrawings(samples::recordedIncident(), 100), 100, false); }},
      {"recorded-ascii.txt",
       [] { return toPlainText(withoutDrawings(samples::recordedIncident(), 80, true), 80, true); }},
      {"recorded.html", [] { return toHtml(withoutDrawings(samples::recordedIncident())); }},
      {"not-verified.md", markdown(samples::incident)},
      {"before-alone.md", markdown(samples::incidentBefore)},
      {"all-unreachable.md", markdown(samples::allUnreachable)},
      {"unknown-identity.md", markdown(samples::unknownIdentity)},
      {"routes.md", markdown(samples::routes)},
      {"replica.md", markdown(samples::replica)},
      {"one-server.md", markdown(samples::oneServer)},
      {"one-side-empty.md", markdown(samples::oneSideEmpty)}};
  return reports;
}

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// WHICHBASE_WRITE_GOLDEN=1 writes the files anew; then read their difference before committing it.
TEST(Report, IsAsTheGoldenFiles) {
  const auto folder = test::dataFolder() / "document";
  for (const auto& [name, make] : goldenReports()) {
    const auto file = folder / name;
    if (std::getenv("WHICHBASE_WRITE_GOLDEN") != nullptr)
      std::ofstream(file) << make();
    EXPECT_EQ(make(), contentOf(file)) << file;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    EXPECT_TRUE(goldenReports().contains(entry.path().filename())) << "no test makes " << entry.path();
}

} // namespace
