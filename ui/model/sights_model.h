// Who sees whom: a row's server looks for the flag of a column's, and the time that a NOTIFY took from there to it.
#pragma once

#include "style/theme.h"
#include "verify/check.h"

#include <QAbstractTableModel>

namespace whichbase::ui {

class SightsModel : public QAbstractTableModel {
  Q_OBJECT
public:
  using QAbstractTableModel::QAbstractTableModel;
  void setResult(verify::CheckResult result);
  void setTheme(const Theme& theme);
  QString describe(const QModelIndex& index) const; // in a sentence

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  bool isStandby(const QModelIndex& index) const; // one of the two, and not both

  verify::CheckResult m_result;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
