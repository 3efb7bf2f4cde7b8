// Pictures of the diagram to be looked at: set WHICHBASE_PICTURES to a folder. Without it the views are painted all the
// same, so that a warning or a crash while painting fails here.
#include "diagram/diagram_view.h"
#include "diagram/legend.h"
#include "support/sample_snapshots.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace whichbase::ui {
namespace {

struct Sample {
  std::string name;
  layout::Diagram diagram;
};

std::vector<Sample> samplesAt(int width) {
  layout::Options options;
  options.width = width;
  const auto incident = layout::layOut(samples::incident(), options);
  const auto oneSide = layout::layOut(samples::oneSideEmpty(), options);
  return {
      {"incident-before", incident.before},
      {"incident-after", incident.after},
      {"no-before", oneSide.before},
      {"one", layout::layOut(samples::oneServer(), options)},
      {"two", layout::layOut(samples::twoServers(), options)},
      {"twelve", layout::layOut(samples::twelveServers(), options)},
      {"sixty", layout::layOut(samples::sixtyServers(), options)},
      {"unreachable", layout::layOut(samples::allUnreachable(), options)},
      {"unknown", layout::layOut(samples::unknownIdentity(), options)},
      {"long-names", layout::layOut(samples::longNames(), options)},
      {"replica", layout::layOut(samples::replica(), options)},
      {"many", layout::layOut(samples::manyServers(120, 12), {.width = 1.0 * width, .stackFrom = 0})},
  };
}

QImage pictureOf(QWidget& widget, double scale) {
  QImage image(widget.size() * scale, QImage::Format_RGB32);
  image.setDevicePixelRatio(scale);
  QPainter painter(&image);
  widget.render(&painter);
  return image;
}

class Pictures : public testing::TestWithParam<bool> {};

TEST_P(Pictures, OfEverySampleAtEveryWidth) {
  const Theme theme = GetParam() ? Theme::dark_() : Theme::light();
  qApp->setPalette(theme.toPalette());
  const QString folder = qEnvironmentVariable("WHICHBASE_PICTURES");
  for (const int width : {390, 520, 1060})
    for (const Sample& sample : samplesAt(width)) {
      DiagramView view;
      view.setTheme(theme);
      view.resize(width, width < 500 ? 480 : 520);
      view.setDiagram(sample.diagram);
      LegendWidget legend;
      legend.setTheme(theme);
      legend.setDiagram(sample.diagram);
      legend.resize(width, legend.heightForWidth(width));
      for (const double scale : {1.0, 2.0}) {
        if (folder.isEmpty() && scale > 1)
          continue;
        const QImage image = pictureOf(view, scale);
        ASSERT_FALSE(image.isNull());
        if (folder.isEmpty())
          continue;
        const QString name = QStringLiteral("%1-%2-%3-%4x")
                                 .arg(QString::fromStdString(sample.name))
                                 .arg(width)
                                 .arg(GetParam() ? QStringLiteral("dark") : QStringLiteral("light"))
                                 .arg(scale);
        ASSERT_TRUE(image.save(QDir(folder).filePath(name + QStringLiteral(".png"))));
      }
      if (folder.isEmpty() || legend.height() == 0)
        continue;
      const QString name = QStringLiteral("legend-%1-%2.png").arg(QString::fromStdString(sample.name)).arg(width);
      ASSERT_TRUE(pictureOf(legend, 1).save(QDir(folder).filePath(name)));
    }
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, Pictures, testing::Values(false, true),
                         [](const auto& given) { return given.param ? "Dark" : "Light"; });

} // namespace
} // namespace whichbase::ui
