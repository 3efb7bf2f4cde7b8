#include "style/locale_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace whichbase::ui {

namespace {

// Who chose no region reads 51,904, as in English.
QLocale here() {
  const QLocale chosen;
  return chosen.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedKingdom) : chosen;
}

} // namespace

QString localNumber(std::int64_t number) {
  return here().toString(static_cast<qlonglong>(number));
}

QString localNumber(double number, int decimals) {
  return here().toString(number, 'f', decimals);
}

QString localCount(const std::string& text) {
  QString digits = QString::fromStdString(text);
  const QString sign = digits.startsWith(QLatin1Char('~')) ? QStringLiteral("~") : QString();
  bool isNumber = false;
  const qlonglong number = QLocale::c().toLongLong(digits.mid(sign.size()), &isNumber);
  return isNumber ? sign + localNumber(number) : digits;
}

QString counted(const char* context, const char* one, const char* many, std::int64_t count) {
  const auto inserted = [count](QString text) { return text.replace(QStringLiteral("%Ln"), localNumber(count)); };
  const QString english = QString::fromUtf8(many);
  // Qt puts in the number only where it knows the language's forms, or an int is enough.
  const QString translated = QCoreApplication::translate(context, many, nullptr, static_cast<int>(count));
  const bool isEnglish =
      translated == QString(english).replace(QStringLiteral("%Ln"), QLocale().toString(static_cast<int>(count)));
  return isEnglish ? inserted(count == 1 ? QString::fromUtf8(one) : english) : translated;
}

QString localTime(topology::UtcTime time) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("Time", text); };
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
  const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms);
  const QDateTime utc = local.toUTC();
  const auto day = [](const QDateTime& at) { return here().toString(at.date(), QStringLiteral("d MMM yyyy")); };
  const auto clock = [](const QDateTime& at) { return here().toString(at.time(), QStringLiteral("HH:mm:ss")); };
  const QString inUtc = tr("%1 UTC").arg(clock(utc));
  if (local.offsetFromUtc() == 0)
    return tr("%1, %2").arg(day(utc), inUtc);
  const QString beside = local.date() == utc.date() ? inUtc : tr("%1, %2").arg(day(utc), inUtc);
  return tr("%1, %2 %3 (%4)").arg(day(local), clock(local), local.timeZoneAbbreviation(), beside);
}

} // namespace whichbase::ui
