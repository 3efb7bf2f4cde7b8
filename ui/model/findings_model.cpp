#include "model/findings_model.h"

#include <algorithm>

namespace whichbase::ui {

void FindingsModel::setView(const View& view) {
  std::vector<Row> rows;
  const auto add = [&](Kind kind, const topology::Finding& finding) { rows.push_back({kind, finding}); };
  const auto addTitle = [&](Kind kind, const QString& title) {
    topology::Finding finding;
    finding.title = title.toStdString();
    rows.push_back({kind, std::move(finding)});
  };
  if (view.empty()) {
    addTitle(note, tr("Findings appear after the first probe."));
  } else {
    const auto& findings = openFindings(view);
    addTitle(heading, tr("Open now · %L1").arg(findings.size()));
    for (const auto severity : {topology::Severity::error, topology::Severity::warning, topology::Severity::info})
      for (const auto& finding : findings)
        if (finding.severity == severity)
          add(open, finding);
    if (findings.empty())
      addTitle(note, tr("Nothing to mend here."));
    if (view.comparison) {
      addTitle(heading, tr("Fixed since Before · %L1").arg(fixedFindings(view).size()));
      for (const auto& finding : fixedFindings(view))
        add(fixed, finding);
      if (fixedFindings(view).empty())
        addTitle(note, tr("Nothing yet."));
    }
  }
  m_servers.clear();
  m_environments.clear();
  for (const auto& side : {view.before, view.after})
    if (side)
      for (const auto& server : side->servers) {
        m_servers.push_back(server.name);
        m_environments[server.name] = server.environment;
      }
  if (rows == m_rows)
    return; // a live update that found the same keeps the selected row
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid))
    return {};
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  const auto& finding = row.finding;
  switch (role) {
  case Qt::DisplayRole:
  case titleRole:
    return QString::fromStdString(finding.title);
  case Qt::AccessibleTextRole:
  case Qt::ToolTipRole:
    return row.kind == open || row.kind == fixed ? copyText(index) : QString::fromStdString(finding.title);
  case kindRole:
    return row.kind;
  case severityRole:
    return static_cast<int>(finding.severity);
  case textRole:
    return QString::fromStdString(finding.text);
  case remedyRole:
    return QString::fromStdString(finding.remedy);
  case codeRole:
    return QString::fromStdString(finding.code);
  case subjectsRole: {
    QStringList subjects;
    for (const auto& subject : finding.subjects)
      subjects << QString::fromStdString(subject);
    return subjects;
  }
  case environmentsRole: {
    QStringList environments;
    for (const auto& subject : finding.subjects)
      if (const auto known = m_environments.find(subject); known != m_environments.end() && !known->second.empty())
        environments << QString::fromStdString(known->second);
    environments.removeDuplicates();
    return environments;
  }
  default:
    return {};
  }
}

Qt::ItemFlags FindingsModel::flags(const QModelIndex& index) const {
  if (!index.isValid())
    return Qt::NoItemFlags;
  const auto kind = m_rows[static_cast<std::size_t>(index.row())].kind;
  return kind == heading || kind == note ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

Selection FindingsModel::selectionOf(const QModelIndex& index) const {
  Selection selection;
  if (!index.isValid())
    return selection;
  const auto& subjects = m_rows[static_cast<std::size_t>(index.row())].finding.subjects;
  const auto isServer = [&](const std::string& s) { return std::ranges::find(m_servers, s) != m_servers.end(); };
  if (const auto server = std::ranges::find_if(subjects, isServer); server != subjects.end())
    selection.server = QString::fromStdString(*server);
  else if (!subjects.empty())
    selection.database = QString::fromStdString(subjects.front());
  return selection;
}

QString FindingsModel::copyText(const QModelIndex& index) const {
  if (!index.isValid())
    return {};
  const auto& finding = m_rows[static_cast<std::size_t>(index.row())].finding;
  QStringList lines;
  for (const auto& part : {finding.title, finding.text, finding.remedy})
    if (!part.empty())
      lines << QString::fromStdString(part);
  return lines.join(QLatin1Char('\n'));
}

QString FindingsModel::copyAllText() const {
  QStringList parts;
  for (int row = 0; row < rowCount(); ++row)
    parts << copyText(index(row));
  return parts.join(QStringLiteral("\n\n"));
}

} // namespace whichbase::ui
