#include "compare/rows_scan.h"

#include <fmt/format.h>

namespace whichbase::compare {

Problem notUnderstood(const RowsSide& side) {
  return {fmt::format("what {} answered could not be read", side.name), "This server may not be PostgreSQL."};
}

Scan::Scan(const RowsSide& side, Pieces& pieces, Statement statement, ReadRows read)
    : m_side(side), m_pieces(pieces), m_statement(std::move(statement)), m_read(std::move(read)) {
  m_pieces.restart();
}

std::string Scan::next(const probe::Limits& limits) {
  return m_pieces.atEnd() ? "" : m_statement({limits, m_pieces.condition()});
}

std::optional<Problem> Scan::take(const pg::Rows& rows, std::chrono::milliseconds took) {
  if (!m_read(rows))
    return notUnderstood(m_side);
  m_pieces.advance(took);
  return std::nullopt;
}

Ask::Ask(const RowsSide& side, Statement statement, ReadRows read)
    : m_side(side), m_statement(std::move(statement)), m_read(std::move(read)) {}

std::string Ask::next(const probe::Limits& limits) {
  return m_done ? "" : m_statement(limits);
}

std::optional<Problem> Ask::take(const pg::Rows& rows, std::chrono::milliseconds) {
  m_done = true;
  return m_read(rows) ? std::nullopt : std::optional(notUnderstood(m_side));
}

} // namespace whichbase::compare
