#include "window/findings_panel.h"

#include "window/finding_delegate.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

// A list whose rows are as wide as it is: their heights follow from that.
class WrappingList : public QListView {
public:
  WrappingList(FindingDelegate* delegate, QWidget* parent) : QListView(parent), m_delegate(delegate) {
    setItemDelegate(delegate);
    setResizeMode(QListView::Adjust);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
  }

  // Decides again which rows stand with all of their text.
  void refit() {
    m_delegate->setWidth(viewport()->width());
    m_delegate->setCurrent(currentIndex());
    int height = 0;
    for (int row = 0; model() && row < model()->rowCount(); ++row)
      height += m_delegate->fullHeight(model()->index(row, 0));
    m_delegate->setCompact(height > viewport()->height());
    scheduleDelayedItemsLayout();
  }

protected:
  void resizeEvent(QResizeEvent* event) override {
    QListView::resizeEvent(event);
    refit();
  }
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override {
    QListView::currentChanged(current, previous);
    refit();
  }

private:
  FindingDelegate* m_delegate;
};

} // namespace

FindingsPanel::FindingsPanel(QWidget* parent) : QWidget(parent), m_model(new FindingsModel(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(5, 4, 5, 4);
  layout->setSpacing(2);
  m_delegate = new FindingDelegate(this);
  auto* list = new WrappingList(m_delegate, this);
  m_list = list;
  m_list->setModel(m_model);
  connect(m_model, &QAbstractItemModel::modelReset, list, [list] { list->refit(); });
  m_list->setAccessibleName(tr("Findings"));
  m_copyAll = new QPushButton(tr("Copy all findings"), this);
  m_copyAll->setFlat(true);
  m_copyAll->setProperty("flat", true);
  setFocusProxy(m_list);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_copyAll, 0, Qt::AlignLeft);
  auto* copy = new QAction(tr("Copy finding"), this);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  m_list->addAction(copy);
  m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copy, &QAction::triggered, this, &FindingsPanel::copyCurrent);
  connect(m_copyAll, &QPushButton::clicked, this, &FindingsPanel::copyAll);
  const auto choose = [this](const QModelIndex& index) {
    const auto selection = m_model->selectionOf(index);
    if (selection != Selection{})
      Q_EMIT selected(selection);
  };
  connect(m_list, &QListView::clicked, this, choose);
  connect(m_list, &QListView::activated, this, choose);
}

void FindingsPanel::setView(const View& view) {
  m_model->setView(view);
  m_copyAll->setVisible(!view.empty());
}

void FindingsPanel::setTheme(const Theme& theme) {
  m_delegate->setTheme(theme);
  m_list->viewport()->update();
}

void FindingsPanel::setSelection(const Selection& selection) {
  const QString subject = selection.server.isEmpty() ? selection.database : selection.server;
  const auto concerns = [&](const QModelIndex& index) {
    return index.isValid() && !subject.isEmpty() &&
           m_model->data(index, FindingsModel::subjectsRole).toStringList().contains(subject);
  };
  if (concerns(m_list->currentIndex()))
    return;
  m_list->clearSelection();
  m_list->setCurrentIndex({});
  for (int row = 0; row < m_model->rowCount(); ++row)
    if (const auto index = m_model->index(row);
        concerns(index) && m_model->data(index, FindingsModel::kindRole).toInt() == FindingsModel::open) {
      m_list->setCurrentIndex(index);
      return;
    }
}

void FindingsPanel::copyCurrent() {
  if (!m_list->currentIndex().isValid())
    return;
  QApplication::clipboard()->setText(m_model->copyText(m_list->currentIndex()));
  Q_EMIT copied(tr("Finding copied"));
}

void FindingsPanel::copyAll() {
  QApplication::clipboard()->setText(m_model->copyAllText());
  Q_EMIT copied(tr("All findings copied"));
}

} // namespace whichbase::ui
