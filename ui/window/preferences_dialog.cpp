#include "window/preferences_dialog.h"

#include "style/environment_chip.h"
#include "window/form_parts.h"
#include "window/live_chip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

enum EnvironmentColumn { nameColumn, wordColumn, markColumn };
constexpr int rowPixels = 34;

QSpinBox* secondsBox(QWidget* parent, int least, int most) {
  auto* box = new QSpinBox(parent);
  box->setRange(least, most);
  box->setSuffix(PreferencesDialog::tr(" s"));
  box->setButtonSymbols(QAbstractSpinBox::NoButtons); // the style sheet draws none
  box->setMaximumWidth(120);
  return box;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences& preferences, const Theme& theme, QWidget* parent)
    : QDialog(parent), m_original(preferences), m_theme(theme) {
  setWindowTitle(tr("Preferences"));
  auto* layout = new QVBoxLayout(this);
  auto* form = new QFormLayout;
  addProbing(form);
  addLook(form);
  layout->addLayout(form);
  addEnvironments(layout);
  addButtons(layout);
  fill(preferences);
  resize(680, 600);
}

void PreferencesDialog::addProbing(QFormLayout* form) {
  m_interval = new QComboBox(this);
  for (const int seconds : LiveChip::intervals)
    if (seconds > 0)
      m_interval->addItem(tr("Every %1").arg(LiveChip::intervalText(std::chrono::seconds(seconds))), seconds);
  m_sweep = secondsBox(this, 5, 600);
  m_probe = secondsBox(this, 1, 120);
  m_users = new QLineEdit(this);
  m_users->setFont(monoFont(12.5));
  m_users->setPlaceholderText(tr("looked for: users, \"User\", accounts, …"));
  form->addRow(tr("&Live looks"), m_interval);
  form->addRow(tr("A &sweep takes at most"), m_sweep);
  form->addRow(tr("One &probe takes at most"), m_probe);
  form->addRow(tr("Table of &users"), m_users);
  form->addRow({}, captionLabel(this, tr("For projects that do not name one.")));
  connect(m_interval, &QComboBox::currentIndexChanged, this, &PreferencesDialog::tell);
  connect(m_sweep, &QSpinBox::valueChanged, this, [this](int seconds) {
    m_probe->setMaximum(std::min(120, seconds));
    tell();
  });
  connect(m_probe, &QSpinBox::valueChanged, this, &PreferencesDialog::tell);
  connect(m_users, &QLineEdit::editingFinished, this, &PreferencesDialog::tell);
}

void PreferencesDialog::addLook(QFormLayout* form) {
  m_themes = new QComboBox(this);
  m_themes->addItem(tr("As the system's"), static_cast<int>(ThemeChoice::system));
  m_themes->addItem(tr("Light"), static_cast<int>(ThemeChoice::light));
  m_themes->addItem(tr("Dark"), static_cast<int>(ThemeChoice::dark));
  m_reduced = new QCheckBox(tr("&Reduce motion: nothing moves by itself"), this);
  form->addRow(tr("&Theme"), m_themes);
  form->addRow({}, m_reduced);
  connect(m_themes, &QComboBox::currentIndexChanged, this, &PreferencesDialog::tell);
  connect(m_reduced, &QCheckBox::toggled, this, &PreferencesDialog::tell);
}

void PreferencesDialog::addEnvironments(QVBoxLayout* layout) {
  layout->addWidget(captionLabel(
      this, tr("How environments are shown, wherever a server shows. The word tells; the look makes it stand out.")));
  m_environments = new QTableWidget(0, 3, this);
  m_environments->setHorizontalHeaderLabels({tr("Environment"), tr("Shown as"), tr("Look")});
  m_environments->setAccessibleName(tr("Environments"));
  m_environments->verticalHeader()->hide();
  m_environments->verticalHeader()->setDefaultSectionSize(rowPixels);
  m_environments->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m_environments->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_environments->setSelectionMode(QAbstractItemView::SingleSelection);
  m_environments->setTabKeyNavigation(false);
  m_environments->setShowGrid(false);
  layout->addWidget(m_environments, 1);
  auto* row = new QHBoxLayout;
  auto* add = new QPushButton(tr("&Add"), this);
  m_remove = new QPushButton(tr("Re&move"), this);
  for (auto* button : {add, m_remove}) {
    button->setAutoDefault(false);
    row->addWidget(button);
  }
  row->addStretch(1);
  layout->addLayout(row);
  connect(m_environments, &QTableWidget::cellChanged, this, &PreferencesDialog::tell);
  connect(add, &QPushButton::clicked, this, [this] {
    addRow({});
    m_environments->setCurrentCell(m_environments->rowCount() - 1, nameColumn);
    m_environments->editItem(m_environments->currentItem());
  });
  connect(m_remove, &QPushButton::clicked, this, [this] {
    m_environments->removeRow(m_environments->currentRow());
    tell();
  });
}

void PreferencesDialog::addButtons(QVBoxLayout* layout) {
  auto* buttons =
      new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] {
    fill(Preferences{});
    tell();
  });
}

void PreferencesDialog::addRow(const EnvironmentLook& look) {
  const QScopedValueRollback<bool> showing(m_showing, true);
  const int row = m_environments->rowCount();
  m_environments->insertRow(row);
  m_environments->setItem(row, nameColumn, new QTableWidgetItem(QString::fromStdString(look.environment)));
  m_environments->setItem(row, wordColumn, new QTableWidgetItem(QString::fromStdString(look.word)));
  auto* marks = new QComboBox(m_environments);
  marks->setAccessibleName(tr("Look"));
  for (const auto mark : allEnvironmentMarks)
    marks->addItem(nameOf(mark), keyOf(mark));
  marks->setCurrentIndex(marks->findData(keyOf(look.mark)));
  m_environments->setCellWidget(row, markColumn, marks);
  connect(marks, &QComboBox::currentIndexChanged, this, &PreferencesDialog::tell);
  refreshMarks();
}

QComboBox* PreferencesDialog::markBox(int row) const {
  return qobject_cast<QComboBox*>(m_environments->cellWidget(row, markColumn));
}

void PreferencesDialog::refreshMarks() {
  for (int row = 0; row < m_environments->rowCount(); ++row) {
    auto* marks = markBox(row);
    if (!marks)
      continue;
    const auto name = m_environments->item(row, nameColumn)->text().toStdString();
    const auto word = m_environments->item(row, wordColumn)->text().toStdString();
    const std::string shown = name.empty() ? "any" : name;
    int widest = 0;
    for (int i = 0; i < marks->count(); ++i) {
      Theme look = m_theme;
      look.environments = {{shown, word, environmentMark(marks->itemData(i).toString())}};
      const QPixmap picture = environmentPixmap(look, shown);
      widest = std::max(widest, picture.deviceIndependentSize().toSize().width());
      marks->setItemIcon(i, picture);
    }
    marks->setIconSize(QSize(widest, static_cast<int>(environmentChipHeight)));
  }
}

Preferences PreferencesDialog::preferences() const {
  Preferences preferences;
  preferences.interval = std::chrono::seconds(m_interval->currentData().toInt());
  preferences.sweepDeadline = std::chrono::seconds(m_sweep->value());
  preferences.probeDeadline = std::chrono::seconds(m_probe->value());
  preferences.usersRelation = m_users->text().trimmed().toStdString();
  preferences.theme = static_cast<ThemeChoice>(m_themes->currentData().toInt());
  preferences.reducedMotion = m_reduced->isChecked();
  preferences.environments.clear();
  for (int row = 0; row < m_environments->rowCount(); ++row) {
    const auto text = [&](int column) { return m_environments->item(row, column)->text().trimmed().toStdString(); };
    if (!text(nameColumn).empty())
      preferences.environments.push_back(
          {text(nameColumn), text(wordColumn), environmentMark(markBox(row)->currentData().toString())});
  }
  return preferences;
}

void PreferencesDialog::fill(const Preferences& preferences) {
  const QScopedValueRollback<bool> showing(m_showing, true);
  m_interval->setCurrentIndex(std::max(0, m_interval->findData(static_cast<int>(preferences.interval.count()))));
  m_sweep->setValue(static_cast<int>(preferences.sweepDeadline.count()));
  m_probe->setMaximum(std::min(120, m_sweep->value()));
  m_probe->setValue(static_cast<int>(preferences.probeDeadline.count()));
  m_users->setText(QString::fromStdString(preferences.usersRelation));
  m_themes->setCurrentIndex(m_themes->findData(static_cast<int>(preferences.theme)));
  m_reduced->setChecked(preferences.reducedMotion);
  m_environments->setRowCount(0);
  for (const auto& look : preferences.environments)
    addRow(look);
}

void PreferencesDialog::tell() {
  if (m_showing)
    return;
  const QScopedValueRollback<bool> showing(m_showing, true);
  refreshMarks();
  Q_EMIT changed(preferences());
}

void PreferencesDialog::reject() {
  if (preferences() != m_original)
    Q_EMIT changed(m_original);
  QDialog::reject();
}

} // namespace whichbase::ui
