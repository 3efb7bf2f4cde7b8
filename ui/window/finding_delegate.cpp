#include "window/finding_delegate.h"

#include "model/findings_model.h"
#include "style/environment_chip.h"
#include "style/marks.h"
#include "window/sign.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double textLeft = 30;
constexpr double rightMargin = 12;
constexpr double verticalMargin = 9;

constexpr int allLines = 1000;

// Wraps at words, inside a word where it is longer than the line. What does not fit into `lines` ends with "…".
double drawWrapped(QPainter* painter, const QString& text, const QFont& font, const QColor& color, QPointF at,
                   double width, int lines = allLines) {
  if (text.isEmpty())
    return at.y();
  QTextLayout layout(text, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.beginLayout();
  width = std::max(40.0, width);
  double y = 0;
  int start = 0;
  for (QTextLine line = layout.createLine(); line.isValid() && lines > 0; line = layout.createLine(), --lines) {
    line.setLineWidth(width);
    line.setPosition(QPointF(0, y));
    start = line.textStart();
    y += line.height() + 1;
  }
  layout.endLayout();
  if (!painter)
    return at.y() + y;
  painter->setPen(color);
  painter->setFont(font);
  for (int i = 0; i < layout.lineCount(); ++i)
    if (const QTextLine line = layout.lineAt(i); line.textStart() < start || lines > 0)
      line.draw(painter, at);
    else if (line.textStart() == start)
      painter->drawText(QRectF(at.x(), at.y() + line.y(), width, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                        painter->fontMetrics().elidedText(text.mid(start), Qt::ElideRight, static_cast<int>(width)));
  return at.y() + y;
}

FindingsModel::Kind kindOf(const QModelIndex& index) {
  return static_cast<FindingsModel::Kind>(index.data(FindingsModel::kindRole).toInt());
}

} // namespace

// The servers' environments that are to stand out, in one row; returns where it ends.
double FindingDelegate::environments(QPainter* painter, double top, double width, const QStringList& names) const {
  double x = 0;
  for (const auto& name : names) {
    const auto environment = name.toStdString();
    const double wanted = environmentChipWidth(m_theme, environment);
    if (!isMarked(m_theme, environment) || x + wanted > width)
      continue;
    if (painter)
      paintEnvironmentChip(*painter, {textLeft + x, top, wanted, environmentChipHeight}, m_theme, environment);
    x += wanted + 5;
  }
  return x > 0 ? top + environmentChipHeight + 4 : top;
}

double FindingDelegate::texts(QPainter* painter, double top, double width, const QModelIndex& index, bool whole) const {
  const QString title = index.data(FindingsModel::titleRole).toString();
  switch (kindOf(index)) {
  case FindingsModel::heading:
    return drawWrapped(painter, title, textFont(13, QFont::DemiBold), m_theme.secondaryText, {10, top + 3},
                       width - 10 - rightMargin);
  case FindingsModel::note:
    return drawWrapped(painter, title, textFont(12.5), m_theme.secondaryText, {10, top}, width - 10 - rightMargin);
  case FindingsModel::fixed:
    return drawWrapped(painter, title, textFont(13), m_theme.text, {textLeft, top}, width - textLeft - rightMargin);
  case FindingsModel::open:
    break;
  }
  const double inner = width - textLeft - rightMargin;
  double y = drawWrapped(painter, title, textFont(13, QFont::DemiBold), m_theme.text, {textLeft, top}, inner) + 3;
  y = environments(painter, y, inner, index.data(FindingsModel::environmentsRole).toStringList());
  y = drawWrapped(painter, index.data(FindingsModel::textRole).toString(), textFont(12.5), m_theme.secondaryText,
                  {textLeft, y}, inner, whole ? allLines : 2);
  const QString remedy = index.data(FindingsModel::remedyRole).toString();
  return remedy.isEmpty() ? y
                          : drawWrapped(painter, remedy, textFont(12.5), m_theme.text, {textLeft, y + 2}, inner,
                                        whole ? allLines : 1);
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  painter->save();
  painter->translate(option.rect.topLeft());
  const QRectF row(0, 0, option.rect.width(), option.rect.height());
  const auto kind = kindOf(index);
  painter->setRenderHint(QPainter::Antialiasing);
  if (option.state & QStyle::State_Selected) {
    painter->setPen(option.state & QStyle::State_HasFocus ? QPen(m_theme.accent) : QPen(Qt::NoPen));
    painter->setBrush(m_theme.selection);
    painter->drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  }
  if (kind == FindingsModel::heading && index.row() > 0) {
    painter->setPen(m_theme.border);
    painter->drawLine(QPointF(0, 0.5), QPointF(row.width(), 0.5));
  }
  if (kind == FindingsModel::open || kind == FindingsModel::fixed) {
    const auto severity = static_cast<topology::Severity>(index.data(FindingsModel::severityRole).toInt());
    const Sign sign = kind == FindingsModel::fixed ? Sign::good : signOf(severity);
    paintSign(*painter, QRectF(8, verticalMargin + 2, 12, 12), sign, signColor(sign, m_theme));
  }
  texts(painter, verticalMargin, row.width(), index, isWhole(index));
  painter->restore();
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  const double bottom = texts(nullptr, verticalMargin, m_width, index, isWhole(index));
  return {m_width, static_cast<int>(std::ceil(bottom + verticalMargin - 1))};
}

int FindingDelegate::fullHeight(const QModelIndex& index) const {
  return static_cast<int>(std::ceil(texts(nullptr, verticalMargin, m_width, index, true) + verticalMargin - 1));
}

} // namespace whichbase::ui
