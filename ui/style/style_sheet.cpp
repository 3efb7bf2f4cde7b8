// The application's style sheet: one text with the theme's colours put in.
#include "style/theme.h"

#include <array>
#include <utility>

// Resources of a static library must be asked for by name, and outside any namespace.
static void loadResources() {
  Q_INIT_RESOURCE(whichbase);
}

namespace whichbase::ui {

namespace {

// @name stands for a colour of the theme. Widgets choose a look of their own by object name or dynamic property:
// QFrame[pane="true"] is a white, bordered pane; QLabel[caption="true"] a grey caption; QPushButton[flat="true"] a
// link.
constexpr const char* sheet = R"(
* { color: @text; }
QMainWindow, QDialog, QWidget#central { background: @window; }
QDialog { background: @pane; }
QMenuBar { background: @pane; border-bottom: 1px solid @border; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 5px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @button; }
QMenu { background: @pane; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @secondaryText; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QToolBar { background: @pane; border: none; border-bottom: 1px solid @border; padding: 8px 8px; spacing: 6px; }
QToolBar::separator { width: 8px; background: transparent; }
QToolButton, QPushButton {
  background: @button; border: 1px solid @border; border-radius: 6px; padding: 5px 12px; min-height: 16px;
  font-weight: 500; }
QToolButton:hover, QPushButton:hover { border-color: @secondaryText; }
QToolButton:pressed, QPushButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:checked { border-color: @accent; }
QToolButton:focus, QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QToolButton:disabled, QPushButton:disabled { color: @secondaryText; background: @window; }
QToolButton[writes="true"], QPushButton[writes="true"] { background: transparent; border: 1px dashed @secondaryText; }
QToolButton[writes="true"]:focus, QPushButton[writes="true"]:focus { border: 2px solid @accent; }
QToolButton[writes="true"]:disabled, QPushButton[writes="true"]:disabled { border: 1px dashed @border; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-indicator { image: none; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 2px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:default { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton:default:focus { border: 2px solid @text; padding: 4px 11px; }
QPushButton:default:disabled { background: @button; color: @secondaryText; border-color: @border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: @accent; }
QPushButton[flat="true"]:hover { background: @button; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: @field; border: 1px solid @outline; border-radius: 6px; padding: 5px 9px;
  selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid @accent; padding: 4px 8px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  color: @secondaryText; border-color: @border; }
QComboBox { padding-right: 24px; }
QComboBox:focus { padding-right: 23px; }
QTextBrowser[quiet="true"] { border: 1px solid transparent; background: transparent; padding: 3px 5px; }
QTextBrowser[quiet="true"]:focus { border: 1px solid @accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/chevron-@mode.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @pane; border: 1px solid @border; selection-background-color: @selection;
  selection-color: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @border; background: transparent; top: -1px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @secondaryText; padding: 9px 4px 7px 4px; margin: 0 6px;
  border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { background: @selection; border-radius: 4px; }
QStatusBar { background: @pane; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { padding: 2px 8px; }
QTableView, QTreeView, QListView { background: @pane; alternate-background-color: @card; border: 1px solid transparent;
  gridline-color: @border; selection-background-color: @selection; selection-color: @text; outline: none; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid @accent; }
QTableView::item, QListView::item, QTreeView::item { padding: 4px 6px; border: 1px solid transparent; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: @selection; color: @text; }
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { border: 1px solid @accent; }
QHeaderView { background: @pane; }
QHeaderView::section { background: @pane; color: @secondaryText; border: none; border-bottom: 1px solid @border;
  padding: 6px; font-weight: 600; }
QTableCornerButton::section { background: @pane; border: none; }
QSplitter { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 9px; }
QSplitter::handle:vertical { height: 9px; }
QSplitter::handle:hover, QSplitter::handle:focus { background: @outline; }
QToolTip { background: @card; color: @text; border: 1px solid @border; padding: 5px; }
QFrame[pane="true"] { background: @pane; border: 1px solid @border; border-radius: 7px; }
QFrame[separator="true"] { background: @border; border: none; max-height: 1px; }
QLabel[caption="true"] { color: @secondaryText; }
QLabel[dropHint="true"] { background: @pane; border: 2px dashed @accent; border-radius: 12px; }
QLabel[problem="true"] { color: @bad; }
QLabel[sideName="true"] { color: @secondaryText; font-weight: 600; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QCheckBox, QRadioButton { spacing: 7px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox::indicator { width: 14px; height: 14px; background: @field; border: 1px solid @secondaryText;
  border-radius: 3px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/check-@mode.svg); }
QRadioButton::indicator { width: 14px; height: 14px; background: @field; border: 1px solid @secondaryText;
  border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QRadioButton::indicator:disabled { border-color: @border; }
QCheckBox::indicator:disabled { border-color: @border; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid @accent; }
QGroupBox { border: 1px solid @border; border-radius: 7px; margin-top: 10px; padding-top: 8px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: @secondaryText; }
QProgressBar { background: @button; border: none; border-radius: 3px; height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollArea, QScrollArea > QWidget > QWidget#content { background: transparent; border: none; }
QGraphicsView { background: @pane; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @secondaryText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString Theme::styleSheet() const {
  loadResources();
  // No name is the beginning of another, so that the order does not matter.
  const std::array<std::pair<QString, QString>, 14> values = {{
      {QStringLiteral("@secondaryText"), secondaryText.name()},
      {QStringLiteral("@selection"), selection.name()},
      {QStringLiteral("@onAccent"), onAccent.name()},
      {QStringLiteral("@window"), window.name()},
      {QStringLiteral("@border"), border.name()},
      {QStringLiteral("@button"), button.name()},
      {QStringLiteral("@accent"), accent.name()},
      {QStringLiteral("@outline"), outline.name()},
      {QStringLiteral("@field"), (dark ? window : pane).name()},
      {QStringLiteral("@pane"), pane.name()},
      {QStringLiteral("@card"), card.name()},
      {QStringLiteral("@text"), text.name()},
      {QStringLiteral("@bad"), bad.name()},
      {QStringLiteral("@mode"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
  }};
  QString result = QString::fromLatin1(sheet);
  for (const auto& [name, value] : values)
    result.replace(name, value);
  return result;
}

} // namespace whichbase::ui
