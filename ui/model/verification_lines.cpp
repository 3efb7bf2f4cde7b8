#include "model/verification_lines.h"

#include "model/view.h"
#include "style/locale_text.h"

#include <QCoreApplication>

namespace whichbase::ui {

namespace {

using topology::ServerCheck;
using topology::Sign;
using verify::TestRowStep;

QString tr(const char* text) {
  return QCoreApplication::translate("VerificationLines", text);
}

QString noteOf(const ServerCheck& check) {
  return check.note.empty() ? QString() : QStringLiteral(" (%1)").arg(QString::fromStdString(check.note));
}

ServerLine lineOf(const ServerCheck& check, Sign sign, const QString& text) {
  return {QString::fromStdString(check.server), letterOf(check.database), sign, text};
}

QString notReached(const ServerCheck& check) {
  return check.note.empty() ? tr("not reached") : tr("not reached: %1").arg(QString::fromStdString(check.note));
}

QString sawText(const ServerCheck& check) {
  return check.seenAfterMs ? tr("saw it after %1").arg(delayText(*check.seenAfterMs)) : tr("saw it");
}

} // namespace

QString delayText(double ms) {
  if (ms < 9.95)
    return tr("%1 ms").arg(localNumber(ms, 1));
  if (ms < 999.5)
    return tr("%1 ms").arg(localNumber(ms, 0));
  return tr("%1 s").arg(localNumber(ms / 1000, 1));
}

ServerLine waitingLine(const QString& server, const QString& database) {
  return {server, database, Sign::none, tr("waiting…")};
}

ServerLine checkLine(const ServerCheck& check, bool done) {
  if (!done)
    return lineOf(check, Sign::none, check.reached ? tr("connected, looking…") : tr("connecting…"));
  if (!check.reached)
    return lineOf(check, Sign::unknown, notReached(check));
  if (!check.saw)
    return lineOf(check, Sign::bad, tr("does not see all the others' flags") + noteOf(check));
  return lineOf(check, Sign::good, tr("sees the others' flags") + noteOf(check));
}

ServerLine checkLine(const ServerCheck& check, const verify::Ability& ability) {
  auto line = checkLine(check, true);
  if (!check.reached)
    return line;
  const QString why = QString::fromStdString(ability.whyNot);
  QString may;
  if (ability.canWrite && *ability.canWrite)
    may = tr("can write");
  else if (ability.canWrite)
    may = why.isEmpty() ? tr("cannot write") : tr("cannot write: %1").arg(why);
  else
    may =
        why.isEmpty() ? tr("whether it can write is not known") : tr("whether it can write is not known: %1").arg(why);
  line.text += QStringLiteral("; ") + may;
  return line;
}

ServerLine testRowLine(const ServerCheck& check, TestRowStep step) {
  const bool over = step == TestRowStep::done;
  if (check.saw) {
    if (check.confirmedDeletion)
      return lineOf(check, Sign::good, sawText(check) + tr(", and its deletion") + noteOf(check));
    if (over)
      return lineOf(check, Sign::warning, sawText(check) + tr("; its deletion was not confirmed") + noteOf(check));
    const QString next = step == TestRowStep::deleting     ? tr("; being deleted…")
                         : step == TestRowStep::confirming ? tr("; confirming its deletion…")
                                                           : QString();
    return lineOf(check, next.isEmpty() ? Sign::good : Sign::none, sawText(check) + next + noteOf(check));
  }
  if (!check.reached && (over || !check.note.empty()))
    return lineOf(check, Sign::unknown, notReached(check));
  if (over || step == TestRowStep::confirming || step == TestRowStep::deleting)
    return lineOf(check, Sign::bad, tr("did not see it") + noteOf(check));
  return lineOf(check, Sign::none,
                (step == TestRowStep::inserting ? tr("waiting for the row…") : tr("looking for it…")) + noteOf(check));
}

} // namespace whichbase::ui
