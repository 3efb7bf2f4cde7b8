#include "window/stop_dialog.h"

#include "window/look_parts.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace whichbase::ui {
namespace {

constexpr std::chrono::minutes longest{10};

QString listHtml(const QString& head, const std::vector<std::string>& lines) {
  if (lines.empty())
    return {};
  QString html = QStringLiteral("<p><b>%1</b></p><ul>").arg(head.toHtmlEscaped());
  for (const auto& line : lines)
    html += QStringLiteral("<li>%1</li>").arg(QString::fromStdString(line).toHtmlEscaped());
  return html + QStringLiteral("</ul>");
}

std::vector<std::string> textsOf(const std::vector<verify::StopReason>& reasons) {
  std::vector<std::string> texts;
  for (const auto& reason : reasons)
    texts.push_back(reason.text);
  return texts;
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
  return listHtml(answer.asked ? QObject::tr("Against it")
                               : QObject::tr("Against it, as it was recorded and as the others say now"),
                  textsOf(answer.against)) +
         listHtml(QObject::tr("To know before"), textsOf(answer.beside)) +
         listHtml(QObject::tr("Could not be looked at"), answer.couldNotLook) +
         listHtml(QObject::tr("Looked at"), answer.lookedAt) +
         listHtml(QObject::tr("About the dump"), answer.dumpNotes);
}

StopDialog::StopDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme,
                       QWidget* parent)
    : QDialog(parent), m_controller(controller), m_surroundings(std::move(surroundings)), m_theme(theme),
      m_mailbox(std::make_shared<Mailbox>(this)) {
  setWindowTitle(tr("Can it be switched off?"));
  setMinimumSize(560, 420);
  resize(760, 620);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(10);
  makeQuestion();
  makeAnswer();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  m_copy = buttons->addButton(tr("Copy as text"), QDialogButtonBox::ActionRole);
  m_copy->setAutoDefault(false);
  m_copy->setEnabled(false);
  layout->addWidget(buttons);
  connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_text); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  setRunning(false);
}

StopDialog::~StopDialog() {
  m_stop.request_stop();
  m_mailbox->close();
}

void StopDialog::makeQuestion() {
  auto* row = new QHBoxLayout;
  auto* caption = new QLabel(tr("&Database"), this);
  m_database = new QComboBox(this);
  m_database->setAccessibleName(tr("Database to switch off"));
  m_database->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  fillDatabases(*m_database, *m_surroundings.snapshot, m_theme);
  caption->setBuddy(m_database);
  m_ask = new QPushButton(tr("&Ask"), this);
  m_ask->setDefault(true);
  row->addWidget(caption);
  row->addWidget(m_database, 1);
  row->addWidget(m_ask);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  m_rows = new QCheckBox(tr("&Compare rows with the databases in use"), this);
  m_rows->setChecked(true);
  layout()->addWidget(m_rows);
  m_progress = new LookProgress(this);
  layout()->addWidget(m_progress);
  connect(m_ask, &QPushButton::clicked, this, &StopDialog::ask);
  connect(m_progress, &LookProgress::cancelled, this, &StopDialog::stop);
}

void StopDialog::makeAnswer() {
  m_headline = new QLabel(tr("It is only looked at: nothing is changed."), this);
  m_headline->setWordWrap(true);
  m_headline->setFont(textFont(17, QFont::DemiBold));
  m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  layout()->addWidget(m_headline);
  m_answer = new QTextBrowser(this);
  m_answer->setAccessibleName(tr("Reasons, what was looked at, and what could not be"));
  m_answer->setTabChangesFocus(true);
  static_cast<QVBoxLayout*>(layout())->addWidget(m_answer, 1);
  m_dumpCaption = new QLabel(tr("Take this d&ump first. Whichbase does not run it:"), this);
  layout()->addWidget(m_dumpCaption);
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
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(m_copyDump, &QPushButton::clicked, this,
          [this] { QApplication::clipboard()->setText(m_dump->toPlainText()); });
}

void StopDialog::setRunning(bool running) {
  m_database->setEnabled(!running);
  m_rows->setEnabled(!running);
  m_ask->setEnabled(!running && m_database->count() > 0);
  if (!running)
    m_progress->end();
  const bool hasDump = !m_dump->toPlainText().isEmpty();
  for (QWidget* each : std::initializer_list<QWidget*>{m_dumpCaption, m_dump, m_copyDump})
    each->setVisible(hasDump);
}

void StopDialog::choose(const std::string& database) {
  if (const int at = m_database->findData(QString::fromStdString(database)); at >= 0)
    m_database->setCurrentIndex(at);
}

void StopDialog::stop() {
  m_stop.request_stop();
  ++m_asking; // its answer would tell of what was not looked at
  m_headline->setText(tr("Stopped: nothing is known."));
  setRunning(false);
}

void StopDialog::ask() {
  m_stop = {};
  setRunning(true);
  m_progress->begin(tr("Connecting…"));
  m_answer->clear();
  m_headline->setText(tr("Looking…"));
  const auto onProgress = [mailbox = m_mailbox, this](const std::string& doing) {
    mailbox->post([this, text = QString::fromStdString(doing)] { m_progress->show(text + QStringLiteral("…"), 0, 0); });
  };
  m_controller.run(
      [surroundings = m_surroundings, id = chosenDatabase(*m_database), rows = m_rows->isChecked(), own = m_stop,
       onProgress](const std::stop_token& stop) mutable {
        const std::stop_callback link(stop, [&own] { own.request_stop(); });
        verify::StopQuestion question;
        question.snapshot = surroundings.snapshot.get();
        question.database = id;
        question.compareRows = rows;
        for (auto& [each, endpoint] : endpointsFor(surroundings, own.get_token()))
          if (each == id)
            question.endpoint = endpoint;
          else
            question.others.emplace_back(each, endpoint);
        probe::Connector connector(own.get_token(), surroundings.request.routes);
        return verify::canStop(question, connector, std::chrono::steady_clock::now() + longest, own.get_token(),
                               onProgress);
      },
      [self = QPointer<StopDialog>(this), asking = ++m_asking](const verify::StopAnswer& answer) {
        if (self && self->m_asking == asking)
          self->show(answer);
      });
}

void StopDialog::show(const verify::StopAnswer& answer) {
  m_headline->setText(headlineOf(answer));
  m_answer->setHtml(toHtml(answer));
  m_dump->setPlainText(QString::fromStdString(answer.dumpCommand));
  m_text = QString::fromStdString(toText(answer));
  m_copy->setEnabled(true);
  setRunning(false);
  Q_EMIT answered(answer);
}

} // namespace whichbase::ui
