// Numbers and times as the user's own region writes them, in the window alone.
#include "chart/round_numbers.h"
#include "model/details_text.h"
#include "model/topology_table_model.h"
#include "model/user_counts.h"
#include "model/verification_lines.h"
#include "report/text.h"
#include "style/locale_text.h"
#include "support/sample_snapshots.h"

#include <QLocale>

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace whichbase::ui {
namespace {

class Locale : public testing::Test {
protected:
  ~Locale() override {
    QLocale::setDefault(QLocale::c());
    inZone("UTC");
  }
  static void inZone(const char* zone) {
    qputenv("TZ", zone);
    tzset();
  }
  static constexpr topology::UtcTime evening{std::chrono::sys_days(std::chrono::year(2025) / 12 / 3) +
                                             std::chrono::hours(20) + std::chrono::minutes(2) +
                                             std::chrono::seconds(11)};
};

struct Expected {
  const char* locale;
  const char* grouped;
  const char* estimate;
  const char* delay;
};

} // namespace

TEST_F(Locale, WritesNumbersAsInGermanyArabiaAndIndia) {
  for (const auto& [name, grouped, estimate, delay] :
       {Expected{"en_GB", "51,904", "~51,900", "0.4 ms"}, Expected{"de_DE", "51.904", "~51.900", "0,4 ms"},
        Expected{"ar_EG", "٥١٬٩٠٤", "~٥١٬٩٠٠", "٠٫٤ ms"}, Expected{"hi_IN", "51,904", "~51,900", "0.4 ms"}}) {
    QLocale::setDefault(QLocale(QLatin1String(name)));
    EXPECT_EQ(localNumber(51904).toStdString(), grouped) << name;
    EXPECT_EQ(localCount("~51,900").toStdString(), estimate) << name;
    EXPECT_EQ(delayText(0.42).toStdString(), delay) << name;
    EXPECT_EQ(localCount("?"), QStringLiteral("?")) << "unknown stays unknown";
  }
}

TEST_F(Locale, KnowsOneFromMany) {
  const auto servers = [](std::int64_t count) {
    return counted("Test", "1 server", QT_TRANSLATE_N_NOOP("Test", "%Ln servers"), count).toStdString();
  };
  EXPECT_EQ(servers(1), "1 server");
  EXPECT_EQ(servers(0), "0 servers");
  QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
  EXPECT_EQ(servers(51904), "51.904 servers");
  EXPECT_EQ(servers(5'000'000'000), "5.000.000.000 servers");
}

TEST_F(Locale, TellsLocalTimeWithUtcBesideIt) {
  inZone("Asia/Kolkata");
  EXPECT_EQ(localTime(evening).toStdString(), "4 Dec 2025, 01:32:11 IST (3 Dec 2025, 20:02:11 UTC)");
  EXPECT_EQ(localTime(evening - std::chrono::hours(6)).toStdString(), "3 Dec 2025, 19:32:11 IST (14:02:11 UTC)");
  inZone("UTC");
  EXPECT_EQ(localTime(evening).toStdString(), "3 Dec 2025, 20:02:11 UTC");
}

TEST_F(Locale, ReachesTablesChartsAndDetails) {
  inZone("Asia/Kolkata");
  QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
  auto snapshot = samples::sixtyServers();
  for (auto& database : snapshot.databases)
    if (database.users.value)
      database.users.value->count = topology::Known<std::int64_t>::of(51904);
  const auto view = makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot));
  TopologyTableModel table;
  table.setView(view);
  EXPECT_TRUE(table.data(table.index(0, TopologyTableModel::usersColumn), Qt::DisplayRole)
                  .toString()
                  .contains(QStringLiteral("51.90")));
  EXPECT_TRUE(describe(userBars(view)).contains(QStringLiteral("51.90"))) << describe(userBars(view)).toStdString();
  EXPECT_EQ(shortNumber(1500), QStringLiteral("1,5k"));
  const QString details =
      detailsHtml(view, {{}, QString::fromStdString(snapshot.databases.front().id)}, Theme::light());
  EXPECT_TRUE(details.contains(QStringLiteral(" IST ("))) << details.toStdString();
  EXPECT_FALSE(details.contains(QStringLiteral("T00:00:00.000Z")));
}

TEST_F(Locale, LeavesWhatCoreWritesAlone) {
  const auto english = report::toText(samples::incident(), {});
  inZone("Asia/Kolkata");
  QLocale::setDefault(QLocale(QStringLiteral("ar_EG")));
  EXPECT_EQ(report::toText(samples::incident(), {}), english);
}

} // namespace whichbase::ui
