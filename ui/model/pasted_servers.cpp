#include "model/pasted_servers.h"

#include "connection/connection_string.h"
#include "import/env_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cctype>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PastedServers", text);
}

// STAGING_DATABASE_URL → Staging; DATABASE_URL says nothing.
std::string nameFromVariable(const std::string& variable) {
  QStringList words;
  for (const auto& word : QString::fromStdString(variable).toLower().split(QLatin1Char('_'), Qt::SkipEmptyParts))
    if (!QStringList{QStringLiteral("database"), QStringLiteral("db"), QStringLiteral("url"), QStringLiteral("uri"),
                     QStringLiteral("postgres"), QStringLiteral("postgresql"), QStringLiteral("pg"),
                     QStringLiteral("dsn"), QStringLiteral("host"), QStringLiteral("sqlalchemy")}
             .contains(word))
      words << word.left(1).toUpper() + word.mid(1);
  return words.join(QLatin1Char(' ')).toStdString();
}

// Lines that are URLs; else the variables of an .env text; else one string in key/value form.
std::vector<imports::Found> stringsIn(const QString& text) {
  std::vector<imports::Found> found;
  for (const auto& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    const auto url = line.trimmed().toStdString();
    const auto scheme = url.find("://");
    if (scheme != std::string::npos && url.find('=') > scheme && connection::parse(url).value)
      found.push_back({.url = url});
  }
  if (found.empty())
    found = imports::findInEnvText(text.toStdString());
  if (const auto whole = text.trimmed().toStdString(); found.empty() && connection::parse(whole).value)
    found.push_back({.url = whole});
  return found;
}

PastedServer serverFrom(const imports::Found& database, const std::vector<project::Server>& existing) {
  PastedServer pasted;
  const auto named = nameFromVariable(database.variable);
  pasted.server.name =
      named.empty() ? uniqueName(QCoreApplication::translate("ProjectDialog", "Server 1").toStdString(), existing)
                    : uniqueName(named, existing);
  pasted.masked = QString::fromStdString(connection::mask(database.url));
  const auto url =
      withoutPassword(database.url, passwordVariable(pasted.server.name, topology::Side::after), pasted.secrets);
  pasted.server.present = project::ConnectionSpec{url, {}};
  if (const auto parsed = connection::parse(database.url).value)
    pasted.pointsHere =
        std::ranges::any_of(connection::endpoints(parsed->parameters), [](const connection::Endpoint& endpoint) {
          return connection::isThisComputer(endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr);
        });
  return pasted;
}

} // namespace

std::string passwordVariable(const std::string& serverName, topology::Side side) {
  std::string name;
  for (const char c : serverName) {
    const auto letter = static_cast<unsigned char>(c);
    if (letter < 0x80 && std::isalnum(letter))
      name += static_cast<char>(std::toupper(letter));
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (!name.empty() && name.back() == '_')
    name.pop_back();
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())))
    name = "SERVER_" + name;
  return name + (side == topology::Side::before ? "_BEFORE_PASSWORD" : "_PASSWORD");
}

std::string uniqueName(const std::string& wanted, const std::vector<project::Server>& existing) {
  const auto taken = [&](const std::string& name) {
    return std::ranges::find(existing, name, &project::Server::name) != existing.end();
  };
  if (!taken(wanted))
    return wanted;
  const std::string stem = wanted.ends_with(" 1") ? wanted.substr(0, wanted.size() - 2) : wanted;
  for (int number = 2;; ++number)
    if (const auto name = stem + " " + std::to_string(number); !taken(name))
      return name;
}

std::string withoutPassword(const std::string& url, const std::string& variable,
                            std::map<std::string, std::string>& secrets) {
  const auto parsed = connection::parse(url);
  if (!parsed.value)
    return url;
  const auto password = connection::valueOf(parsed.value->parameters, "password");
  if (password.empty() || parsed.value->passwordIsMask || !project::variables(password).empty())
    return url;
  const std::string reference = "${" + variable + "}";
  const auto same = [&](const std::string& text) {
    const auto back = project::substitute(text, [&](const std::string&) { return std::optional(password); });
    if (!back)
      return false;
    const auto again = connection::parse(*back);
    return again.value && again.value->parameters == parsed.value->parameters;
  };
  secrets[variable] = password;
  // As written but for the password: how drivers read the rest must still show.
  const std::string& masked = parsed.value->masked;
  const auto star = masked.find("***");
  if (star != std::string::npos && masked.find("***", star + 3) == std::string::npos) {
    if (auto text = masked.substr(0, star) + reference + masked.substr(star + 3); same(text))
      return text;
  }
  auto plain = *parsed.value;
  constexpr const char* placeholder = "whichbasepassword";
  for (auto& [key, value] : plain.parameters)
    if (key == "password")
      value = placeholder;
  auto text = connection::safeUrl(plain, false);
  if (const auto at = text.find(placeholder); at != std::string::npos)
    text.replace(at, std::string(placeholder).size(), reference);
  return text;
}

Pasted readPasted(const QString& text, const std::vector<project::Server>& existing) {
  Pasted pasted;
  auto known = existing;
  for (const auto& database : stringsIn(text)) {
    pasted.servers.push_back(serverFrom(database, known));
    known.push_back(pasted.servers.back().server);
  }
  if (pasted.servers.empty()) {
    const auto error = connection::parse(text.trimmed().toStdString()).error;
    pasted.problem =
        text.trimmed().isEmpty()
            ? tr("There is nothing to read. Paste a connection string or the text of an .env file.")
            : QStringLiteral("%1 %2").arg(QString::fromStdString(error.text), QString::fromStdString(error.remedy));
  }
  return pasted;
}

} // namespace whichbase::ui
