// A field for connection strings and .env texts: what is pasted or entered is taken at once and does not stay to be
// read over somebody's shoulder.
#pragma once

#include <QPlainTextEdit>

namespace whichbase::ui {

class PasteField : public QPlainTextEdit {
  Q_OBJECT
public:
  explicit PasteField(QWidget* parent = nullptr);

Q_SIGNALS:
  void entered(const QString& text); // Enter, or a paste

protected:
  void keyPressEvent(QKeyEvent* event) override;
  void insertFromMimeData(const QMimeData* source) override;
  bool canInsertFromMimeData(const QMimeData* source) const override; // files are the window's to import from
};

} // namespace whichbase::ui
