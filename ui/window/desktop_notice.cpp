#include "window/desktop_notice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace whichbase::ui {

void DesktopNotice::show(const QString& title, const QString& text) {
  // https://specifications.freedesktop.org/notification-spec: Notify(app_name, replaces_id, app_icon, summary, body,
  // actions, hints, expire_timeout). The body may be read as markup.
  auto call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
                                             QStringLiteral("/org/freedesktop/Notifications"),
                                             QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
  call << QStringLiteral("Whichbase") << m_shown << QStringLiteral("whichbase") << title << text.toHtmlEscaped()
       << QStringList()
       << QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("io.github.whichbase.whichbase")}} << -1;
  auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (!reply.isError())
      m_shown = reply.value();
    else
      Q_EMIT failed(tr("This desktop shows no notifications (%1). Verdict changes are marked in the history below.")
                        .arg(reply.error().name()));
  });
}

} // namespace whichbase::ui
