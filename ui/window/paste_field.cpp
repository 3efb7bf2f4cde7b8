#include "window/paste_field.h"

#include "style/theme.h"

#include <QKeyEvent>
#include <QMimeData>

namespace whichbase::ui {

PasteField::PasteField(QWidget* parent) : QPlainTextEdit(parent) {
  setFont(monoFont(13));
  setTabChangesFocus(true);
  setFixedHeight(64);
  setPlaceholderText(tr("postgresql://user:password@host:5432/database   or the text of an .env file"));
  setAccessibleName(tr("Connection string or .env text"));
}

void PasteField::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
    QPlainTextEdit::keyPressEvent(event);
    return;
  }
  if (!toPlainText().trimmed().isEmpty())
    Q_EMIT entered(toPlainText());
}

bool PasteField::canInsertFromMimeData(const QMimeData* source) const {
  return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void PasteField::insertFromMimeData(const QMimeData* source) {
  const bool whole = toPlainText().isEmpty();
  QPlainTextEdit::insertFromMimeData(source);
  // Only something whole is taken without Enter: part of a string may still be completed by hand.
  if (whole && source->hasText() &&
      (source->text().contains(QStringLiteral("://")) || source->text().trimmed().contains(QLatin1Char('\n'))))
    Q_EMIT entered(toPlainText());
}

} // namespace whichbase::ui
