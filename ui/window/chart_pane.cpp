#include "window/chart_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace whichbase::ui {

ChartPane::ChartPane(QWidget* parent) : QFrame(parent) {
  setProperty("pane", true);
  setMinimumSize(260, 150);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(15, 10, 15, 4);
  layout->setSpacing(2);
  auto* header = new QHBoxLayout;
  auto* title = new QLabel(tr("Users per database"), this);
  title->setFont(textFont(13.5, QFont::DemiBold));
  m_relation = new QLabel(this);
  m_relation->setFont(monoFont(12));
  m_relation->setTextFormat(Qt::PlainText);
  m_relation->setProperty("caption", true);
  m_relation->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_relation->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  header->addWidget(title);
  header->addWidget(m_relation, 1);
  layout->addLayout(header);
  m_chart = new UsersChart(this);
  m_chart->setAccessibleName(tr("Users per database"));
  m_empty = new QLabel(tr("Nothing counted yet."), this);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("caption", true);
  layout->addWidget(m_chart, 1);
  layout->addWidget(m_empty, 1);
  connect(m_chart, &UsersChart::selected, this, &ChartPane::selected);
}

void ChartPane::setView(const View& view) {
  const auto bars = userBars(view);
  m_chart->setBars(bars);
  m_chart->setVisible(!bars.empty());
  m_empty->setVisible(bars.empty());
  m_relation->setText(countedRelation(view));
}

void ChartPane::setTheme(const Theme& theme) {
  m_chart->setTheme(theme);
}

void ChartPane::setSelection(const Selection& selection) {
  m_chart->setSelection(selection);
}

} // namespace whichbase::ui
