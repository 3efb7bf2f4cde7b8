#include "model/typed_note.h"

#include <QRegularExpression>

namespace whichbase::ui {

history::Event noteOf(const QString& typed, topology::UtcTime now) {
  history::Event note;
  note.kind = history::EventKind::note;
  note.at = now;
  QString text = typed.simplified();
  static const QRegularExpression clock(QStringLiteral("^([01]?\\d|2[0-3]):([0-5]\\d)(?=\\s|$)(?:\\s*UTC\\b)?\\s*"));
  if (const auto match = clock.match(text); match.hasMatch()) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const auto at =
        day + std::chrono::hours(match.captured(1).toInt()) + std::chrono::minutes(match.captured(2).toInt());
    if (at <= now) {
      note.at = at;
      if (const QString rest = text.mid(match.capturedLength()); !rest.isEmpty())
        text = rest;
    }
  }
  note.text = text.toStdString();
  return note;
}

} // namespace whichbase::ui
