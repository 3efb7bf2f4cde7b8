#include "window/shortcut_sheet.h"

#include "style/own_keys.h"
#include "style/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int rowHeight = 17;

QString plain(QString text) {
  text.remove(QLatin1Char('&'));
  text.remove(QStringLiteral("…"));
  return text;
}

QString joined(const QList<QKeySequence>& shortcuts) {
  QStringList keys;
  for (const auto& shortcut : shortcuts)
    if (const QString text = shortcut.toString(QKeySequence::NativeText); !text.isEmpty())
      keys << text;
  keys.removeDuplicates();
  return keys.join(ShortcutSheet::tr(" or "));
}

void addLines(const QList<QAction*>& actions, std::vector<KeyLine>& lines) {
  for (const auto* action : actions) {
    if (const auto* menu = action->menu()) {
      addLines(menu->actions(), lines);
      continue;
    }
    if (const QString keys = joined(action->shortcuts()); action->isVisible() && !keys.isEmpty())
      lines.push_back({keys, plain(action->text())});
  }
}

// Keys of one line stand beside each other where the next ones are told with it.
template <class Command>
KeyGroup groupOf(const QString& title, const std::vector<OwnKey<Command>>& keys) {
  KeyGroup group{title, {}};
  for (const auto& own : keys) {
    QList<QKeySequence> sequences;
    for (const auto key : own.keys)
      sequences << QKeySequence(key);
    if (own.does.isEmpty() && !group.lines.empty())
      group.lines.back().keys += QStringLiteral(", ") + joined(sequences);
    else
      group.lines.push_back({joined(sequences), own.does});
  }
  return group;
}

std::size_t heightOf(const KeyGroup& group) {
  return group.lines.size() + 2; // its title, and the gap after it
}

} // namespace

std::vector<KeyGroup> keyGroups(const QMenuBar& menus) {
  std::vector<KeyGroup> groups;
  for (const auto* action : menus.actions()) {
    KeyGroup group{plain(action->text()), {}};
    if (const auto* menu = action->menu())
      addLines(menu->actions(), group.lines);
    if (!group.lines.empty())
      groups.push_back(std::move(group));
  }
  groups.push_back(groupOf(ShortcutSheet::tr("In a diagram"), diagramKeys()));
  groups.push_back(groupOf(ShortcutSheet::tr("On the timeline"), timeKeys()));
  return groups;
}

ShortcutSheet::ShortcutSheet(const std::vector<KeyGroup>& groups, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Keyboard shortcuts"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* scroll = new QScrollArea(this);
  scroll->setAccessibleName(tr("Keys"));
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget(scroll);
  content->setObjectName(QStringLiteral("content"));
  auto* columns = new QHBoxLayout(content);
  columns->setContentsMargins(22, 14, 22, 14);
  columns->setSpacing(32);
  std::size_t all = 0;
  for (const auto& group : groups)
    all += heightOf(group);
  auto* column = new QVBoxLayout;
  columns->addLayout(column, 1);
  std::size_t used = 0;
  bool second = false;
  for (const auto& group : groups) {
    if (!second && 2 * used + heightOf(group) > all) {
      column->addStretch(1);
      column = new QVBoxLayout;
      columns->addLayout(column, 1);
      second = true;
    }
    addGroup(group, column);
    used += heightOf(group);
  }
  column->addStretch(1);
  scroll->setWidget(content);
  scroll->setFocusPolicy(Qt::StrongFocus); // arrows scroll where it is cut
  layout->addWidget(scroll);
  resize(content->sizeHint().expandedTo(QSize(760, 200)).boundedTo(QSize(1000, 690)));
}

void ShortcutSheet::addGroup(const KeyGroup& group, QVBoxLayout* column) {
  auto* title = new QLabel(group.title, this);
  title->setFont(textFont(12.5, QFont::DemiBold));
  title->setProperty("caption", true);
  title->setFixedHeight(rowHeight + 4);
  column->addWidget(title);
  auto* grid = new QGridLayout;
  grid->setVerticalSpacing(0);
  grid->setHorizontalSpacing(14);
  grid->setColumnStretch(1, 1);
  grid->setColumnMinimumWidth(0, 126);
  int row = 0;
  for (const auto& line : group.lines) {
    auto* keys = new QLabel(line.keys, this);
    auto* does = new QLabel(line.does, this);
    keys->setFont(textFont(12, QFont::DemiBold));
    does->setFont(textFont(12));
    for (auto* label : {keys, does}) {
      label->setTextFormat(Qt::PlainText);
      label->setMinimumHeight(rowHeight);
    }
    keys->setAccessibleDescription(line.does);
    grid->addWidget(keys, row, 0);
    grid->addWidget(does, row++, 1);
  }
  column->addLayout(grid);
  column->addSpacing(7);
  column->setSpacing(0);
}

void ShortcutSheet::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_F1)
    close();
  else
    QDialog::keyPressEvent(event);
}

void showShortcuts(QMainWindow& window) {
  if (auto* shown = window.findChild<ShortcutSheet*>()) {
    shown->close();
    return;
  }
  auto* sheet = new ShortcutSheet(keyGroups(*window.menuBar()), &window);
  sheet->setAttribute(Qt::WA_DeleteOnClose);
  sheet->show();
}

} // namespace whichbase::ui
