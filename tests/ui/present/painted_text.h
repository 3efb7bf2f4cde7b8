// A paint device that draws nothing and remembers every text that was painted on it, with the size that it would have.
#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>

#include <memory>
#include <vector>

namespace whichbase::test {

struct PaintedText {
  QString text;
  double pixels = 0; // of its font, on the device
  QRectF rect;       // on the device
};

class TextCollector : public QPaintDevice {
public:
  explicit TextCollector(const QSize& size) : m_size(size), m_engine(*this) {}
  ~TextCollector() override = default;

  QPaintEngine* paintEngine() const override { return const_cast<Engine*>(&m_engine); }
  const std::vector<PaintedText>& texts() const { return m_texts; }
  QString all() const {
    QString all;
    for (const auto& each : m_texts)
      all += each.text + QLatin1Char('\n');
    return all;
  }

protected:
  int metric(PaintDeviceMetric metric) const override {
    constexpr int dotsPerInch = 96;
    switch (metric) {
    case PdmWidth:
      return m_size.width();
    case PdmHeight:
      return m_size.height();
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
      return dotsPerInch;
    case PdmDepth:
      return 32;
    case PdmDevicePixelRatio:
      return 1;
    case PdmDevicePixelRatioScaled:
      return static_cast<int>(devicePixelRatioFScale());
    default:
      return 0;
    }
  }

private:
  class Engine : public QPaintEngine {
  public:
    explicit Engine(TextCollector& owner) : QPaintEngine(AllFeatures), m_owner(owner) {}
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
      const QTransform to = painter()->deviceTransform();
      const QRectF own(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
      m_owner.m_texts.push_back({item.text(), item.font().pixelSize() * to.m22(), to.mapRect(own)});
    }
    Type type() const override { return User; }

  private:
    TextCollector& m_owner;
  };

  QSize m_size;
  Engine m_engine;
  std::vector<PaintedText> m_texts;
};

} // namespace whichbase::test
