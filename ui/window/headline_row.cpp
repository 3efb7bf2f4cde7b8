#include "window/headline_row.h"

#include "window/announce.h"

#include <QHBoxLayout>
#include <QLabel>

namespace whichbase::ui {

HeadlineRow::HeadlineRow(QWidget* parent) : QWidget(parent), m_sign(new SignLabel(15, this)), m_text(new QLabel(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  m_text->setFont(textFont(15, QFont::DemiBold));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  row->addWidget(m_sign, 0, Qt::AlignTop);
  row->addWidget(m_text, 1);
}

void HeadlineRow::set(Sign sign, const QString& text) {
  m_sign->setSign(sign);
  m_sign->setVisible(sign != Sign::none);
  if (text == m_text->text())
    return;
  m_text->setText(text);
  announce(*m_text, text);
}

void HeadlineRow::setTheme(const Theme& theme) {
  m_sign->setTheme(theme);
}

} // namespace whichbase::ui
