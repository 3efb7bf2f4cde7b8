// What a sweep needs of somebody first: an agreement, values of ${NAME}, passwords, a login. Asked on the message line
// or in a dialog that blocks nothing but the window's own menus.
#include "window/login_dialog.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/secrets_dialog.h"
#include "window/trust_dialog.h"
#include "window/workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>

namespace whichbase::ui {

namespace {

// "Production Backend, Dashboard and 3 more"
QString shortList(const QStringList& names) {
  constexpr qsizetype shown = 3;
  if (names.size() <= shown + 1)
    return names.join(QStringLiteral(", "));
  return MainWindow::tr("%1 and %L2 more")
      .arg(names.mid(0, shown).join(QStringLiteral(", ")))
      .arg(names.size() - shown);
}

} // namespace

void MainWindow::connectAsks() {
  connect(&m_document, &Document::agreementNeeded, this, &MainWindow::askForAgreement);
  connect(&m_document, &Document::secretsMissing, this, &MainWindow::askForSecrets);
  connect(&m_document, &Document::passwordsMissing, this, &MainWindow::askForPasswords);
  connect(&m_document, &Document::loginsNeeded, this, &MainWindow::askForLogins);
  connect(&m_document.keptPasswords(), &KeptPasswords::problemChanged, this, [this] {
    const QString& problem = m_document.keptPasswords().problem();
    if (problem.isEmpty())
      m_messages->clear(QStringLiteral("keychain"));
  });
  connect(&m_document.keptPasswords(), &KeptPasswords::failed, this,
          [this](const QString& text) { m_messages->show(QStringLiteral("keychain"), Sign::warning, text); });
  connect(&m_terminal, &LoginTerminal::loggedIn, &m_document, &Document::probe);
  connect(m_workspace, &Workspace::forgetRequested, &m_document, &Document::forgetPassword);
}

void MainWindow::clearAsks() {
  for (const auto* topic : {"probe", "trust", "passwords", "keychain", "added", "login-0", "login-1", "login-2"})
    m_messages->clear(QLatin1String(topic));
}

void MainWindow::askForAgreement(const project::Requests& requests) {
  if (m_trustDialog) // of an older version of the file
    m_trustDialog->close();
  auto* dialog = new TrustDialog(requests, QFileInfo(m_document.file()).fileName(), theme(), this);
  m_trustDialog = dialog;
  connect(dialog, &QDialog::accepted, &m_document, &Document::agree);
  connect(dialog, &QDialog::rejected, this, [this, requests] {
    m_document.decline();
    m_messages->show(
        QStringLiteral("trust"), Sign::unknown,
        tr("Nothing was probed: this project runs commands or sends secrets that nobody has agreed to yet."),
        {{tr("Look at them…"), [this, requests] { askForAgreement(requests); }}});
  });
  m_messages->clear(QStringLiteral("trust"));
  dialog->open();
}

void MainWindow::askForSecrets(const QStringList& names) {
  m_messages->show(QStringLiteral("probe"), Sign::warning,
                   names.size() == 1
                       ? tr("%1 has no value: type it, or set the environment variable.").arg(names.front())
                       : tr("%1 have no values: type them, or set the environment variables.").arg(shortList(names)),
                   {{tr("Type…"), [this, names] { typeSecrets(names); }},
                    {tr("Probe the others"), [this] { m_document.supply({}, true); }}});
}

void MainWindow::typeSecrets(const QStringList& names) {
  std::vector<SecretQuestion> questions;
  for (const auto& name : names)
    questions.push_back({QStringLiteral("${%1}").arg(name), {}, false});
  auto* dialog = new SecretsDialog(questions, m_document.keptPasswords().problem(), this);
  connect(dialog, &QDialog::accepted, this, [this, dialog, names] {
    Secrets secrets;
    std::set<std::string> keep;
    for (const auto& answer : dialog->answers()) {
      const auto name = names[static_cast<qsizetype>(answer.question)].toStdString();
      secrets[name] = answer.value;
      if (answer.keep)
        keep.insert(name);
    }
    m_document.supply(secrets, false, keep);
  });
  dialog->open();
}

void MainWindow::askForPasswords(const std::vector<NeededPassword>& needs) {
  m_messages->clear(QStringLiteral("passwords"));
  if (needs.empty())
    return;
  QStringList servers;
  for (const auto& need : needs)
    servers << need.servers;
  m_messages->show(QStringLiteral("passwords"), Sign::warning,
                   servers.size() == 1 ? tr("%1: the database wants a password.").arg(servers.front())
                                       : tr("%1: their databases want passwords.").arg(shortList(servers)),
                   {{tr("Type…"), [this, needs] { typePasswords(needs); }, true}});
}

void MainWindow::typePasswords(const std::vector<NeededPassword>& needs) {
  std::vector<SecretQuestion> questions;
  for (const auto& need : needs)
    questions.push_back({QString::fromStdString(need.key), need.servers.join(QStringLiteral(", ")), need.refused});
  auto* dialog = new SecretsDialog(questions, m_document.keptPasswords().problem(), this);
  connect(dialog, &QDialog::accepted, this, [this, dialog, needs] {
    std::map<probe::PasswordKey, std::string> passwords;
    std::set<probe::PasswordKey> keep;
    for (const auto& answer : dialog->answers()) {
      passwords[needs[answer.question].key] = answer.value;
      if (answer.keep)
        keep.insert(needs[answer.question].key);
    }
    if (!passwords.empty())
      m_document.supplyPasswords(passwords, keep);
  });
  dialog->open();
}

void MainWindow::askForLogins(const std::vector<NeededLogin>& needs) {
  constexpr std::size_t lines = 3; // the others, once these are there
  for (std::size_t i = 0; i < lines; ++i) {
    const QString topic = QStringLiteral("login-%1").arg(i);
    if (i >= needs.size()) {
      m_messages->clear(topic);
      continue;
    }
    const auto& need = needs[i];
    m_messages->show(
        topic, Sign::warning,
        tr("%1: somebody has to log in first, with a passphrase, a second factor or a new host key.")
            .arg(shortList(need.servers)),
        {{tr("Log in…"),
          [this, command = need.command] { logIn(m_terminal, command, this, [this] { m_document.probe(); }); }, true},
         {tr("Copy command"), [command = need.command] { QApplication::clipboard()->setText(command); }, true},
         {tr("Probe again"), [this] { m_document.probe(); }, true}});
  }
}

} // namespace whichbase::ui
