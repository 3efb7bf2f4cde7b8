// What was proven beyond a sweep: kept, told in the pane, and carried from one state to the next.
#include "model/carried_proofs.h"
#include "window/document.h"

#include <algorithm>

namespace whichbase::ui {

QString Document::whyNoLook() const {
  if (isHistory())
    return tr("This is a history: open its project to do that.");
  if (!m_project)
    return m_open ? tr("These are recordings: open a project to do that.") : tr("Open a project first.");
  if (m_replay.active())
    return tr("This is a moment of the past: go back to now first (Esc).");
  if (m_project->servers.empty())
    return tr("No server is configured: add one with Edit › Edit project…");
  if (!m_after || m_afterRecorded || !m_trusted)
    return tr("Probe now first (Ctrl+Return): nothing was connected to yet.");
  return {};
}

std::expected<Document::Surroundings, QString> Document::surroundings() {
  if (const QString why = whyNoLook(); !why.isEmpty())
    return std::unexpected(why);
  return Surroundings{request(), m_view.after ? m_view.after : m_after, m_file};
}

void Document::addProof(const topology::RowsFact& rows) {
  topology::Proofs added;
  added.rows = {rows};
  addProofs(added);
}

void Document::addProof(const topology::Verification& verification) {
  topology::Proofs added;
  added.verification = verification;
  addProofs(added);
}

// They bear the letters of the view, as whoever took them saw them there.
void Document::addProofs(const topology::Proofs& added) {
  if (!m_project || !m_after)
    return; // something else was opened meanwhile
  const auto own = m_view.after ? carried(added, *m_view.after, *m_after) : added;
  for (const auto& rows : own.rows)
    m_proofs = with(std::move(m_proofs), rows);
  if (own.verification)
    m_proofs = with(std::move(m_proofs), *own.verification);
  auto seen = std::make_shared<topology::Snapshot>(*m_after); // as it was when that was proven
  for (const auto& rows : own.rows)
    seen->finishedAt = std::max(seen->finishedAt, rows.at);
  if (own.verification)
    seen->finishedAt = std::max(seen->finishedAt, own.verification->at);
  m_recorder.record(nullptr, seen, false, m_proofs);
  if (m_after->complete)
    keep(m_after, topology::Side::after);
  show(m_before, m_after, m_view.stale);
}

void Document::carryProofs(const SnapshotPtr& to) {
  if (m_after && to && !m_proofs.empty())
    m_proofs = carried(m_proofs, *m_after, *to);
}

} // namespace whichbase::ui
