#include "window/check_dialog.h"

#include "model/sights_model.h"
#include "model/view.h"
#include "window/form_parts.h"
#include "window/matrix_header.h"
#include "window/server_lines_view.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {
constexpr int rowPixels = 34, headPixels = 38;
}

CheckDialog::CheckDialog(ProbeController& controller, QWidget* parent) : QDialog(parent), m_run(controller) {
  setWindowTitle(tr("Check again"));
  setModal(false);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(9);
  makeHead();
  m_lines = new ServerLinesView(this);
  makeMatrix();
  layout->addWidget(m_lines, 2);
  layout->addWidget(m_matrixTitle);
  layout->addWidget(m_matrix, 3);
  layout->addWidget(m_described);
  makeButtons();
  connect(m_matrix->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& current) { m_described->setText(m_sights->describe(current)); });
  connect(&m_run, &CheckRun::lineChanged, this, [this](const verify::CheckLine& line) { show(line); });
  connect(&m_run, &CheckRun::finished, this, [this](const verify::CheckResult& result) { show(result); });
  refresh();
}

void CheckDialog::makeMatrix() {
  m_matrixTitle = new QLabel(tr("Who sees whose flag, and how long a NOTIFY takes"), this);
  m_matrixTitle->setFont(textFont(13, QFont::DemiBold));
  m_matrix = new QTableView(this);
  m_sights = new SightsModel(m_matrix);
  m_matrix->setModel(m_sights);
  setUpTable(*m_matrix);
  m_matrix->setHorizontalHeader(m_columns = new MatrixHeader(Qt::Horizontal, m_matrix));
  m_matrix->setVerticalHeader(m_rows = new MatrixHeader(Qt::Vertical, m_matrix));
  m_columns->setFixedHeight(headPixels);
  m_rows->setDefaultSectionSize(rowPixels);
  m_matrix->setAccessibleName(m_matrixTitle->text());
  m_matrixTitle->setBuddy(m_matrix);
  m_described = captionLabel(this);
  m_described->setMinimumHeight(m_described->fontMetrics().lineSpacing() * 2);
  m_described->setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void CheckDialog::makeHead() {
  m_head = new HeadlineRow(this);
  m_caption = captionLabel(this, tr("Reads only. Each server's own connection raises a flag and looks for the others'; "
                                    "nothing is written."));
  layout()->addWidget(m_head);
  layout()->addWidget(m_caption);
}

void CheckDialog::makeButtons() {
  auto* buttons = new QDialogButtonBox(this);
  m_copy = buttons->addButton(tr("Copy as text"), QDialogButtonBox::ActionRole);
  m_again = buttons->addButton(tr("Check again"), QDialogButtonBox::ActionRole);
  m_stop = buttons->addButton(QDialogButtonBox::Close);
  for (auto* button : {m_copy, m_again, m_stop})
    button->setAutoDefault(false);
  layout()->addWidget(buttons);
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QApplication::clipboard()->setText(m_result ? QString::fromStdString(verify::toText(*m_result))
                                                : m_lines->lines().toText());
    Q_EMIT copied(tr("The check's result was copied"));
  });
  connect(m_again, &QPushButton::clicked, this, &CheckDialog::againRequested);
  connect(m_stop, &QPushButton::clicked, this, [this] {
    if (m_run.running())
      stop();
    else
      reject();
  });
}

void CheckDialog::setHeadline(Sign sign, const QString& text) {
  m_head->set(sign, text);
  setAccessibleDescription(text);
}

void CheckDialog::start(const Document::Surroundings& surroundings) {
  begin(*surroundings.snapshot);
  m_run.start(surroundings);
  refresh();
}

void CheckDialog::begin(const topology::Snapshot& snapshot) {
  std::vector<ServerLine> lines;
  for (const auto& server : snapshot.servers)
    lines.push_back(waitingLine(QString::fromStdString(server.name), letterOf(server.database)));
  m_lines->lines().setEnvironments(snapshot);
  m_lines->lines().setLines(std::move(lines));
  m_result.reset();
  m_described->clear();
  setHeadline(Sign::none, tr("Checking…"));
  refresh();
  fit();
}

void CheckDialog::fit() {
  constexpr int mostRows = 8;
  const int rows = std::min(m_sights->rowCount(), mostRows);
  m_lines->setMinimumHeight(std::min(m_lines->wantedHeight(), mostRows * rowPixels));
  m_matrix->setMinimumHeight(headPixels + rows * rowPixels + 14); // and a scroll bar
  fitMatrix();
  layout()->activate();
  resize(QSize(std::max(width(), 640), layout()->sizeHint().height())
             .boundedTo(screen()->availableSize() - QSize(40, 80)));
}

void CheckDialog::fitMatrix() {
  constexpr int leastName = 84, mostName = 180, leastColumn = 96, mostColumn = 150;
  const int name = std::clamp(m_rows->wantedWidth(), leastName, mostName);
  m_rows->setFixedWidth(name);
  const int room = m_matrix->width() - name - 14;
  for (int column = 0; column < m_sights->columnCount(); ++column)
    m_matrix->setColumnWidth(column, std::clamp(room / m_sights->columnCount(), leastColumn, mostColumn));
}

void CheckDialog::resizeEvent(QResizeEvent* event) {
  QDialog::resizeEvent(event);
  fitMatrix();
}

void CheckDialog::show(const verify::CheckLine& line) {
  m_lines->lines().setLine(line.server, checkLine(line.check, line.done));
  setHeadline(Sign::none, tr("Checking: %L1 of %L2 servers see the others' flags")
                              .arg(m_lines->lines().confirmed())
                              .arg(m_lines->lines().rowCount()));
}

void CheckDialog::show(const verify::CheckResult& result) {
  m_result = result;
  std::vector<ServerLine> lines;
  for (std::size_t i = 0; i < result.verification.servers.size(); ++i)
    lines.push_back(checkLine(result.verification.servers[i],
                              i < result.abilities.size() ? result.abilities[i] : verify::Ability{}));
  m_lines->lines().setLines(std::move(lines));
  m_sights->setResult(result);
  const auto& verification = result.verification;
  const bool anyBlind = std::ranges::any_of(
      verification.servers, [](const topology::ServerCheck& each) { return each.reached && !each.saw; });
  setHeadline(verification.everyoneSees ? Sign::good
              : anyBlind                ? Sign::bad
                                        : Sign::unknown,
              QString::fromStdString(topology::toText(verification, verification.at)));
  refresh();
  fit();
  Q_EMIT proven(verification);
}

void CheckDialog::refresh() {
  const bool running = m_run.running();
  m_copy->setEnabled(!running && m_result.has_value());
  m_again->setEnabled(!running);
  m_stop->setText(running ? tr("Cancel") : tr("Close"));
  m_stop->setDefault(!running); // Return, pressed once too often, cancels nothing
  const bool any = m_result && m_sights->rowCount() > 0;
  for (QWidget* widget : std::initializer_list<QWidget*>{m_matrixTitle, m_matrix, m_described})
    widget->setVisible(any);
}

void CheckDialog::stop() {
  m_run.cancel();
  setHeadline(Sign::unknown, tr("Cancelled: nothing is concluded from it."));
  refresh();
}

void CheckDialog::reject() {
  m_run.cancel();
  QDialog::reject();
}

void CheckDialog::setTheme(const Theme& theme) {
  m_head->setTheme(theme);
  m_lines->setTheme(theme);
  m_sights->setTheme(theme);
  m_rows->setTheme(theme);
  m_columns->setTheme(theme);
}

} // namespace whichbase::ui
