#include "window/secrets_dialog.h"

#include "style/theme.h"
#include "window/form_parts.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

SecretsDialog::SecretsDialog(const std::vector<SecretQuestion>& questions, const QString& keychainProblem,
                             QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Passwords"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(captionLabel(
      this, tr("No other source supplies these. What you type stays in memory for this run, unless you tick that the "
               "keychain keeps it; it is never written anywhere else.")));
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the keyboard, and is scrolled to
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget(scroll);
  content->setObjectName(QStringLiteral("content"));
  auto* grid = new QGridLayout(content);
  grid->setContentsMargins(0, 6, 6, 6);
  grid->setColumnStretch(0, 1);
  for (const auto& question : questions)
    addRow(grid, question, keychainProblem.isEmpty());
  grid->setRowStretch(grid->rowCount(), 1);
  scroll->setWidget(content);
  layout->addWidget(scroll, 1);
  if (!keychainProblem.isEmpty())
    layout->addWidget(captionLabel(this, keychainProblem));
  auto* buttons = new QDialogButtonBox(this);
  auto* use = buttons->addButton(tr("Use and probe"), QDialogButtonBox::AcceptRole);
  buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
  use->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  const int wanted = 150 + content->sizeHint().height();
  resize(QSize(620, std::clamp(wanted, 220, 560)).boundedTo(screen()->availableSize() - QSize(20, 50)));
  if (!m_rows.empty())
    m_rows.front().field->setFocus();
}

void SecretsDialog::addRow(QGridLayout* grid, const SecretQuestion& question, bool canKeep) {
  const int row = grid->rowCount();
  auto* label = new QLabel(question.what, this);
  label->setFont(monoFont(12.5));
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  auto* field = new QLineEdit(this);
  field->setEchoMode(QLineEdit::Password);
  field->setAccessibleName(question.what);
  label->setBuddy(field);
  auto* keep = new QCheckBox(tr("Keep in the keychain"), this);
  keep->setEnabled(canKeep);
  keep->setAccessibleName(tr("Keep %1 in the keychain").arg(question.what));
  QString why = question.why;
  if (question.refused)
    why = why.isEmpty() ? tr("The one that is known was refused.")
                        : tr("%1 – the one that is known was refused").arg(question.why);
  grid->addWidget(label, row, 0, 1, 2);
  if (!why.isEmpty())
    grid->addWidget(captionLabel(this, why), row + 1, 0, 1, 2);
  grid->addWidget(field, row + 2, 0);
  grid->addWidget(keep, row + 2, 1);
  grid->setRowMinimumHeight(row + 3, 8);
  m_rows.push_back({field, keep});
}

std::vector<SecretsDialog::Answer> SecretsDialog::answers() const {
  std::vector<Answer> typed;
  for (std::size_t i = 0; i < m_rows.size(); ++i)
    if (!m_rows[i].field->text().isEmpty())
      typed.push_back({i, m_rows[i].field->text().toStdString(), m_rows[i].keep->isChecked()});
  return typed;
}

} // namespace whichbase::ui
