#include "model/details_text.h"

#include "style/environment_chip.h"
#include "style/locale_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace whichbase::ui {

namespace {

using topology::Database;
using topology::Server;
using topology::Snapshot;

QString tr(const char* text) {
  return QCoreApplication::translate("DetailsText", text);
}

QString safe(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped();
}

// Rows of "name  value" below headings; a value that is unknown says why.
class Writer {
public:
  explicit Writer(const Theme& theme) : m_theme(theme) {}

  void title(const QString& text, const QString& below) {
    m_html += QStringLiteral("<p style='font-size:15px; font-weight:600; margin:4px 0 0 0'>%1</p>").arg(text);
    if (!below.isEmpty())
      m_html +=
          QStringLiteral("<p style='color:%1; margin:1px 0 2px 0'>%2</p>").arg(m_theme.secondaryText.name(), below);
  }
  void heading(const QString& text) {
    m_html += QStringLiteral("<p style='color:%1; font-weight:600; margin:12px 0 2px 0'>%2</p>")
                  .arg(m_theme.secondaryText.name(), text);
  }
  // `value` is HTML; nothing is written for an empty one.
  void row(const QString& name, const QString& value) {
    if (!value.isEmpty())
      m_html += QStringLiteral("<p style='margin:2px 0'><span style='color:%1'>%2</span>&nbsp; %3</p>")
                    .arg(m_theme.secondaryText.name(), name, value);
  }
  void unknown(const QString& name, const std::string& reason) {
    row(name, tr("? unknown: %1").arg(reason.empty() ? tr("not read") : safe(reason)));
  }
  void paragraph(const QString& html) { m_html += QStringLiteral("<p style='margin:3px 0'>%1</p>").arg(html); }
  QString mono(const std::string& text) const {
    return QStringLiteral("<span style='font-family:monospace'>%1</span>").arg(safe(text));
  }
  QString html() const { return m_html; }

private:
  const Theme& m_theme;
  QString m_html;
};

QString time(const std::optional<topology::UtcTime>& at) {
  return at ? localTime(*at).toHtmlEscaped() : QString();
}

QString joined(const std::vector<std::string>& names) {
  QStringList list;
  for (const auto& name : names)
    list << safe(name);
  return list.join(QStringLiteral(", "));
}

void writeUsers(Writer& writer, const Database& database) {
  if (!database.users) {
    writer.unknown(tr("Users"), database.users.reason);
    return;
  }
  const auto& users = *database.users;
  if (!users.count) {
    writer.unknown(tr("Users"), users.count.reason);
  } else {
    QString text = localCount(topology::usersText(database.users)) +
                   QStringLiteral(" (%1)").arg(safe(topology::toString(users.kind)));
    if (users.estimatedAt)
      text += tr(", as of %1").arg(time(users.estimatedAt));
    writer.row(tr("Users"), text);
  }
  writer.row(tr("Counted in"), writer.mono(users.relation));
  if (users.newestAt)
    writer.row(tr("Newest user"), time(*users.newestAt));
  else
    writer.unknown(tr("Newest user"), users.newestAt.reason);
}

void writeIdentity(Writer& writer, const Database& database) {
  writer.heading(tr("Identity"));
  if (database.identityProven)
    writer.row(tr("Identity"),
               tr("proven") +
                   (database.letterBasis.empty() ? QString() : QStringLiteral(", %1").arg(safe(database.letterBasis))));
  else
    writer.unknown(tr("Identity"), database.identityReason);
  if (database.systemIdentifier)
    writer.row(tr("System identifier"), QString::number(*database.systemIdentifier));
  if (database.oid != 0)
    writer.row(tr("Database oid"), QString::number(database.oid));
  writer.row(tr("Instance"), safe(database.instance));
  writer.row(tr("Initialised"), time(database.initializedAt));
  writer.row(tr("Started"), time(database.startedAt));
  writer.row(tr("PostgreSQL"), safe(database.serverVersion));
  if (database.inRecovery) {
    writer.row(tr("Standby"), database.replicaOf.empty()
                                  ? tr("primary not proven: %1").arg(safe(database.replicaReason))
                                  : tr("of %1").arg(safe(database.replicaOf)));
    if (database.replayLag)
      writer.row(tr("Lag"), safe(topology::toDuration(*database.replayLag)));
    else
      writer.unknown(tr("Lag"), database.replayLag.reason);
  }
}

void writeTriggers(Writer& writer, const Database& database) {
  if (!database.triggers) {
    writer.unknown(tr("Triggers"), database.triggers.reason);
    return;
  }
  writer.row(tr("Triggers"), localNumber(static_cast<std::int64_t>(database.triggers->size())));
  for (const auto& trigger : *database.triggers)
    writer.paragraph(QStringLiteral("%1 %2 %3%4%5")
                         .arg(writer.mono(trigger.name), safe(trigger.timing), joined(trigger.events),
                              trigger.table.empty() ? QString() : tr(" on %1").arg(writer.mono(trigger.table)),
                              trigger.enabled ? (trigger.protects ? tr(", protects") : QString()) : tr(", disabled")));
}

void writeClients(Writer& writer, const Database& database) {
  if (!database.clients) {
    writer.unknown(tr("Sessions"), database.clients.reason);
    return;
  }
  writer.row(tr("Sessions"), database.clients->groups.empty()
                                 ? tr("none but ours")
                                 : localNumber(static_cast<std::int64_t>(database.clients->groups.size())));
  for (const auto& group : database.clients->groups)
    writer.paragraph(QStringLiteral("%1 %2 %3 ×%L4")
                         .arg(group.address.empty() ? tr("Unix socket") : safe(group.address), safe(group.application),
                              safe(group.user))
                         .arg(group.sessions));
  if (database.clients->hidden > 0)
    writer.paragraph(counted("DetailsText", "1 session is hidden from this role",
                             QT_TRANSLATE_N_NOOP("DetailsText", "%Ln sessions are hidden from this role"),
                             database.clients->hidden));
}

void writeDatabase(Writer& writer, const Snapshot& side, const Database& database) {
  writer.row(tr("Address"), writer.mono(database.address));
  writer.row(tr("Database"), writer.mono(database.name));
  writer.row(tr("Place"), safe(database.place));
  std::vector<std::string> servers;
  for (const auto* server : side.serversOn(database.id))
    servers.push_back(server->name);
  writer.row(tr("Servers"), servers.empty() ? tr("none on this side") : joined(servers));
  if (database.gone)
    writer.row(tr("State"), tr("its instance answers that it does not exist any more"));
  else if (!database.answered)
    writer.row(tr("State"), tr("did not answer in this sweep"));
  writer.row(tr("Last reached"), time(database.lastReachedAt));
  writeUsers(writer, database);
  if (database.sizeBytes)
    writer.row(tr("Size"), QLocale().formattedDataSize(*database.sizeBytes));
  else
    writer.unknown(tr("Size"), database.sizeBytes.reason);
  writeIdentity(writer, database);
  writer.heading(tr("Inventory"));
  if (database.tables)
    writer.row(tr("Tables"), QStringLiteral("%L1: %2").arg(database.tables->size()).arg(joined(*database.tables)));
  else
    writer.unknown(tr("Tables"), database.tables.reason);
  writeTriggers(writer, database);
  writer.heading(tr("Who is connected"));
  writeClients(writer, database);
}

void writeServer(Writer& writer, const Snapshot& side, const Server& server) {
  writer.row(tr("Connection"), writer.mono(server.connection.text));
  writer.row(tr("Read from"), safe(server.connection.origin));
  writer.row(tr("Route"), server.route.empty() ? tr("from this computer") : safe(server.route));
  writer.row(tr("Password from"), safe(server.connection.passwordFrom));
  if (server.failure) {
    writer.row(tr("Not reached"), QStringLiteral("%1: %2").arg(safe(topology::toString(server.failure->stage)),
                                                               safe(server.failure->text)));
    writer.paragraph(safe(server.failure->remedy));
  } else {
    const auto* database = side.database(server.database);
    writer.row(tr("Leads to"), database
                                   ? QStringLiteral("<b>%1</b> %2").arg(letterOf(database->id), safe(database->label))
                                   : tr("unknown"));
    writer.row(tr("Signed in as"), writer.mono(server.sessionRole));
    if (server.canInsertUsers)
      writer.row(tr("May insert users"), *server.canInsertUsers ? tr("yes") : tr("no"));
    else
      writer.unknown(tr("May insert users"), server.canInsertUsers.reason);
    writer.row(tr("Session"), QStringLiteral("%1, %2").arg(server.readOnly ? tr("read only") : tr("can write"),
                                                           server.encrypted ? tr("encrypted") : tr("not encrypted")));
    if (server.countVisibleOnly)
      writer.paragraph(tr("Row-level security limits what this role counts."));
  }
  writer.row(tr("Its own sessions look like"), joined(server.client));
  QStringList timings;
  for (const auto& [step, ms] : server.timingsMs)
    timings << tr("%1 %2 ms").arg(safe(step), localNumber(ms, 1));
  writer.row(tr("Timings"), timings.join(QStringLiteral(", ")));
}

void writeEvidence(Writer& writer, const Snapshot& side, const std::function<bool(const topology::Evidence&)>& wanted) {
  bool any = false;
  for (const auto& evidence : side.evidence) {
    if (!wanted(evidence))
      continue;
    if (!any)
      writer.heading(tr("Evidence"));
    any = true;
    writer.paragraph(QStringLiteral("%1 <i>(%2)</i>").arg(safe(evidence.text), safe(evidence.kind)));
  }
}

bool concerns(const topology::Evidence& evidence, const Snapshot& side, const Selection& selection) {
  return std::ranges::any_of(evidence.servers, [&](const std::string& name) {
    const auto* server = side.server(name);
    return name == selection.server.toStdString() ||
           (!selection.database.isEmpty() && server && server->database == selection.database.toStdString());
  });
}

void writeSide(Writer& writer, const Snapshot& side, const QString& sideName, const Selection& selection) {
  if (const auto* server = side.server(selection.server.toStdString())) {
    writer.heading(sideName.toUpper());
    writeServer(writer, side, *server);
  } else if (const auto* database = side.database(selection.database.toStdString())) {
    writer.heading(sideName.toUpper());
    writeDatabase(writer, side, *database);
  } else if (selection == Selection{}) {
    writer.heading(sideName.toUpper());
    writer.paragraph(QStringLiteral("<b>%1</b>").arg(safe(side.verdict.text)));
    writer.paragraph(safe(side.verdict.detail));
    writeEvidence(writer, side, [](const auto&) { return true; });
    return;
  } else {
    return;
  }
  writeEvidence(writer, side, [&](const auto& evidence) { return concerns(evidence, side, selection); });
}

} // namespace

QString detailsHtml(const View& view, const Selection& selection, const Theme& theme) {
  Writer writer(theme);
  if (view.empty()) {
    writer.paragraph(tr("Facts and evidence appear after the first probe."));
    return writer.html();
  }
  const auto describe = [&](const Snapshot& side) {
    if (const auto* server = side.server(selection.server.toStdString())) {
      const QStringList parts = {safe(server->address), environmentHtml(theme, server->environment).trimmed(),
                                 safe(topology::toString(server->role))};
      writer.title(safe(server->name),
                   parts.filter(QRegularExpression(QStringLiteral("."))).join(QStringLiteral(" · ")));
      return true;
    }
    if (const auto* database = side.database(selection.database.toStdString())) {
      writer.title(QStringLiteral("%1 &nbsp;%2").arg(letterOf(database->id), safe(database->label)),
                   safe(database->place));
      return true;
    }
    return false;
  };
  if (!(view.after && describe(*view.after)) && !(view.before && describe(*view.before)))
    writer.title(tr("How this is known"), tr("Select a server or a database to see all of its facts."));
  if (view.after)
    writeSide(writer, *view.after, view.hasBefore ? tr("After") : tr("Now"), selection);
  if (view.before)
    writeSide(writer, *view.before, tr("Before"), selection);
  return writer.html();
}

} // namespace whichbase::ui
