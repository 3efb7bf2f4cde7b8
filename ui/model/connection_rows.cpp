#include "model/connection_rows.h"

#include "connection/connection_string.h"
#include "style/environment_chip.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("ConnectionRows", text);
}

ConnectionRow& rowFor(std::vector<ConnectionRow>& rows, const std::string& server) {
  const QString name = QString::fromStdString(server);
  const auto found = std::ranges::find(rows, name, &ConnectionRow::server);
  return found != rows.end() ? *found : rows.emplace_back(ConnectionRow{name, {}, {}});
}

ConnectionText textOf(const topology::Server& server) {
  const auto& connection = server.connection;
  return {QString::fromStdString(connection.text), QString::fromStdString(connection.safeUrl),
          QString::fromStdString(connection.origin), QString::fromStdString(server.route),
          QString::fromStdString(connection.passwordFrom)};
}

QString noteOf(const topology::MaskedConnection& connection) {
  QStringList notes;
  if (!connection.readDifferently.empty())
    notes << QString::fromStdString(connection.readDifferently);
  if (!connection.lacks.empty()) {
    QStringList lacks;
    for (const auto& part : connection.lacks)
      lacks << QString::fromStdString(part);
    notes << tr("It leaves open: %1.").arg(lacks.join(QStringLiteral(", ")));
  }
  return notes.join(QLatin1Char(' '));
}

// Nothing was read yet: what the project says, without any password that stands in it.
ConnectionText configured(const std::optional<project::ConnectionSpec>& spec) {
  if (!spec)
    return {};
  const auto shown = [](const std::string& text) { return QString::fromStdString(connection::redact(text)); };
  return {spec->url.empty() ? QString() : QString::fromStdString(connection::mask(spec->url)),
          {},
          shown(spec->from),
          shown(spec->via)};
}

bool isNothing(const ConnectionText& text) {
  return text.text.isEmpty() && text.origin.isEmpty();
}

// Where its password came from makes it no other connection.
bool isSame(const ConnectionText& one, const ConnectionText& other) {
  return one.text == other.text && one.route == other.route && (!one.text.isEmpty() || one.origin == other.origin);
}

void addConfigured(std::vector<ConnectionRow>& rows, const project::Project& project) {
  for (const auto& server : project.servers) {
    auto& row = rowFor(rows, server.name);
    row.environment = QString::fromStdString(server.environment);
    if (isNothing(row.before))
      row.before = configured(server.before);
    if (isNothing(row.after))
      row.after = configured(server.present);
  }
}

} // namespace

std::vector<ConnectionRow> connectionRows(const View& view, const project::Project* project) {
  std::vector<ConnectionRow> rows;
  if (view.after)
    for (const auto& server : view.after->servers) {
      auto& row = rowFor(rows, server.name);
      row.after = textOf(server);
      row.environment = QString::fromStdString(server.environment);
      row.note = noteOf(server.connection);
    }
  if (view.before)
    for (const auto& server : view.before->servers) {
      auto& row = rowFor(rows, server.name);
      row.before = textOf(server);
      if (row.environment.isEmpty())
        row.environment = QString::fromStdString(server.environment);
      if (row.note.isEmpty() && !view.after)
        row.note = noteOf(server.connection);
    }
  if (project)
    addConfigured(rows, *project);
  return rows;
}

Difference difference(const QString& text, const QString& other) {
  const auto shorter = std::min(text.size(), other.size());
  qsizetype head = 0;
  while (head < shorter && text[head] == other[head])
    ++head;
  qsizetype tail = 0;
  while (tail < shorter - head && text[text.size() - 1 - tail] == other[other.size() - 1 - tail])
    ++tail;
  return {text.left(head), text.mid(head, text.size() - head - tail), text.right(tail)};
}

namespace {

QString linkOf(const QString& scheme, const CopyRequest& request) {
  QUrlQuery query;
  query.addQueryItem(QStringLiteral("side"), QString::fromStdString(topology::toString(request.side)));
  query.addQueryItem(QStringLiteral("safe"), request.safe ? QStringLiteral("1") : QStringLiteral("0"));
  query.addQueryItem(QStringLiteral("server"), QString::fromLatin1(QUrl::toPercentEncoding(request.server)));
  return scheme + QStringLiteral(":?") + query.toString(QUrl::FullyEncoded);
}

} // namespace

QString toLink(const CopyRequest& request) {
  return linkOf(QStringLiteral("copy"), request);
}

bool isForgetLink(const QString& link) {
  return link.startsWith(QStringLiteral("forget:"));
}

CopyRequest copyRequestOf(const QString& link) {
  const QUrlQuery query{QUrl(link)};
  CopyRequest request;
  request.server = query.queryItemValue(QStringLiteral("server"), QUrl::FullyDecoded);
  request.safe = query.queryItemValue(QStringLiteral("safe")) == QStringLiteral("1");
  request.side = query.queryItemValue(QStringLiteral("side")) == QStringLiteral("before") ? topology::Side::before
                                                                                          : topology::Side::after;
  return request;
}

namespace {

QString link(const QString& target, const QString& text, const Theme& theme) {
  return QStringLiteral("<a href='%1' style='color:%2'>%3</a>").arg(target.toHtmlEscaped(), theme.accent.name(), text);
}

// "DATABASE_URL in backend/.env · ssh prod · password from the keychain  Forget"
QString sourcesHtml(const QString& server, topology::Side side, const ConnectionText& connection, const Theme& theme) {
  QStringList parts;
  if (!connection.origin.isEmpty())
    parts << connection.origin.toHtmlEscaped();
  if (!connection.route.isEmpty())
    parts << tr("route: %1").arg(connection.route).toHtmlEscaped();
  if (connection.passwordFrom == QStringLiteral("the keychain"))
    parts << tr("password from the keychain") + QStringLiteral(" &nbsp;") +
                 link(linkOf(QStringLiteral("forget"), {server, side, false}), tr("Forget"), theme);
  else if (!connection.passwordFrom.isEmpty())
    parts << tr("password from %1").arg(connection.passwordFrom).toHtmlEscaped();
  return parts.isEmpty() ? QString()
                         : QStringLiteral("<p style='margin:1px 0 0 0; color:%1'>%2</p>")
                               .arg(theme.secondaryText.name(), parts.join(QStringLiteral(" · ")));
}

QString connectionHtml(const QString& name, const QString& server, topology::Side side,
                       const ConnectionText& connection, const QString& other, const Theme& theme) {
  QString html =
      QStringLiteral("<p style='margin:3px 0 0 0'><span style='color:%1'>%2</span> &nbsp;%3 &nbsp;%4</p>")
          .arg(theme.secondaryText.name(), name,
               connection.text.isEmpty() ? QString() : link(toLink({server, side, false}), tr("Copy"), theme),
               connection.text.isEmpty() ? QString() : link(toLink({server, side, true}), tr("Copy safe URL"), theme));
  const bool differs = !other.isEmpty() && other != connection.text;
  const auto parts = differs ? difference(connection.text, other) : Difference{connection.text, {}, {}};
  html +=
      QStringLiteral("<p style='margin:0; font-family:monospace'>%1%2%3</p>")
          .arg(parts.head.toHtmlEscaped(),
               parts.differs.isEmpty() ? QString()
                                       : QStringLiteral("<span style='background-color:%1; font-weight:600'>%2</span>")
                                             .arg(theme.selection.name(), parts.differs.toHtmlEscaped()),
               parts.tail.toHtmlEscaped());
  html += sourcesHtml(server, side, connection, theme);
  return html;
}

} // namespace

QString connectionsHtml(const std::vector<ConnectionRow>& rows, bool hasBefore, const QString& selectedServer,
                        const Theme& theme) {
  QString html;
  for (const auto& row : rows) {
    const bool selected = row.server == selectedServer;
    html += QStringLiteral("<p style='margin:%1px 0 0 0; font-weight:600%2'>%3%4</p>")
                .arg(html.isEmpty() ? 2 : 14)
                .arg(selected ? QStringLiteral("; background-color:%1").arg(theme.selection.name()) : QString(),
                     row.server.toHtmlEscaped() + environmentHtml(theme, row.environment.toStdString()),
                     hasBefore && isSame(row.before, row.after)
                         ? QStringLiteral(" <span style='font-weight:400; color:%1'>%2</span>")
                               .arg(theme.secondaryText.name(), tr("· unchanged"))
                         : QString());
    using enum topology::Side;
    const bool same = hasBefore && isSame(row.before, row.after);
    if (hasBefore && !same && !isNothing(row.before))
      html += connectionHtml(tr("Before"), row.server, before, row.before, row.after.text, theme);
    if (!isNothing(row.after))
      html += connectionHtml(same        ? tr("Before and after")
                             : hasBefore ? tr("After")
                                         : tr("Now"),
                             row.server, after, row.after, hasBefore ? row.before.text : QString(), theme);
    if (!row.note.isEmpty())
      html += QStringLiteral("<p style='margin:2px 0; color:%1'>! %2</p>")
                  .arg(theme.warning.name(), row.note.toHtmlEscaped());
  }
  return html;
}

} // namespace whichbase::ui
