// Takes files that are dropped anywhere on a window, whatever widget lies there, and says so while they are held over
// it. Dialogs keep what is dropped on them.
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

class QLabel;
class QMimeData;
class QWidget;

namespace whichbase::ui {

class DropArea : public QObject {
  Q_OBJECT
public:
  explicit DropArea(QWidget& window); // watches the application for events of its widgets
  bool isHinting() const;

Q_SIGNALS:
  void dropped(const QStringList& files);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void showHint();

  QWidget& m_window;
  QLabel* m_hint;
  QTimer m_leaving; // from one widget to the next is no leaving
};

// The local files in it, of any number of kinds.
QStringList localFilesIn(const QMimeData& data);

} // namespace whichbase::ui
