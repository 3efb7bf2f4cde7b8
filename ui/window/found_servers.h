// A list of servers that were found somewhere, each with a box to tick, its masked connection string, and what is to be
// known of it.
#pragma once

#include <QTreeWidget>

#include <vector>

namespace whichbase::ui {

struct FoundServer {
  QString name;
  QString kind;   // "container", "process"; may be empty
  QString masked; // its connection string
  QString origin; // where it was read
  QString note;   // what to know or to mend; may be empty
};

class FoundServers : public QTreeWidget {
  Q_OBJECT
public:
  explicit FoundServers(QWidget* parent = nullptr);
  void setServers(const std::vector<FoundServer>& servers); // all ticked
  std::vector<std::size_t> ticked() const;

Q_SIGNALS:
  void tickedChanged();

protected:
  void keyPressEvent(QKeyEvent* event) override;
};

} // namespace whichbase::ui
