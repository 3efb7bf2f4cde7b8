// The servers of a verification, one a row, ticking as each confirms.
#pragma once

#include "model/verification_lines.h"
#include "style/theme.h"

#include <QAbstractTableModel>

#include <map>
#include <string>
#include <vector>

namespace whichbase::ui {

class ServerLinesModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { serverColumn, databaseColumn, textColumn };
  static constexpr int columns = 3;

  using QAbstractTableModel::QAbstractTableModel;
  void setLines(std::vector<ServerLine> lines);
  void setLine(std::size_t row, const ServerLine& line); // what it leaves empty stays
  const std::vector<ServerLine>& lines() const { return m_lines; }
  int confirmed() const; // with the good sign
  void setTheme(const Theme& theme);
  void setEnvironments(const topology::Snapshot& snapshot); // of its servers, shown beside their names
  QString toText() const;                                   // one line a server, for the clipboard

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  std::vector<ServerLine> m_lines;
  std::map<QString, std::string> m_environments;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
