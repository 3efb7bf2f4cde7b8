#include "window/matrix_header.h"

#include <QIcon>
#include <QPainter>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int left = 8, right = 4, badge = 16;

// In one line where it fits; else broken at the last space that fits, the rest cut in its middle.
QStringList linesOf(const QString& text, const QFontMetrics& metrics, int width) {
  if (metrics.horizontalAdvance(text) <= width)
    return {text};
  qsizetype at = -1;
  for (qsizetype space = text.indexOf(QLatin1Char(' ')); space > 0; space = text.indexOf(QLatin1Char(' '), space + 1))
    if (metrics.horizontalAdvance(text.left(space)) <= width)
      at = space;
  if (at < 0)
    return {metrics.elidedText(text, Qt::ElideMiddle, width)};
  return {text.left(at), metrics.elidedText(text.mid(at + 1), Qt::ElideMiddle, width)};
}

// The least width at which it stands whole in two lines.
int leastWidth(const QString& text, const QFontMetrics& metrics) {
  int least = metrics.horizontalAdvance(text);
  for (qsizetype space = text.indexOf(QLatin1Char(' ')); space > 0; space = text.indexOf(QLatin1Char(' '), space + 1))
    least = std::min(
        least, std::max(metrics.horizontalAdvance(text.left(space)), metrics.horizontalAdvance(text.mid(space + 1))));
  return least;
}

int chipWidth(const QPixmap& chip) {
  return chip.isNull() ? 0 : chip.deviceIndependentSize().toSize().width() + 5;
}

QFont headerFont(Qt::Orientation orientation) {
  return orientation == Qt::Vertical ? textFont(12.5, QFont::DemiBold) : textFont(12, QFont::DemiBold);
}

} // namespace

MatrixHeader::MatrixHeader(Qt::Orientation orientation, QWidget* parent) : QHeaderView(orientation, parent) {
  setSectionResizeMode(QHeaderView::Fixed);
  setSectionsClickable(true);
  setHighlightSections(false);
}

void MatrixHeader::setTheme(const Theme& theme) {
  m_theme = theme;
  viewport()->update();
}

void MatrixHeader::setSelected(int section) {
  m_selected = section;
  viewport()->update();
}

int MatrixHeader::wantedWidth() const {
  const QFontMetrics metrics(headerFont(orientation()));
  int widest = 0;
  for (int section = 0; section < count(); ++section)
    widest =
        std::max(widest, leastWidth(model()->headerData(section, orientation(), Qt::DisplayRole).toString(), metrics) +
                             chipWidth(chipOf(section)));
  return left + widest + right + 6;
}

// The environment of a server, at the right of its name.
QPixmap MatrixHeader::chipOf(int section) const {
  const QVariant picture = model()->headerData(section, orientation(), Qt::DecorationRole);
  return picture.typeId() == QMetaType::QPixmap ? picture.value<QPixmap>() : QPixmap();
}

void MatrixHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
  painter->save();
  painter->fillRect(rect, section == m_selected ? m_theme.selection : m_theme.pane);
  painter->setPen(m_theme.border);
  painter->drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5));
  QRect text = rect.adjusted(left, 0, -right, 0);
  const QVariant icon = model()->headerData(section, orientation(), Qt::DecorationRole);
  if (const QPixmap chip = chipOf(section); !chip.isNull()) {
    const QSize size = chip.deviceIndependentSize().toSize();
    painter->drawPixmap(text.right() - size.width(), rect.center().y() - size.height() / 2, chip);
    text.setRight(text.right() - chipWidth(chip));
  } else if (icon.isValid()) {
    icon.value<QIcon>().paint(painter, QRect(text.left(), rect.center().y() - badge / 2, badge, badge));
    text.setLeft(text.left() + badge + 5);
  }
  painter->setFont(headerFont(orientation()));
  painter->setPen(m_theme.text);
  const QStringList lines = linesOf(model()->headerData(section, orientation(), Qt::DisplayRole).toString(),
                                    painter->fontMetrics(), text.width());
  painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, lines.join(QLatin1Char('\n')));
  painter->restore();
}

} // namespace whichbase::ui
