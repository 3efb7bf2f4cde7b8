// Pictures of the window in every state that matters, to be looked at: WHICHBASE_PICTURES names the folder. Always
// renders them, and checks that no label of the window is cut where it must not be.
#include "support/sample_snapshots.h"
#include "window_under_test.h"

#include <QAbstractButton>
#include <QLabel>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

struct Scene {
  std::string name;
  std::function<ui::View()> view;
};

ui::View oneSide(topology::Snapshot snapshot) {
  return ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(std::move(snapshot)));
}

ui::View bothSides(topology::Snapshot before, topology::Snapshot after) {
  auto view = ui::makeView(std::make_shared<const topology::Snapshot>(std::move(before)),
                           std::make_shared<const topology::Snapshot>(std::move(after)));
  view.beforeRecorded = true;
  return view;
}

std::vector<Scene> scenes() {
  return {
      {"3-incident", [] { return bothSides(samples::incidentBefore(), samples::incidentAfter()); }},
      {"3-incident-stale",
       [] {
         auto view = bothSides(samples::incidentBefore(), samples::incidentAfter());
         view.stale = QStringLiteral("Last known state, from 14:20 UTC. The probe at 14:31 UTC reached none of the 3 "
                                     "servers: connection refused.");
         return view;
       }},
      {"3-incident-now", [] { return oneSide(samples::incidentBefore()); }},
      {"1", [] { return oneSide(samples::oneServer()); }},
      {"2", [] { return oneSide(samples::twoServers()); }},
      {"12", [] { return oneSide(samples::twelveServers()); }},
      {"60", [] { return oneSide(samples::sixtyServers()); }},
      {"60-both", [] { return bothSides(samples::sixtyServers(), samples::sixtyServers()); }},
      {"unreachable", [] { return oneSide(samples::allUnreachable()); }},
      {"one-side",
       [] {
         const auto sides = samples::oneSideEmpty();
         return bothSides(sides.before, sides.after);
       }},
      {"before-only",
       [] {
         auto view = ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()), nullptr);
         view.beforeRecorded = true;
         return view;
       }},
      {"unknown-identity", [] { return oneSide(samples::unknownIdentity()); }},
      {"long-names", [] { return oneSide(samples::longNames()); }},
      {"long-names-both", [] { return bothSides(samples::longNames(), samples::longNames()); }},
      {"replica", [] { return oneSide(samples::replica()); }},
  };
}

void save(const QWidget& widget, const std::string& name) {
  const QByteArray folder = qgetenv("WHICHBASE_PICTURES");
  if (folder.isEmpty())
    return;
  const QString file = QStringLiteral("%1/%2.png").arg(QString::fromLocal8Bit(folder), QString::fromStdString(name));
  ASSERT_TRUE(const_cast<QWidget&>(widget).grab().save(file)) << file.toStdString();
}

// A label that neither wraps nor elides must have room for its text; so must a button.
void expectNothingCut(const QWidget& window, const std::string& scene) {
  for (const auto* label : window.findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty() ||
        label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
      continue;
    const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    EXPECT_GE(label->height() + 1, needed) << scene << ": " << label->text().toStdString();
    if (!label->wordWrap()) {
      EXPECT_GE(label->width() + 1, label->sizeHint().width()) << scene << ": " << label->text().toStdString();
    }
  }
  for (const auto* button : window.findChildren<QAbstractButton*>())
    if (button->isVisible() && !button->text().isEmpty()) {
      EXPECT_GE(button->width() + 1, button->minimumSizeHint().width())
          << scene << ": " << button->text().toStdString();
    }
}

} // namespace

class Pictures : public testing::TestWithParam<std::tuple<bool, bool>> {};

TEST_P(Pictures, EveryStateRendersWithNoLabelCut) {
  const auto [dark, small] = GetParam();
  ui::WindowOptions options;
  options.dark = dark;
  const test::WindowUnderTest test(options, small ? QSize(1024, 700) : QSize(1440, 900));
  for (const auto& scene : scenes()) {
    test.document().openView(scene.view());
    test.wait([] { return false; }, 60);
    const std::string name = scene.name + (dark ? "-dark" : "-light") + (small ? "-1024" : "-1440");
    expectNothingCut(*test.window, name);
    save(*test.window, name);
  }
}

INSTANTIATE_TEST_SUITE_P(LightAndDarkLargeAndSmall, Pictures, testing::Combine(testing::Bool(), testing::Bool()));

} // namespace whichbase
