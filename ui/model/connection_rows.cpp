#include "model/connection_rows.h"

#include "connection/connection_string.h"

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
  return found != rows.end() ? *found : rows.emplace_back(ConnectionRow{name, {}, {}, {}});
}

ConnectionText textOf(const topology::MaskedConnection& connection) {
  return {QString::fromStdString(connection.text), QString::fromStdString(connection.safeUrl)};
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

void addConfigured(std::vector<ConnectionRow>& rows, const project::Project& project) {
  const auto masked = [](const std::optional<project::ConnectionSpec>& spec) {
    return spec ? QString::fromStdString(connection::mask(spec->url)) : QString();
  };
  for (const auto& server : project.servers) {
    auto& row = rowFor(rows, server.name);
    if (row.before.text.isEmpty())
      row.before.text = masked(server.before);
    if (row.after.text.isEmpty())
      row.after.text = masked(server.present);
  }
}

} // namespace

std::vector<ConnectionRow> connectionRows(const View& view, const project::Project* project) {
  std::vector<ConnectionRow> rows;
  if (view.after)
    for (const auto& server : view.after->servers) {
      auto& row = rowFor(rows, server.name);
      row.after = textOf(server.connection);
      row.note = noteOf(server.connection);
    }
  if (view.before)
    for (const auto& server : view.before->servers) {
      auto& row = rowFor(rows, server.name);
      row.before = textOf(server.connection);
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

QString toLink(const CopyRequest& request) {
  QUrlQuery query;
  query.addQueryItem(QStringLiteral("side"), QString::fromStdString(topology::toString(request.side)));
  query.addQueryItem(QStringLiteral("safe"), request.safe ? QStringLiteral("1") : QStringLiteral("0"));
  query.addQueryItem(QStringLiteral("server"), QString::fromLatin1(QUrl::toPercentEncoding(request.server)));
  return QStringLiteral("copy:?") + query.toString(QUrl::FullyEncoded);
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

QString link(const CopyRequest& request, const QString& text, const Theme& theme) {
  return QStringLiteral("<a href='%1' style='color:%2'>%3</a>")
      .arg(toLink(request).toHtmlEscaped(), theme.accent.name(), text);
}

QString connectionHtml(const QString& name, const QString& server, topology::Side side,
                       const ConnectionText& connection, const QString& other, const Theme& theme) {
  QString html = QStringLiteral("<p style='margin:3px 0 0 0'><span style='color:%1'>%2</span> &nbsp;%3 &nbsp;%4</p>")
                     .arg(theme.secondaryText.name(), name, link({server, side, false}, tr("Copy"), theme),
                          link({server, side, true}, tr("Copy safe URL"), theme));
  const bool differs = !other.isEmpty() && other != connection.text;
  const auto parts = differs ? difference(connection.text, other) : Difference{connection.text, {}, {}};
  html +=
      QStringLiteral("<p style='margin:0; font-family:monospace'>%1%2%3</p>")
          .arg(parts.head.toHtmlEscaped(),
               parts.differs.isEmpty() ? QString()
                                       : QStringLiteral("<span style='background-color:%1; font-weight:600'>%2</span>")
                                             .arg(theme.selection.name(), parts.differs.toHtmlEscaped()),
               parts.tail.toHtmlEscaped());
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
                     row.server.toHtmlEscaped(),
                     hasBefore && row.before.text == row.after.text
                         ? QStringLiteral(" <span style='font-weight:400; color:%1'>%2</span>")
                               .arg(theme.secondaryText.name(), tr("· unchanged"))
                         : QString());
    using enum topology::Side;
    const bool same = hasBefore && row.before.text == row.after.text;
    if (hasBefore && !same && !row.before.text.isEmpty())
      html += connectionHtml(tr("Before"), row.server, before, row.before, row.after.text, theme);
    if (!row.after.text.isEmpty())
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
