// The diagram in small, to be dragged into another program: as a picture, and as a file that bears the incident's name.
#pragma once

#include "style/theme.h"

#include <QByteArray>
#include <QImage>
#include <QWidget>

#include <memory>

class QMimeData;
class QTemporaryDir;

namespace whichbase::ui {

class DiagramThumbnail : public QWidget {
  Q_OBJECT
public:
  explicit DiagramThumbnail(QWidget* parent = nullptr);
  ~DiagramThumbnail() override; // the file goes with it

  // `image`: the diagram in small; `png`: the whole, which is what is dragged; `name`: of the file, without an ending.
  void setPicture(const QImage& image, const QByteArray& png, const QString& name);
  void setTheme(const Theme& theme);
  // What a drag carries now; null where there is no picture yet.
  std::unique_ptr<QMimeData> dragged();

  QSize sizeHint() const override { return {300, 150}; }

Q_SIGNALS:
  void copyRequested(); // by the keyboard

protected:
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  QRect pictureRect() const;

  std::unique_ptr<QTemporaryDir> m_folder; // made with the first drag
  QImage m_image;
  QByteArray m_png;
  QString m_name;
  bool m_drawn = false; // or tried
  QPoint m_pressed;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
