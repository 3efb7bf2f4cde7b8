#include "window/found_servers.h"

#include "style/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace whichbase::ui {

FoundServers::FoundServers(QWidget* parent) : QTreeWidget(parent) {
  setColumnCount(3);
  setHeaderLabels({tr("Server"), tr("Connection"), tr("Read from")});
  setRootIsDecorated(true);
  setAlternatingRowColors(false);
  setWordWrap(false); // would cut a URL at its first slash
  setTextElideMode(Qt::ElideMiddle);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setAccessibleName(tr("Servers found"));
  header()->setStretchLastSection(true);
  header()->setSectionResizeMode(0, QHeaderView::Interactive);
  connect(this, &QTreeWidget::itemChanged, this, [this] { Q_EMIT tickedChanged(); });
}

void FoundServers::setServers(const std::vector<FoundServer>& servers) {
  const QSignalBlocker quiet(this);
  clear();
  for (const auto& server : servers) {
    auto* item = new QTreeWidgetItem(this, {server.name, server.masked, server.origin});
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(0, Qt::Checked);
    item->setFont(0, textFont(13, QFont::DemiBold));
    item->setFont(1, monoFont(12.5));
    for (int column = 0; column < 3; ++column)
      item->setToolTip(column, item->text(column));
    if (!server.kind.isEmpty())
      item->setText(2,
                    server.origin.isEmpty() ? server.kind : QStringLiteral("%1, %2").arg(server.kind, server.origin));
    if (server.note.isEmpty())
      continue;
    auto* note = new QTreeWidgetItem(item, {server.note});
    note->setFlags(Qt::ItemIsEnabled);
    note->setToolTip(0, server.note);
    note->setFirstColumnSpanned(true);
    item->setExpanded(true);
  }
  setColumnWidth(0, 190);
  setColumnWidth(1, std::max(240, (viewport()->width() - 190) * 6 / 10));
  if (topLevelItemCount() > 0)
    setCurrentItem(topLevelItem(0));
}

std::vector<std::size_t> FoundServers::ticked() const {
  std::vector<std::size_t> rows;
  for (int row = 0; row < topLevelItemCount(); ++row)
    if (topLevelItem(row)->checkState(0) == Qt::Checked)
      rows.push_back(static_cast<std::size_t>(row));
  return rows;
}

void FoundServers::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
    event->ignore(); // the dialog's default button
  else
    QTreeWidget::keyPressEvent(event);
}

} // namespace whichbase::ui
