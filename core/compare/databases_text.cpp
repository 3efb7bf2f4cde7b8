#include "compare/databases.h"
#include "topology/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace whichbase::compare {
namespace {

constexpr std::size_t mostLines = 40; // of one definition

std::string indented(const std::string& text, const std::string& indent) {
  std::string out;
  std::size_t lines = 0, begin = 0;
  for (std::size_t end = 0; end != std::string::npos && lines < mostLines; begin = end + 1, ++lines) {
    end = text.find('\n', begin);
    out += (out.empty() ? "" : "\n" + indent) + text.substr(begin, end == std::string::npos ? end : end - begin);
    if (end == std::string::npos)
      return out;
  }
  return out + "\n" + indent + "… (--format json has all of it)";
}

std::string titleOf(const SchemaDifference& difference) {
  return fmt::format("{} {}{}{}", toString(difference.object), difference.name, difference.table.empty() ? "" : " of ",
                     difference.table);
}

void addHeading(std::string& out, const std::string& heading) {
  out += "\n" + heading + "\n";
}

void addList(std::string& out, const std::string& heading, const std::vector<std::string>& lines) {
  if (!lines.empty())
    addHeading(out, heading);
  for (const auto& line : lines)
    out += "  " + line + "\n";
}

class Text {
public:
  explicit Text(const DatabasesComparison& comparison) : m_comparison(comparison) {}
  std::string written();

private:
  void addSides();
  void addRows();
  void addResult(const RowsResult& result);
  void addNamed(const std::string& what, const std::vector<NamedRow>& rows, std::int64_t of, const RowsResult& result);
  void addSchema();
  void addOneSided(DifferenceKind kind, const std::string& name);
  void addDifferent();
  std::string schemaSentence() const;
  std::string rowsSentence(const RowsResult& result) const;

  const DatabasesComparison& m_comparison;
  std::string m_out;
};

void Text::addSides() {
  const auto& c = m_comparison;
  m_out += c.different()  ? fmt::format("{} and {} are different.\n", c.from, c.to)
           : c.compared() ? fmt::format("{} and {} are equal in everything that was compared.\n", c.from, c.to)
                          : fmt::format("No difference was found between {} and {}, but not everything could be "
                                        "compared.\n",
                                        c.from, c.to);
  const auto side = [&](const std::string& name, const Schema& schema) {
    m_out += fmt::format("  {}: {}, PostgreSQL {}{}, {} {}\n", name, schema.database, schema.serverVersion,
                         schema.collation.empty() ? "" : fmt::format(", {} {}", schema.encoding, schema.collation),
                         schema.tablesAndTriggersOnly ? "recorded" : "read at", topology::toClockAndDay(schema.readAt));
  };
  side(c.from, c.fromSchema);
  side(c.to, c.toSchema);
}

std::string Text::rowsSentence(const RowsResult& result) const {
  const auto& c = m_comparison;
  if (auto fact = rowsFactOf(result, c.from, c.to))
    return topology::toText(*fact);
  const std::string rows = fmt::format("{} in {}, {} in {}", topology::withCommas(result.fromRows), c.from,
                                       topology::withCommas(result.toRows), c.to);
  if (result.keyColumns.empty())
    return fmt::format("{}: no key that both have; {}", rows,
                       !result.sameChecksum   ? "whether the rows are the same is not known"
                       : *result.sameChecksum ? "the same rows, as a whole"
                                              : "not the same rows");
  return fmt::format(
      "{}: {} only in {}, {} only in {}, {} in both ({} of them different in the columns that both have)", rows,
      topology::withCommas(result.onlyInFrom), c.from, topology::withCommas(result.onlyInTo), c.to,
      topology::withCommas(result.different + result.equal), topology::withCommas(result.different));
}

void Text::addNamed(const std::string& what, const std::vector<NamedRow>& rows, std::int64_t of,
                    const RowsResult& result) {
  if (rows.empty())
    return;
  const auto& c = m_comparison;
  const std::string by = c.hashedUnder.empty() ? topology::inWords(result.keyColumns) : "hashes of their keys";
  m_out += fmt::format("    {}, by {}{}:\n", what, by,
                       static_cast<std::int64_t>(rows.size()) < of
                           ? fmt::format(", {} of {}", rows.size(), topology::withCommas(of))
                           : "");
  for (const auto& row : rows) {
    m_out += "      " + fmt::format("{}", fmt::join(row.key, ", "));
    if (!row.differsIn.empty())
      m_out += fmt::format(" ({})", topology::inWords(row.differsIn));
    const auto add = [&](const std::string& name, const std::vector<std::optional<std::string>>& values) {
      for (std::size_t at = 0; at < values.size() && at < c.shown.size(); ++at)
        m_out += fmt::format("; {} in {}: {}", c.shown[at], name, values[at].value_or("NULL"));
    };
    add(c.from, row.from);
    add(c.to, row.to);
    m_out += "\n";
  }
}

void Text::addResult(const RowsResult& result) {
  const auto& c = m_comparison;
  addNamed("Only in " + c.from, result.namedOnlyInFrom, result.onlyInFrom, result);
  addNamed("Only in " + c.to, result.namedOnlyInTo, result.onlyInTo, result);
  addNamed("Different", result.namedDifferent, result.different, result);
  for (const auto& [columns, name] : {std::pair(&result.fromOnlyColumns, &c.from), {&result.toOnlyColumns, &c.to}})
    if (!columns->empty())
      m_out += fmt::format("    Not compared: {}, only in {}\n", topology::inWords(*columns), *name);
  if (!result.settled)
    m_out += fmt::format("    Somebody was writing meanwhile{}: what differs was looked at again{}\n",
                         result.writing.empty() ? "" : " in " + topology::inWords(result.writing),
                         result.unsettled == 0
                             ? ""
                             : fmt::format(", and {} were still changing",
                                           topology::counted(static_cast<std::size_t>(result.unsettled), "row")));
  if (!result.method.empty())
    m_out += fmt::format("    By {}\n", result.method);
}

void Text::addRows() {
  if (m_comparison.rows.empty())
    return;
  addHeading(m_out, "ROWS");
  for (const auto& table : m_comparison.rows) {
    const std::string relation = table.relation.empty() ? "users" : table.relation;
    if (!table.result) {
      m_out += fmt::format("  {}: not compared: {}.{}{}\n", relation, table.result.error().text,
                           table.result.error().remedy.empty() ? "" : " ", table.result.error().remedy);
      continue;
    }
    m_out += fmt::format("  {}: {}\n", relation, rowsSentence(*table.result));
    addResult(*table.result);
  }
}

std::string Text::schemaSentence() const {
  std::map<std::pair<DifferenceKind, ObjectKind>, std::size_t> numbers;
  for (const auto& difference : m_comparison.schema.differences)
    ++numbers[{difference.kind, difference.object}];
  const auto part = [&](DifferenceKind kind) {
    std::vector<std::string> counts;
    for (const auto& [what, number] : numbers)
      if (what.first == kind)
        counts.push_back(kindsCounted(what.second, number));
    return topology::inWords(counts);
  };
  std::vector<std::string> parts;
  for (const auto& [kind, words] : {std::pair(DifferenceKind::missing, "only in " + m_comparison.from),
                                    std::pair(DifferenceKind::extra, "only in " + m_comparison.to),
                                    std::pair(DifferenceKind::different, std::string("different"))})
    if (const auto text = part(kind); !text.empty())
      parts.push_back(text + " " + words);
  if (parts.empty())
    return m_comparison.schema.notCompared.empty() ? "SCHEMA: no difference"
                                                   : "SCHEMA: no difference in what could be compared";
  return fmt::format("SCHEMA: {}", fmt::join(parts, "; "));
}

void Text::addOneSided(DifferenceKind kind, const std::string& name) {
  bool first = true;
  for (const auto& difference : m_comparison.schema.differences) {
    if (difference.kind != kind)
      continue;
    if (first)
      addHeading(m_out, "ONLY IN " + name);
    first = false;
    const std::string& definition = kind == DifferenceKind::missing ? difference.from : difference.to;
    m_out +=
        fmt::format("  {}{}{}\n", titleOf(difference), definition.empty() ? "" : ": ", indented(definition, "    "));
    if (!difference.note.empty())
      m_out += "    " + difference.note + "\n";
  }
}

void Text::addDifferent() {
  bool first = true;
  for (const auto& difference : m_comparison.schema.differences) {
    if (difference.kind != DifferenceKind::different)
      continue;
    if (first)
      addHeading(m_out, "DIFFERENT");
    first = false;
    m_out += fmt::format("  {}\n    {}: {}\n    {}: {}\n", titleOf(difference), m_comparison.from,
                         indented(difference.from, "       "), m_comparison.to, indented(difference.to, "       "));
    if (!difference.note.empty())
      m_out += "    " + difference.note + "\n";
  }
}

void Text::addSchema() {
  addHeading(m_out, schemaSentence());
  addOneSided(DifferenceKind::missing, m_comparison.from);
  addOneSided(DifferenceKind::extra, m_comparison.to);
  addDifferent();
  addList(m_out, "INSERTS THAT WILL FAIL", m_comparison.schema.warnings);
  addList(m_out, "NOT COMPARED", m_comparison.schema.notCompared);
  addList(m_out, "NOT THE SAME, BUT NO DIFFERENCE", m_comparison.schema.notes);
  m_out += fmt::format("\nNot looked at: {}.\n", notInSchemas);
}

std::string Text::written() {
  addSides();
  addRows();
  addSchema();
  return std::move(m_out);
}

} // namespace

std::string toText(const DatabasesComparison& comparison) {
  return Text(comparison).written();
}

} // namespace whichbase::compare
