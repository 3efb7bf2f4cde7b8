// The findings as a list in two groups: open now, and fixed since before.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"

#include <QAbstractListModel>

#include <map>

namespace whichbase::ui {

class FindingsModel : public QAbstractListModel {
  Q_OBJECT
public:
  enum Kind { heading, open, fixed, note };
  // environmentsRole: those of its servers, each once.
  enum Role {
    kindRole = Qt::UserRole + 1,
    severityRole,
    titleRole,
    textRole,
    remedyRole,
    codeRole,
    subjectsRole,
    environmentsRole
  };

  using QAbstractListModel::QAbstractListModel;
  void setView(const View& view);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

  // What a finding is about, for selecting it everywhere: its first server, else its first database.
  Selection selectionOf(const QModelIndex& index) const;
  // Finding as plain text: title, text and remedy.
  QString copyText(const QModelIndex& index) const;
  QString copyAllText() const;

private:
  struct Row {
    Kind kind = heading;
    topology::Finding finding; // of a heading or a note only the title
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> m_rows;
  std::vector<std::string> m_servers;
  std::map<std::string, std::string> m_environments; // of the servers
};

} // namespace whichbase::ui
