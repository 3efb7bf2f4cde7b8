// The users' fingerprints that "Keep as Before" takes where somebody wants them.
#include "history/fingerprint_users.h"
#include "window/document.h"

#include <QFile>

namespace whichbase::ui {

void Document::fingerprintUsers(const SnapshotPtr& snapshot) {
  const auto topic = QStringLiteral("fingerprint");
  Q_EMIT problemGone(topic);
  // A recording does not say that its databases may be connected to now.
  if (m_afterRecorded || !m_trusted) {
    Q_EMIT problem(topic, Sign::warning,
                   tr("No fingerprint of the users: it needs their databases. Probe now, then keep again."));
    return;
  }
  m_controller.run(
      [request = request(), snapshot,
       file = std::filesystem::path(QFile::encodeName(historyFile()).toStdString())](const std::stop_token& stop) {
        return history::fingerprintUsers(request.project, ProbeController::sourcesOf(request, stop), *snapshot, file,
                                         history::secretKeyFile(), stop);
      },
      [this, topic, opening = m_opening](const history::UsersKept& kept) {
        if (opening != m_opening)
          return;
        QStringList problems;
        for (const auto& text : kept.problems)
          problems += QString::fromStdString(text);
        if (!problems.isEmpty())
          Q_EMIT problem(topic, Sign::warning, problems.join(QLatin1Char(' ')));
        if (!kept.text.empty())
          Q_EMIT noted(QString::fromStdString(kept.text));
      });
}

} // namespace whichbase::ui
