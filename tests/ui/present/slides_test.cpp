// The pages of a presentation: what they say, and that it can be read from the last row.
#include "painted_text.h"
#include "present/hidden_addresses.h"
#include "present/slide_painter.h"
#include "support/sample_snapshots.h"

#include <QImage>

#include <gtest/gtest.h>

#include <cmath>

namespace whichbase {
namespace {

using namespace std::chrono_literals;
using ui::Slide;

ui::View viewOf(topology::Snapshot before, topology::Snapshot after) {
  auto view = ui::makeView(std::make_shared<const topology::Snapshot>(std::move(before)),
                           std::make_shared<const topology::Snapshot>(std::move(after)));
  view.beforeRecorded = true;
  return view;
}

ui::View alone(topology::Snapshot snapshot) {
  return ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(std::move(snapshot)));
}

topology::Snapshot verified() {
  auto snapshot = samples::incidentAfter();
  topology::Verification row;
  row.means = topology::Verification::Means::testRow;
  row.at = snapshot.finishedAt;
  row.writer = snapshot.servers.front().name;
  row.everyoneSees = true;
  for (const auto& server : snapshot.servers)
    row.servers.push_back({server.name, server.database, true, true, 3.6, true, {}});
  topology::Proofs proofs;
  proofs.verification = row;
  topology::applyProofs(snapshot, proofs);
  return snapshot;
}

std::shared_ptr<const history::Overview> day(topology::UtcTime end) {
  history::Overview overview;
  overview.title = "TovPlay";
  overview.spans = {{end - 60min, end}};
  overview.points = {{end - 60min, "A", 18, topology::CountKind::exact},
                     {end - 60min, "B", 1, topology::CountKind::exact},
                     {end - 30min, "A", 22, topology::CountKind::exact},
                     {end - 20min, "B", 22, topology::CountKind::exact}};
  for (int i = 0; i < 12; ++i)
    overview.events.push_back({end - 60min + i * 5min,
                               history::EventKind::serverMoved,
                               topology::Side::after,
                               {},
                               "Production Backend (203.0.113.20) moved from A to B."});
  return std::make_shared<const history::Overview>(overview);
}

std::vector<test::PaintedText> paintedOn(const QSize& size, const ui::Slides& slides, std::size_t page,
                                         const ui::SlideLook& look = {}) {
  test::TextCollector collector(size);
  QPainter painter(&collector);
  ui::paintSlide(painter, size, slides, page, look);
  painter.end();
  return collector.texts();
}

QString textOn(const ui::Slides& slides, std::size_t page, const ui::SlideLook& look = {}) {
  QString all;
  for (const auto& each : paintedOn({1920, 1080}, slides, page, look))
    all += each.text + QLatin1Char('\n');
  return all;
}

std::vector<std::pair<std::string, ui::Slides>> everything() {
  auto incident = viewOf(samples::incidentBefore(), verified());
  return {{"incident", ui::slidesOf(incident, day(incident.after->finishedAt))},
          {"sixty", ui::slidesOf(alone(samples::sixtyServers()), nullptr)},
          {"twelve", ui::slidesOf(alone(samples::twelveServers()), nullptr)},
          {"unreachable", ui::slidesOf(alone(samples::allUnreachable()), nullptr)},
          {"long", ui::slidesOf(alone(samples::longNames()), nullptr)},
          {"replica", ui::slidesOf(alone(samples::replica()), nullptr)},
          {"one", ui::slidesOf(alone(samples::oneServer()), nullptr)},
          {"many", ui::slidesOf(alone(samples::manyServers(1000, 40)), nullptr)}};
}

TEST(Slides, SayBeforeAfterProofWhatWasLeftBehindAndTheTimeline) {
  const auto view = viewOf(samples::incidentBefore(), verified());
  const auto slides = ui::slidesOf(view, day(view.after->finishedAt));
  ASSERT_EQ(slides.pages.size(), 5u);
  EXPECT_EQ(slides.pages[0].sentence, QStringLiteral("Production writes to A; the others read B"));
  EXPECT_EQ(slides.pages[1].sentence, QStringLiteral("All 3 servers are on B"));
  EXPECT_EQ(slides.pages[2].kind, Slide::Kind::proof);
  EXPECT_TRUE(slides.pages[2].sentence.contains(QStringLiteral("seen by all 3")))
      << slides.pages[2].sentence.toStdString();
  EXPECT_EQ(slides.pages[2].lines.size(), 3u);
  EXPECT_EQ(slides.pages[3].kind, Slide::Kind::leftBehind);
  EXPECT_TRUE(slides.pages[3].sentence.contains(QStringLiteral("4 tables existed only in A")))
      << slides.pages[3].sentence.toStdString();
  EXPECT_EQ(slides.pages[4].kind, Slide::Kind::timeline);
}

TEST(Slides, SayTheEnvironmentsAsTheirUserWantsThem) {
  const auto environments = [](const ui::Slides& slides) {
    std::vector<std::string> words;
    for (const auto& box : slides.pages.front().diagram.boxes)
      if (!box.environment.empty())
        words.push_back(box.environment);
    return words;
  };
  const auto view = alone(samples::incidentBefore());
  const auto usual = environments(ui::slidesOf(view, nullptr));
  EXPECT_TRUE(std::ranges::count(usual, "PROD") == 1) << usual.size();
  const auto own = environments(ui::slidesOf(view, nullptr, {{"production", "LIVE", ui::EnvironmentMark::red}}));
  EXPECT_EQ(std::ranges::count(own, "PROD"), 0);
  EXPECT_EQ(std::ranges::count(own, "LIVE"), 1);
}

TEST(Slides, LeaveOutPagesWithoutContent) {
  const auto slides = ui::slidesOf(alone(samples::allUnreachable()), nullptr);
  ASSERT_FALSE(slides.pages.empty());
  EXPECT_EQ(slides.pages[0].heading, QStringLiteral("NOW"));
  for (const auto& page : slides.pages)
    EXPECT_NE(page.kind, Slide::Kind::before);
  EXPECT_TRUE(ui::slidesOf({}, nullptr).pages.empty());
}

TEST(Slides, OfAReplayedMomentKnowNothingOfWhatCameLater) {
  auto view = viewOf(samples::incidentBefore(), samples::incidentAfter());
  const auto overview = day(view.after->finishedAt);
  view.replayedAt = view.after->finishedAt - 30min;
  const auto slides = ui::slidesOf(view, overview);
  EXPECT_TRUE(slides.when.startsWith(QStringLiteral("as it was at"))) << slides.when.toStdString();
  for (const auto& point : slides.overview->points)
    EXPECT_LE(point.at, *view.replayedAt);
  EXPECT_EQ(slides.pages.back().lines.size(), 7u);
}

TEST(Slides, PaintNoTextUnder24PixelsOnAFullHighDefinitionScreen) {
  for (const QSize size : {QSize(1280, 720), QSize(1920, 1080), QSize(3840, 2160), QSize(1024, 768)}) {
    const double scale = std::min(size.width() / 1920.0, size.height() / 1080.0);
    for (const auto& [name, slides] : everything())
      for (std::size_t page = 0; page < slides.pages.size(); ++page) {
        ui::SlideLook look;
        look.hint = QStringLiteral("H hides addresses");
        const auto texts = paintedOn(size, slides, page, look);
        EXPECT_FALSE(texts.empty());
        for (const auto& each : texts) {
          EXPECT_GE(each.pixels, 24 * scale - 1e-6) << name << ", page " << page << ": " << each.text.toStdString();
          EXPECT_TRUE(QRectF({-1, -1}, size + QSize(2, 2)).contains(each.rect))
              << name << ", page " << page << " off the screen: " << each.text.toStdString();
        }
      }
  }
}

TEST(Slides, PaintNoTextUponAnother) {
  for (const auto& [name, slides] : everything())
    for (std::size_t page = 0; page < slides.pages.size(); ++page) {
      const auto texts = paintedOn({1920, 1080}, slides, page);
      for (std::size_t a = 0; a < texts.size(); ++a)
        for (std::size_t b = a + 1; b < texts.size(); ++b) {
          const auto both = texts[a].rect.intersected(texts[b].rect);
          EXPECT_LE(std::max(0.0, both.width()) * std::max(0.0, both.height()), 0.25 * 24 * 24)
              << name << ", page " << page << ": " << texts[a].text.toStdString() << " | "
              << texts[b].text.toStdString();
        }
    }
}

TEST(Slides, SayHowManyServersThereIsNoRoomFor) {
  auto slides = ui::slidesOf(alone(samples::manyServers(1000, 40)), nullptr);
  const QString text = textOn(slides, 0);
  EXPECT_TRUE(text.contains(QStringLiteral("more servers"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("more databases"))) << text.toStdString();
}

TEST(Slides, HideEveryAddressAndConnectionStringByOneKey) {
  const auto view = viewOf(samples::incidentBefore(), verified());
  const auto slides = ui::slidesOf(view, day(view.after->finishedAt));
  QString open, hidden;
  ui::SlideLook look;
  look.hideAddresses = true;
  for (std::size_t page = 0; page < slides.pages.size(); ++page) {
    open += textOn(slides, page);
    hidden += textOn(slides, page, look);
  }
  for (const auto* address : {"203.0.113", ":5432", ":7777", "example.org", "postgres:"}) {
    EXPECT_TRUE(open.contains(QLatin1String(address)) || address == std::string_view("example.org")) << address;
    EXPECT_FALSE(hidden.contains(QLatin1String(address))) << address << " in\n" << hidden.toStdString();
  }
  EXPECT_TRUE(hidden.contains(QStringLiteral("Production Backend")));
  EXPECT_TRUE(hidden.contains(QStringLiteral("UTC")));
}

TEST(HiddenAddresses, AreFoundInAnySentenceAndTimesAreNot) {
  const QStringList known{QStringLiteral("db.internal"), QStringLiteral(":7777")};
  const auto hidden = [&](const char* text) {
    return ui::withoutAddresses(QString::fromUtf8(text), known).toStdString();
  };
  EXPECT_EQ(hidden("At 14:31 UTC, 14:31:05 UTC"), "At 14:31 UTC, 14:31:05 UTC");
  EXPECT_EQ(hidden("Dashboard, :7777, reads"), "Dashboard, •••, reads");
  EXPECT_EQ(hidden("db.internal refused"), "••• refused");
  EXPECT_EQ(hidden("at 10.1.2.3:5432, [2001:db8::7]:5432, other.example:6432"), "at •••, •••, •••");
  EXPECT_EQ(hidden("postgresql://ops@example.org:***@203.0.113.196:5432/TovPlay is read"), "••• is read");
  EXPECT_EQ(hidden("user ops@example.org of TovPlay"), "user ••• of TovPlay");
  EXPECT_EQ(hidden("public.\"User\" has 22 rows"), "public.\"User\" has 22 rows");
}

TEST(Slides, AreDrawnInBothThemes) {
  const QByteArray folder = qgetenv("WHICHBASE_PICTURES");
  for (const bool dark : {false, true})
    for (const auto& [name, slides] : everything())
      for (std::size_t page = 0; page < slides.pages.size(); ++page) {
        QImage image(1920, 1080, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::magenta);
        ui::SlideLook look;
        look.theme = dark ? ui::Theme::dark_() : ui::Theme::light();
        QPainter painter(&image);
        ui::paintSlide(painter, image.size(), slides, page, look);
        painter.end();
        EXPECT_EQ(image.pixelColor(3, 3), look.theme.pane);
        if (!folder.isEmpty())
          image.save(QStringLiteral("%1/slide-%2-%3-%4.png")
                         .arg(QString::fromLocal8Bit(folder), QString::fromStdString(name))
                         .arg(page + 1)
                         .arg(dark ? QStringLiteral("dark") : QStringLiteral("light")));
      }
}

} // namespace
} // namespace whichbase
