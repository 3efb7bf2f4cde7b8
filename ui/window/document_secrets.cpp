// What a sweep needs of somebody: values of ${NAME}, passwords, logins. Where they come from, and who is asked.
#include "window/document.h"

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

// An empty variable supplies nothing.
std::optional<std::string> fromEnvironment(const std::string& name) {
  const QByteArray value = qgetenv(name.c_str());
  return value.isEmpty() ? std::nullopt : std::optional(value.toStdString());
}

// Those without which a connection string of the project itself cannot be read. Files may ask for more, and have
// something to fall back on.
QStringList namesIn(const project::Project& project) {
  QStringList names;
  for (const auto& server : project.servers)
    for (const auto& spec : {server.present, server.before})
      if (spec)
        for (const auto& name : project::variables(spec->url))
          if (!names.contains(QString::fromStdString(name)))
            names << QString::fromStdString(name);
  return names;
}

} // namespace

std::optional<std::string> Document::secret(const std::string& name) const {
  if (const auto typed = m_typed.find(name); typed != m_typed.end())
    return typed->second;
  if (m_source)
    if (auto value = m_source(name))
      return value;
  if (const auto dropped = m_dropped.find(name); dropped != m_dropped.end() && !dropped->second.empty())
    return dropped->second;
  if (auto value = fromEnvironment(name))
    return value;
  const auto kept = m_fromKeychain.find(name);
  return kept == m_fromKeychain.end() ? std::nullopt : std::optional(kept->second);
}

Secrets Document::knownSecrets() const {
  Secrets known;
  const auto add = [&](const std::string& name) {
    if (auto value = secret(name))
      known[name] = std::move(*value);
  };
  for (const auto& name : namesIn(*m_project))
    add(name.toStdString());
  for (const auto& use : m_requests.secrets)
    add(use.variable);
  return known;
}

QStringList Document::missingSecrets() const {
  QStringList missing;
  for (const auto& name : namesIn(*m_project))
    if (!secret(name.toStdString()))
      missing << name;
  return missing;
}

void Document::readKept(const QStringList& names) {
  // A name is kept for the address that its value goes to: elsewhere it is asked for again.
  std::vector<std::string> entries;
  std::map<std::string, std::string> variables;
  for (const auto& use : m_requests.secrets)
    if (names.contains(QString::fromStdString(use.variable))) {
      entries.push_back(project::toText(use));
      variables[entries.back()] = use.variable;
    }
  m_looked.insert(names.begin(), names.end());
  const auto opening = m_opening;
  const auto answered = std::make_shared<bool>(false);
  QTimer::singleShot(std::chrono::milliseconds(700), this, [this, answered] {
    if (!*answered)
      Q_EMIT problem(QStringLiteral("keychain"), Sign::unknown,
                     tr("Waiting for the keychain, which may want its own password. Probe now goes on without it."));
  });
  m_kept.readAll(entries, [this, opening, answered, variables](const std::map<std::string, std::string>& values) {
    *answered = true;
    Q_EMIT problemGone(QStringLiteral("keychain"));
    if (opening != m_opening)
      return;
    for (const auto& [entry, value] : values)
      m_fromKeychain[variables.at(entry)] = value;
    probe();
  });
}

void Document::supply(const Secrets& secrets, bool probeAnyway, const std::set<std::string>& keep) {
  for (const auto& [name, value] : secrets)
    m_typed[name] = value;
  for (const auto& use : m_requests.secrets)
    if (keep.contains(use.variable) && secrets.contains(use.variable))
      m_kept.keep(project::toText(use), secrets.at(use.variable));
  m_missingAccepted = probeAnyway;
  probe();
}

void Document::supplyPasswords(const std::map<probe::PasswordKey, std::string>& passwords,
                               const std::set<probe::PasswordKey>& keep) {
  for (const auto& [key, password] : passwords) {
    m_typedPasswords[key] = password;
    if (keep.contains(key))
      m_kept.keep(key, password);
  }
  probe();
}

void Document::forgetPassword(const QString& server, topology::Side side) {
  if (const auto key = m_passwordKeys.find({side, server.toStdString()}); key != m_passwordKeys.end()) {
    m_typedPasswords.erase(key->second);
    m_kept.forget(key->second);
  }
}

void Document::askFor(const ProbeController::Result& result) {
  // A live sweep that finds the same again disturbs nobody.
  const bool asking = std::exchange(m_asking, false);
  if (auto logins = neededLogins(result); asking || logins != m_logins) {
    m_logins = std::move(logins);
    Q_EMIT loginsNeeded(m_logins);
  }
  if (auto passwords = neededPasswords(result); asking || passwords != m_passwords) {
    m_passwords = std::move(passwords);
    Q_EMIT passwordsMissing(m_passwords);
  }
}

} // namespace whichbase::ui
