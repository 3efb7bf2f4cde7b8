#include "window/look_dialog.h"

#include "window/announce.h"
#include "window/look_parts.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

LookDialog::LookDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme,
                       QWidget* parent)
    : QDialog(parent), m_controller(controller), m_surroundings(std::move(surroundings)), m_theme(theme),
      m_mailbox(std::make_shared<Mailbox>(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(10);
}

LookDialog::~LookDialog() {
  m_stop.request_stop();
  m_mailbox->close();
}

QVBoxLayout& LookDialog::column() const {
  return *static_cast<QVBoxLayout*>(layout());
}

void LookDialog::addProgressAndHeadline(const QString& whileNothingIsAsked) {
  m_progress = new LookProgress(this);
  connect(m_progress, &LookProgress::cancelled, this, &LookDialog::stop);
  m_headline = new QLabel(whileNothingIsAsked, this);
  m_headline->setWordWrap(true);
  m_headline->setFont(textFont(17, QFont::DemiBold));
  m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  column().addWidget(m_progress);
  column().addWidget(m_headline);
}

void LookDialog::addButtons() {
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  m_copy = buttons->addButton(tr("Copy as text"), QDialogButtonBox::ActionRole);
  m_copy->setAutoDefault(false);
  m_copy->setEnabled(false);
  column().addWidget(buttons);
  connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_text); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void LookDialog::beginLook(const QString& doing, const QString& headline) {
  m_stop = {};
  ++m_looking;
  setRunning(true);
  m_progress->begin(doing);
  m_headline->setText(headline);
}

void LookDialog::stop() {
  m_stop.request_stop();
  ++m_looking; // its answer would tell of what was not looked at
  setHeadline(tr("Stopped: nothing is known."));
  setRunning(false);
}

void LookDialog::setRunning(bool running) {
  if (!running)
    m_progress->end();
}

void LookDialog::setHeadline(const QString& text) {
  m_headline->setText(text);
  announce(*m_headline, text);
}

void LookDialog::setText(const QString& text) {
  m_text = text;
  m_copy->setEnabled(!text.isEmpty());
}

} // namespace whichbase::ui
