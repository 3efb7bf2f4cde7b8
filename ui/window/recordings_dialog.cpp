#include "window/recordings_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

RecordingsDialog::RecordingsDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Compare recordings"));
  setAttribute(Qt::WA_DeleteOnClose);
  setMinimumWidth(560);
  auto* layout = new QVBoxLayout(this);
  auto* text = new QLabel(tr("Recorded snapshots are compared as they are; no database is connected to. Leave one side "
                             "empty to look at the other alone."),
                          this);
  text->setWordWrap(true);
  layout->addWidget(text);
  auto* form = new QFormLayout;
  m_before = addRow(form, tr("&Before"));
  m_after = addRow(form, tr("&After"));
  layout->addLayout(form);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* compare = buttons->addButton(tr("Compare"), QDialogButtonBox::AcceptRole);
  compare->setDefault(true);
  compare->setEnabled(false);
  layout->addWidget(buttons);
  for (auto* field : {m_before, m_after})
    connect(field, &QLineEdit::textChanged, this, [this, compare] {
      compare->setEnabled(!m_before->text().trimmed().isEmpty() || !m_after->text().trimmed().isEmpty());
    });
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    Q_EMIT chosen(m_before->text().trimmed(), m_after->text().trimmed());
    accept();
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QLineEdit* RecordingsDialog::addRow(QFormLayout* form, const QString& label) {
  auto* row = new QHBoxLayout;
  auto* field = new QLineEdit(this);
  auto* browse = new QPushButton(tr("Browse…"), this);
  browse->setAutoDefault(false);
  auto* caption = new QLabel(label, this);
  caption->setBuddy(field);
  row->addWidget(field, 1);
  row->addWidget(browse);
  form->addRow(caption, row);
  connect(browse, &QPushButton::clicked, this, [this, field] {
    auto* dialog = new QFileDialog(this, tr("Choose a recorded snapshot"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Snapshots (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
  });
  return field;
}

} // namespace whichbase::ui
