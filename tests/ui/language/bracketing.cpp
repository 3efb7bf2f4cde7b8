#include "bracketing.h"

#include <QRegularExpression>

namespace whichbase::test {

QString Bracketing::translate(const char* context, const char* source, const char*, int) const {
  const QString text = QString::fromUtf8(source);
  // Qt's own, which its own translations are for, and keys.
  static const QRegularExpression key(QStringLiteral("^(Ctrl|Alt|Shift)\\+"));
  if (QByteArray(context).startsWith('Q') || text.contains(key) || text.isEmpty())
    return text;
  const auto more = static_cast<qsizetype>(static_cast<double>(text.size()) * 0.4);
  return QStringLiteral("⟦%1%2⟧").arg(text, QString(more, QChar(u'·')));
}

} // namespace whichbase::test
