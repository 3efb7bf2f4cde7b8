#include "window/side_pane.h"

#include "diagram/legend.h"
#include "window/announce.h"
#include "window/live_chip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

QLabel* makeLabel(const QFont& font, bool secondary, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setFont(font);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  if (secondary)
    label->setProperty("caption", true);
  return label;
}

} // namespace

SidePane::SidePane(QWidget* parent) : QFrame(parent) {
  setProperty("pane", true);
  setMinimumWidth(280);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 9, 1, 8);
  layout->setSpacing(0);
  layout->addWidget(makeHeader());
  m_progress = new QProgressBar(this);
  m_progress->setTextVisible(false);
  m_progress->setFixedHeight(3);
  m_progress->setAccessibleName(tr("Progress of the sweep"));
  QSizePolicy keepsItsPlace = m_progress->sizePolicy();
  keepsItsPlace.setRetainSizeWhenHidden(true);
  m_progress->setSizePolicy(keepsItsPlace);
  m_progress->hide();
  layout->addWidget(m_progress);
  m_pages = new QStackedWidget(this);
  auto* page = new QWidget(m_pages);
  auto* pageLayout = new QVBoxLayout(page);
  pageLayout->setContentsMargins(0, 0, 0, 0);
  pageLayout->setSpacing(6);
  pageLayout->addWidget(makeHeadline());
  m_diagram = new DiagramView(page);
  m_diagram->setFrameShape(QFrame::NoFrame);
  pageLayout->addWidget(m_diagram, 1);
  m_legend = new LegendWidget(page);
  pageLayout->addWidget(m_legend);
  m_pages->addWidget(page);
  m_pages->addWidget(makeEmptyPage());
  layout->addWidget(m_pages, 1);
}

QWidget* SidePane::makeHeader() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(15, 0, 12, 4);
  layout->setSpacing(10);
  m_side = makeLabel(textFont(13, QFont::DemiBold), false, row);
  m_side->setProperty("sideName", true);
  m_when = makeLabel(textFont(12.5), true, row);
  m_replayed = makeLabel(textFont(12.5, QFont::DemiBold), false, row);
  m_replayed->setObjectName(QStringLiteral("replayed"));
  m_replayed->hide();
  m_live = new LiveChip(row);
  m_live->hide();
  layout->addWidget(m_side);
  layout->addWidget(m_when);
  layout->addWidget(m_replayed);
  layout->addStretch(1);
  layout->addWidget(m_live);
  row->setFixedHeight(36);
  return row;
}

QWidget* SidePane::makeHeadline() {
  auto* rows = new QWidget(this);
  auto* grid = new QGridLayout(rows);
  grid->setContentsMargins(15, 2, 15, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(3);
  m_sign = new SignLabel(17, rows);
  m_headline = makeLabel(textFont(18, QFont::Bold), false, rows);
  m_detail = makeLabel(textFont(13), true, rows);
  m_proof = makeProof(rows);
  m_stale = makeLabel(textFont(13, QFont::Medium), false, rows);
  for (auto* label : {m_headline, m_detail, m_stale}) {
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
  }
  grid->addWidget(m_sign, 0, 0, Qt::AlignTop);
  grid->addWidget(m_headline, 0, 1);
  grid->addWidget(m_detail, 1, 1);
  grid->addWidget(m_proof, 2, 1);
  grid->addWidget(m_stale, 3, 1);
  grid->setColumnStretch(1, 1);
  return rows;
}

QWidget* SidePane::makeProof(QWidget* parent) {
  auto* proof = new QWidget(parent);
  proof->setObjectName(QStringLiteral("proof"));
  auto* layout = new QHBoxLayout(proof);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  m_proofSign = new SignLabel(13, proof);
  m_proofText = makeLabel(textFont(13), false, proof);
  m_proofText->setWordWrap(true);
  m_proofText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
  layout->addWidget(m_proofSign, 0, Qt::AlignTop);
  layout->addWidget(m_proofText, 1);
  proof->hide();
  return proof;
}

QWidget* SidePane::makeEmptyPage() {
  auto* page = new QWidget(this);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(40, 20, 40, 40);
  layout->setSpacing(8);
  m_emptyTitle = makeLabel(textFont(18, QFont::DemiBold), false, page);
  m_emptyText = makeLabel(textFont(13), true, page);
  m_emptyButton = new QPushButton(page);
  m_emptyButton->setDefault(true);
  for (auto* label : {m_emptyTitle, m_emptyText}) {
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
  }
  layout->addStretch(1);
  layout->addWidget(m_emptyTitle);
  layout->addWidget(m_emptyText);
  layout->addSpacing(8);
  layout->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
  layout->addStretch(1);
  connect(m_emptyButton, &QPushButton::clicked, this, &SidePane::emptyButtonClicked);
  return page;
}

void SidePane::setSideName(const QString& name) {
  m_side->setText(name);
  setAccessibleName(name);
  m_diagram->setAccessibleName(tr("Diagram, %1").arg(name));
}

void SidePane::setWhen(const QString& when, const QString& tooltip) {
  m_when->setText(when);
  m_when->setToolTip(tooltip);
}

void SidePane::setReplayed(const QString& asOf) {
  if (asOf == m_replayed->text())
    return;
  m_replayed->setText(asOf);
  m_replayed->setVisible(!asOf.isEmpty());
  m_when->setVisible(asOf.isEmpty());
}

void SidePane::setSnapshot(const topology::Snapshot& snapshot, const QString& stale) {
  m_sign->setSign(signOf(snapshot.verdict.kind));
  m_sign->setVisible(m_sign->sign() != Sign::none);
  const QString said = m_headline->text() + m_stale->text();
  m_headline->setText(QString::fromStdString(snapshot.verdict.text));
  m_detail->setText(showProof(snapshot));
  m_detail->setVisible(!m_detail->text().isEmpty());
  m_stale->setText(stale);
  m_stale->setVisible(!stale.isEmpty());
  m_diagram->setStale(!stale.isEmpty());
  m_diagram->setAccessibleDescription(m_headline->text() + QLatin1Char(' ') +
                                      QString::fromStdString(snapshot.verdict.detail) + QLatin1Char(' ') +
                                      tr("The same content is in the tab Table."));
  m_pages->setCurrentIndex(0);
  if (said != m_headline->text() + stale)
    announce(*m_headline, m_side->text() + QStringLiteral(": ") + m_headline->text() + QLatin1Char(' ') + stale);
}

// The verdict's detail ends with it. Here it stands in a line of its own, which turns grey once it no longer holds.
QString SidePane::showProof(const topology::Snapshot& snapshot) {
  const QString detail = QString::fromStdString(snapshot.verdict.detail);
  const auto told = topology::toldVerification(snapshot);
  const QString text = told ? QString::fromStdString(told->text) : QString();
  const bool shown = told && detail.endsWith(text);
  m_proof->setVisible(shown);
  if (!shown)
    return detail;
  m_proofStands = told->current;
  const auto& verification = *snapshot.proofs.verification;
  const bool blind = std::ranges::any_of(verification.servers,
                                         [](const topology::ServerCheck& each) { return each.reached && !each.saw; });
  m_proofSign->setSign(!told->current              ? Sign::unknown
                       : verification.everyoneSees ? Sign::good
                       : blind                     ? Sign::bad
                                                   : Sign::unknown);
  m_proofText->setText(text);
  m_proofText->setToolTip(told->current ? QString() : tr("Something changed since: check again, or write a test row."));
  refreshProof();
  return detail.left(detail.size() - text.size()).trimmed();
}

void SidePane::refreshProof() {
  const QColor color = m_proofStands ? m_theme.text : m_theme.secondaryText;
  m_proofText->setStyleSheet(
      QStringLiteral("color: %1%2")
          .arg(color.name(), m_proofStands ? QString() : QStringLiteral("; font-style: italic")));
}

void SidePane::setEmpty(const QString& title, const QString& text, const QString& button) {
  m_emptyTitle->setText(title);
  m_emptyText->setText(text);
  m_emptyButton->setText(button);
  m_emptyButton->setVisible(!button.isEmpty());
  m_pages->setCurrentIndex(1);
}

bool SidePane::showsDiagram() const {
  return m_pages->currentIndex() == 0;
}

void SidePane::setDiagram(const layout::Diagram& diagram) {
  m_diagram->setDiagram(diagram);
  m_legend->setDiagram(diagram);
}

void SidePane::setProgress(int done, int total) {
  m_progress->setRange(0, std::max(0, total)); // 0 to 0 is Qt's busy bar
  m_progress->setValue(done);
  m_progress->setVisible(total != 0);
}

void SidePane::setTheme(const Theme& theme) {
  m_theme = theme;
  m_proofSign->setTheme(theme);
  refreshProof();
  m_sign->setTheme(theme);
  m_live->setTheme(theme);
  m_diagram->setTheme(theme);
  m_legend->setTheme(theme);
  m_replayed->setStyleSheet(QStringLiteral("color: %1; border: 1px solid %1; border-radius: 4px; padding: 1px 7px")
                                .arg(theme.warning.name()));
  m_stale->setStyleSheet(QStringLiteral("color: %1").arg(theme.warning.name()));
}

} // namespace whichbase::ui
