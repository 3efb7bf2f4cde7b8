#include "window/ssh_dialog.h"

#include "model/visible_text.h"
#include "style/theme.h"
#include "window/form_parts.h"
#include "window/found_servers.h"
#include "window/login_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <chrono>

namespace whichbase::ui {

namespace {

// Login and a look at some hundred containers and processes; a host that is slower than that is said to be.
constexpr std::chrono::seconds patience{40};

} // namespace

SshDialog::SshDialog(const QString& host, bool canAdd, QWidget* parent)
    : QDialog(parent), m_routes(ProbeController::makeRoutes()) {
  setWindowTitle(tr("Add from ssh"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(8);
  layout->addWidget(captionLabel(
      this, tr("Lists the containers and processes on that computer which have a database configured. One ssh session, "
               "which reads only; nothing is installed there. Your ssh configuration, agent and keys count.")));
  layout->addWidget(makeHostRow(host));
  m_progress = new QProgressBar(this);
  m_progress->setRange(0, 0);
  m_progress->setTextVisible(false);
  m_summary = new QLabel(this);
  m_summary->setFont(textFont(14, QFont::DemiBold));
  m_summary->setWordWrap(true);
  m_problem = problemLabel(this);
  m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_login = new QPushButton(tr("Log in…"), this);
  m_login->setAutoDefault(false);
  m_servers = new FoundServers(this);
  m_notes = new QTextBrowser(this);
  m_notes->setAccessibleName(tr("What could not be looked at"));
  m_notes->setTabChangesFocus(true);
  m_notes->setMaximumHeight(84);
  layout->addWidget(m_progress);
  layout->addWidget(m_summary);
  layout->addWidget(m_problem);
  layout->addWidget(m_login, 0, Qt::AlignLeft);
  layout->addWidget(m_servers, 10);
  layout->addWidget(m_notes);
  layout->addStretch(1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_create = buttons->addButton(canAdd ? tr("New project") : tr("Add and probe"), QDialogButtonBox::ActionRole);
  m_addButton = buttons->addButton(tr("Add to the open project and probe"), QDialogButtonBox::ActionRole);
  m_addButton->setVisible(canAdd);
  for (auto* button : {m_create, m_addButton})
    button->setAutoDefault(false);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_create, &QPushButton::clicked, this, [this] { finish(false); });
  connect(m_addButton, &QPushButton::clicked, this, [this] { finish(true); });
  connect(m_servers, &FoundServers::tickedChanged, this, &SshDialog::refreshButtons);
  connect(m_login, &QPushButton::clicked, this,
          [this] { logIn(m_terminal, m_loginCommand, this, [this] { look(); }); });
  connect(&m_terminal, &LoginTerminal::loggedIn, this, &SshDialog::look);
  m_servers->hide();
  resize(QSize(720, 240).boundedTo(screen()->availableSize() - QSize(20, 50)));
  setLooking(false);
  showProblem({}, {});
  m_host->setFocus();
  if (!host.trimmed().isEmpty())
    look();
}

SshDialog::~SshDialog() {
  stop();
}

QWidget* SshDialog::makeHostRow(const QString& host) {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* label = new QLabel(QStringLiteral("ssh"), row);
  label->setFont(monoFont(13));
  m_host = monoField(row);
  m_host->setText(host);
  m_host->setPlaceholderText(tr("prod   or   -p 2222 me@prod: what you type after ssh"));
  m_host->setAccessibleName(tr("Host, as typed after ssh"));
  label->setBuddy(m_host);
  m_look = new QPushButton(tr("Look"), row);
  m_look->setDefault(true);
  layout->addWidget(label);
  layout->addWidget(m_host, 1);
  layout->addWidget(m_look);
  connect(m_host, &QLineEdit::textChanged, this, &SshDialog::refreshButtons);
  connect(m_look, &QPushButton::clicked, this, [this] {
    if (!m_looking)
      look();
    else {
      stop();
      setLooking(false);
      m_summary->setText(tr("Stopped"));
    }
  });
  return row;
}

void SshDialog::look() {
  const std::string host = m_host->text().trimmed().toStdString();
  const auto command = imports::surveyCommand(host);
  m_servers->setServers({});
  m_survey = {};
  m_notes->clear();
  if (!command) {
    showProblem(QString::fromStdString(command.error()), {});
    refreshButtons();
    return;
  }
  stop();
  showProblem({}, {});
  m_summary->show();
  m_summary->setText(tr("Looking around on %1…").arg(m_host->text().trimmed()));
  setLooking(true);
  m_stop = std::stop_source();
  m_controller.run(
      [routes = m_routes, command = *command, host, stop = m_stop.get_token()](const std::stop_token&) -> Outcome {
        const auto printed =
            routes->run(command, std::chrono::steady_clock::now() + patience, imports::surveyAtMost, stop);
        if (!printed)
          return {std::unexpected(QString::fromStdString(printed.error().text)),
                  QString::fromStdString(printed.error().remedy), QString::fromStdString(printed.error().loginCommand)};
        auto survey = imports::readSurvey(*printed, host);
        if (!survey)
          return {std::unexpected(QString::fromStdString(survey.error())), {}, {}};
        return {std::move(*survey), {}, {}};
      },
      [this, stop = m_stop.get_token()](Outcome outcome) {
        if (!stop.stop_requested())
          onLooked(std::move(outcome));
      });
}

void SshDialog::stop() {
  m_stop.request_stop();
}

void SshDialog::onLooked(Outcome outcome) {
  setLooking(false);
  if (!outcome.survey) {
    m_summary->hide();
    showProblem(QStringLiteral("%1 %2").arg(outcome.survey.error(), outcome.remedy).trimmed(), outcome.loginCommand);
    m_host->setFocus();
    return;
  }
  m_survey = std::move(*outcome.survey);
  std::vector<FoundServer> found;
  for (const auto& candidate : m_survey.candidates)
    found.push_back({visibleText(candidate.name),
                     candidate.kind == imports::Candidate::Kind::container ? tr("container") : tr("process"),
                     visibleText(candidate.masked), visibleText(candidate.variable), visibleText(candidate.note)});
  if (!found.empty()) {
    m_servers->show();
    resize(QSize(900, 560).boundedTo(screen()->availableSize() - QSize(20, 50)));
  }
  m_servers->setServers(found);
  QStringList notes;
  for (const auto& note : m_survey.notes)
    notes << visibleText(note);
  m_notes->setPlainText(notes.join(QLatin1Char('\n')));
  m_notes->setVisible(!notes.isEmpty());
  m_summary->setText(found.empty() ? tr("Nothing there has a database configured, as far as this login may see")
                     : found.size() == 1
                         ? tr("1 with a database configured. Untick what is not wanted.")
                         : tr("%L1 with a database configured. Untick what is not wanted.").arg(found.size()));
  refreshButtons();
  if (!found.empty())
    m_servers->setFocus();
}

void SshDialog::showProblem(const QString& text, const QString& loginCommand) {
  m_problem->setText(text);
  m_problem->setVisible(!text.isEmpty());
  m_loginCommand = loginCommand;
  m_login->setVisible(!loginCommand.isEmpty());
  m_summary->setVisible(text.isEmpty() && !m_summary->text().isEmpty());
}

void SshDialog::setLooking(bool looking) {
  m_looking = looking;
  m_progress->setVisible(looking);
  m_notes->setVisible(false);
  m_look->setText(looking ? tr("Stop") : tr("Look"));
  refreshButtons();
}

void SshDialog::refreshButtons() {
  const bool any = !m_looking && !m_servers->ticked().empty();
  m_create->setEnabled(any);
  m_addButton->setEnabled(any);
  m_look->setEnabled(m_looking || !m_host->text().trimmed().isEmpty());
  // Return goes on: from the host to looking, from what was found to adding it.
  auto* next = !any ? m_look : m_addButton->isVisibleTo(this) ? m_addButton : m_create;
  for (auto* button : {m_look, m_create, m_addButton})
    button->setDefault(button == next);
}

std::vector<imports::Candidate> SshDialog::chosen() const {
  std::vector<imports::Candidate> chosen;
  for (const auto row : m_servers->ticked())
    chosen.push_back(m_survey.candidates[row]);
  return chosen;
}

void SshDialog::finish(bool add) {
  m_add = add;
  accept();
}

} // namespace whichbase::ui
