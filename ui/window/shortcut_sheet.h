// The cheat-sheet of keys (F1): made from the menus' own actions and the keys of diagram and timeline, so that it
// cannot say what is not so.
#pragma once

#include <QDialog>

#include <vector>

class QMainWindow;
class QMenuBar;
class QVBoxLayout;

namespace whichbase::ui {

struct KeyLine {
  QString keys; // "Ctrl+S"; several with " or " between
  QString does;
};

struct KeyGroup {
  QString title;
  std::vector<KeyLine> lines;
};

// One group a menu, of the visible commands that have a shortcut, submenus included; then diagram and timeline.
std::vector<KeyGroup> keyGroups(const QMenuBar& menus);

class ShortcutSheet : public QDialog {
  Q_OBJECT
public:
  ShortcutSheet(const std::vector<KeyGroup>& groups, QWidget* parent);

protected:
  void keyPressEvent(QKeyEvent* event) override; // F1 closes what F1 opened

private:
  void addGroup(const KeyGroup& group, QVBoxLayout* column);
};

// Shows the sheet of that window, or closes it where it is shown.
void showShortcuts(QMainWindow& window);

} // namespace whichbase::ui
