#include "present/hidden_addresses.h"

#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace whichbase::ui {

namespace {

const QString& hidden() {
  static const QString dots = QStringLiteral("•••");
  return dots;
}

bool isWord(const QString& text) {
  return std::ranges::all_of(text, [](QChar each) { return each.isLetterOrNumber() || each == QLatin1Char('_'); });
}

// A single word ("postgres", "db") is an address, and may just as well be a part of what people call things.
bool isPartOfAName(const QString& word, const topology::Snapshot& snapshot) {
  const auto holds = [&](const std::string& name) {
    return QString::fromStdString(name).contains(word, Qt::CaseInsensitive);
  };
  return word.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
         std::ranges::any_of(snapshot.servers,
                             [&](const topology::Server& each) {
                               return holds(each.name) || holds(each.connection.dbname) || holds(each.environment);
                             }) ||
         std::ranges::any_of(snapshot.databases, [&](const topology::Database& each) {
           return holds(each.name) || (each.label != each.address && holds(each.label));
         });
}

void collect(const topology::Snapshot& snapshot, std::set<QString>& found) {
  const auto add = [&](const std::string& text) {
    const QString address = QString::fromStdString(text).trimmed();
    if (address.size() > 1 && !(isWord(address) && isPartOfAName(address, snapshot)))
      found.insert(address);
  };
  for (const auto& server : snapshot.servers) {
    const auto& connection = server.connection;
    for (const auto& text : {server.address, connection.text, connection.safeUrl, connection.host, server.route})
      add(text);
    if (connection.user.find('@') != std::string::npos)
      add(connection.user);
    for (const auto& client : server.client)
      if (!client.starts_with("app:"))
        add(client);
  }
  for (const auto& database : snapshot.databases)
    add(database.address);
}

} // namespace

QStringList addressesOf(const View& view) {
  std::set<QString> found;
  for (const auto& side : {view.before, view.after})
    if (side)
      collect(*side, found);
  found.erase(QStringLiteral("direct"));
  QStringList addresses(found.begin(), found.end());
  std::ranges::stable_sort(addresses, std::ranges::greater(), &QString::size);
  return addresses;
}

QString withoutAddresses(QString text, const QStringList& addresses) {
  static const QRegularExpression urls(QStringLiteral(R"(\b[a-z][a-z0-9+]*://\S+)"),
                                       QRegularExpression::CaseInsensitiveOption);
  static const QRegularExpression users(QStringLiteral(R"([^\s"“(]+@[\w.-]*\w(:\d+)?)"));
  static const QRegularExpression v4(QStringLiteral(R"(\b\d{1,3}(\.\d{1,3}){3}(:\d+|/\d+)?)"));
  static const QRegularExpression v6(QStringLiteral(R"(\[?\b[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}%?\w*\]?(:\d+)?)"),
                                     QRegularExpression::CaseInsensitiveOption);
  // A clock's 14:31 has no letter before the colon.
  static const QRegularExpression ports(QStringLiteral(R"((?<![\w.-])(?=[\w.-]*[A-Za-z])[\w.-]+:\d{2,5}\b)"));
  static const QRegularExpression clock(QStringLiteral(R"(^\d{1,2}:\d{2}(:\d{2})?$)"));
  text.replace(urls, hidden());
  for (const auto& address : addresses) {
    const QString pattern = QStringLiteral("(?<![\\w.-])%1(?![\\w-]|\\.\\w)").arg(QRegularExpression::escape(address));
    text.replace(QRegularExpression(pattern), hidden());
  }
  text.replace(users, hidden());
  text.replace(v4, hidden());
  text.replace(ports, hidden());
  for (auto at = v6.globalMatch(text); at.hasNext();) {
    const QString match = at.next().captured();
    if (!clock.match(match).hasMatch())
      text.replace(match, hidden());
  }
  return text;
}

} // namespace whichbase::ui
