#include "model/connection_rows.h"
#include "model/details_text.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::ui {

namespace {

View incidentView() {
  return makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                  std::make_shared<const topology::Snapshot>(samples::incidentAfter()));
}

} // namespace

TEST(Details, OfADatabaseHaveItsFactsOnBothSides) {
  const auto html = detailsHtml(incidentView(), {{}, QStringLiteral("B")}, Theme::light());
  for (const auto* part : {"External", "System identifier", "AFTER", "BEFORE", "public.&quot;User&quot;", "Evidence"})
    EXPECT_TRUE(html.contains(QLatin1String(part))) << part << "\n" << html.toStdString();
}

TEST(Details, OfAServerHaveAllEvidenceThatConcernsIt) {
  const auto view = incidentView();
  const auto html = detailsHtml(view, {QStringLiteral("Dashboard"), {}}, Theme::light());
  for (const auto& evidence : view.after->evidence)
    if (std::ranges::find(evidence.servers, "Dashboard") != evidence.servers.end()) {
      EXPECT_TRUE(html.contains(QString::fromStdString(evidence.text).toHtmlEscaped())) << evidence.text;
    }
}

TEST(Details, EscapeWhatComesFromOutside) {
  auto snapshot = samples::oneServer();
  snapshot.servers.front().address = "<img src=x>";
  const auto html = detailsHtml(makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot)),
                                {QString::fromStdString(snapshot.servers.front().name), {}}, Theme::dark_());
  EXPECT_FALSE(html.contains(QStringLiteral("<img")));
}

TEST(Details, OfWhatIsUnknownGiveTheReason) {
  const auto view = makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::unknownIdentity()));
  const auto html = detailsHtml(view, {{}, QStringLiteral("?1")}, Theme::light());
  EXPECT_TRUE(html.contains(QString::fromStdString(view.after->database("?1")->identityReason).toHtmlEscaped()));
}

TEST(Connections, MarkThePartThatDiffers) {
  const auto parts = difference(QStringLiteral("postgresql://u:***@postgres:5432/x"),
                                QStringLiteral("postgresql://u:***@203.0.113.196:5432/x"));
  EXPECT_EQ(parts.head, QStringLiteral("postgresql://u:***@"));
  EXPECT_EQ(parts.differs, QStringLiteral("postgres"));
  EXPECT_EQ(parts.tail, QStringLiteral(":5432/x"));
  EXPECT_EQ(difference(QStringLiteral("same"), QStringLiteral("same")).differs, QString());
  EXPECT_EQ(difference(QStringLiteral("aXa"), QStringLiteral("aa")).differs, QStringLiteral("X"));
}

TEST(Connections, OfAServerStandBeforeAndAfter) {
  const auto rows = connectionRows(incidentView(), nullptr);
  ASSERT_EQ(rows.size(), 3U);
  const auto production = std::ranges::find(rows, QStringLiteral("Production Backend"), &ConnectionRow::server);
  ASSERT_NE(production, rows.end());
  EXPECT_TRUE(production->before.text.contains(QStringLiteral("postgres:5432")));
  EXPECT_TRUE(production->after.text.contains(QStringLiteral("203.0.113.196")));
}

TEST(Connections, OfAProjectThatWasNeverProbedAreMaskedToo) {
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "S";
  server.present = project::ConnectionSpec{"postgresql://u:hunter2@h/x", {}};
  const auto rows = connectionRows({}, &project);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].after.text, QStringLiteral("postgresql://u:***@h/x"));
}

TEST(Connections, LinksSayWhatToCopyWhateverTheServerIsCalled) {
  for (const auto& name :
       {QStringLiteral("Staging & Tests <1>"), QStringLiteral("50%+ ünïcode?#"), QStringLiteral("a'b\"c")}) {
    const CopyRequest request{name, topology::Side::before, true};
    EXPECT_EQ(copyRequestOf(toLink(request)), request) << name.toStdString();
  }
}

} // namespace whichbase::ui
