#include "model/visible_text.h"

#include <QChar>
#include <QList>
#include <QStringDecoder>

#include <string_view>

namespace whichbase::ui {

namespace {

bool canBeSeen(char32_t character) {
  if (character == U' ')
    return true;
  switch (QChar::category(character)) {
  case QChar::Other_Control:
  case QChar::Other_Format: // zero width, direction
  case QChar::Other_Surrogate:
  case QChar::Other_PrivateUse:
  case QChar::Other_NotAssigned:
  case QChar::Separator_Space: // looks like a blank, and is none to a shell
  case QChar::Separator_Line:
  case QChar::Separator_Paragraph:
    return false;
  default:
    // Letters without a shape of their own, and what chooses between shapes.
    return character != 0x034F && character != 0x115F && character != 0x1160 && character != 0x3164 &&
           character != 0xFFA0 && !(character >= 0xFE00 && character <= 0xFE0F) &&
           !(character >= 0xE0100 && character <= 0xE01EF);
  }
}

// How many bytes the character at the start has; 0 where they are no UTF-8.
std::size_t lengthOfFirst(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(length)));
    if (!decoder.hasError() && !decoded.isEmpty())
      return length;
  }
  return 0;
}

} // namespace

QString visibleText(const std::string& text) {
  QString visible;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto length = lengthOfFirst(rest);
    if (length == 0) {
      visible +=
          QStringLiteral("⟨%1⟩").arg(static_cast<unsigned char>(rest.front()), 2, 16, QLatin1Char('0')).toUpper();
      rest.remove_prefix(1);
      continue;
    }
    const QString one = QString::fromUtf8(rest.data(), static_cast<qsizetype>(length));
    const auto character = one.toUcs4().value(0);
    visible += canBeSeen(character)
                   ? one
                   : QStringLiteral("⟨U+%1⟩").arg(QString::number(character, 16).toUpper(), 4, QLatin1Char('0'));
    rest.remove_prefix(length);
  }
  return visible;
}

} // namespace whichbase::ui
