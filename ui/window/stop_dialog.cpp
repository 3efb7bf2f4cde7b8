#include "window/stop_dialog.h"

#include "window/look_parts.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace whichbase::ui {
namespace {

constexpr std::chrono::minutes longest{10};

QString listOf(const QString& head, const std::vector<std::string>& lines) {
  QStringList list;
  for (const auto& line : lines)
    list << QString::fromStdString(line);
  return toHtmlList(head, list);
}

QString listOf(const QString& head, const std::vector<verify::StopReason>& reasons) {
  QStringList list;
  for (const auto& reason : reasons)
    list << QString::fromStdString(reason.text);
  return toHtmlList(head, list);
}

} // namespace

QString headlineOf(const verify::StopAnswer& answer) {
  const QString name = QString::fromStdString(answer.name);
  if (!answer.asked)
    return QObject::tr("Not known: %1 could not be asked (%2)").arg(name, QString::fromStdString(answer.notAsked));
  return answer.against.empty() ? QObject::tr("Nothing was found against switching %1 off").arg(name)
                                : QObject::tr("No: %1 should not be switched off").arg(name);
}

QString toHtml(const verify::StopAnswer& answer) {
  return listOf(answer.asked ? QObject::tr("Against it")
                             : QObject::tr("Against it, as it was recorded and as the others say now"),
                answer.against) +
         listOf(QObject::tr("To know before"), answer.beside) +
         listOf(QObject::tr("Could not be looked at"), answer.couldNotLook) +
         listOf(QObject::tr("Looked at"), answer.lookedAt) + listOf(QObject::tr("About the dump"), answer.dumpNotes);
}

StopDialog::StopDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme,
                       QWidget* parent)
    : LookDialog(controller, std::move(surroundings), theme, parent) {
  setWindowTitle(tr("Can it be switched off?"));
  setMinimumSize(560, 420);
  resize(760, 620);
  makeQuestion();
  addProgressAndHeadline(tr("It is only looked at: nothing is changed."));
  makeAnswer();
  addButtons();
  setRunning(false);
  m_database->setFocus();
}

void StopDialog::makeQuestion() {
  auto* row = new QHBoxLayout;
  auto* caption = new QLabel(tr("&Database"), this);
  m_database = new QComboBox(this);
  m_database->setAccessibleName(tr("Database to switch off"));
  m_database->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  fillDatabases(*m_database, *surroundings().snapshot, theme());
  caption->setBuddy(m_database);
  m_ask = new QPushButton(tr("&Ask"), this);
  m_ask->setDefault(true);
  row->addWidget(caption);
  row->addWidget(m_database, 1);
  row->addWidget(m_ask);
  column().addLayout(row);
  m_rows = new QCheckBox(tr("&Compare rows with the databases in use"), this);
  m_rows->setChecked(true);
  column().addWidget(m_rows);
  connect(m_ask, &QPushButton::clicked, this, &StopDialog::ask);
}

void StopDialog::makeAnswer() {
  m_answer = new QTextBrowser(this);
  m_answer->setAccessibleName(tr("Reasons, what was looked at, and what could not be"));
  m_answer->setTabChangesFocus(true);
  column().addWidget(m_answer, 1);
  m_dumpCaption = new QLabel(tr("Take this d&ump first. Whichbase does not run it:"), this);
  column().addWidget(m_dumpCaption);
  auto* row = new QHBoxLayout;
  m_dump = new QPlainTextEdit(this);
  m_dump->setReadOnly(true);
  m_dump->setFont(monoFont(12));
  m_dump->setTabChangesFocus(true);
  m_dump->setWordWrapMode(QTextOption::WrapAnywhere);
  m_dump->setFixedHeight(QFontMetrics(m_dump->font()).lineSpacing() * 3 + 24);
  m_dump->setAccessibleName(tr("The pg_dump command to take first"));
  m_dumpCaption->setBuddy(m_dump);
  m_copyDump = new QPushButton(tr("Copy"), this);
  m_copyDump->setAccessibleName(tr("Copy the pg_dump command"));
  m_copyDump->setAutoDefault(false);
  row->addWidget(m_dump, 1);
  row->addWidget(m_copyDump);
  column().addLayout(row);
  connect(m_copyDump, &QPushButton::clicked, this,
          [this] { QApplication::clipboard()->setText(m_dump->toPlainText()); });
}

void StopDialog::setRunning(bool running) {
  m_database->setEnabled(!running);
  m_rows->setEnabled(!running);
  m_ask->setEnabled(!running && m_database->count() > 0);
  LookDialog::setRunning(running);
  const bool hasDump = !m_dump->toPlainText().isEmpty();
  for (QWidget* each : std::initializer_list<QWidget*>{m_dumpCaption, m_dump, m_copyDump})
    each->setVisible(hasDump);
}

void StopDialog::choose(const std::string& database) {
  if (const int at = m_database->findData(QString::fromStdString(database)); at >= 0)
    m_database->setCurrentIndex(at);
}

void StopDialog::ask() {
  m_answer->clear();
  const auto onProgress = [mailbox = mailbox(), this](const std::string& doing) {
    mailbox->post([this, text = QString::fromStdString(doing)] { progress().show(text + QStringLiteral("…"), 0, 0); });
  };
  look(
      tr("Connecting…"), tr("Looking…"),
      [around = surroundings(), id = chosenDatabase(*m_database), rows = m_rows->isChecked(),
       onProgress](const std::stop_token& stop) {
        verify::StopQuestion question;
        question.snapshot = around.snapshot.get();
        question.database = id;
        question.compareRows = rows;
        for (auto& [each, endpoint] : endpointsFor(around, stop))
          if (each == id)
            question.endpoint = endpoint;
          else
            question.others.emplace_back(each, endpoint);
        probe::Connector connector(stop, around.request.routes);
        return verify::canStop(question, connector, std::chrono::steady_clock::now() + longest, stop, onProgress);
      },
      [this](const verify::StopAnswer& answer) { show(answer); });
}

void StopDialog::show(const verify::StopAnswer& answer) {
  setHeadline(headlineOf(answer));
  m_answer->setHtml(toHtml(answer));
  m_dump->setPlainText(QString::fromStdString(answer.dumpCommand));
  setText(QString::fromStdString(toText(answer)));
  setRunning(false);
  Q_EMIT answered(answer);
}

} // namespace whichbase::ui
