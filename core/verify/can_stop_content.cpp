#include "verify/can_stop_content.h"

#include "topology/wording.h"
#include "verify/can_stop_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace whichbase::verify {
namespace {

using compare::DifferenceKind;
using compare::ObjectKind;
using compare::SchemaDifference;
using topology::counted;

struct Wording {
  ObjectKind kind;
  const char* code;
  const char* noun;
  const char* plural;
};
constexpr std::array wordings{
    Wording{ObjectKind::table, "tables", "table", "tables"},
    Wording{ObjectKind::column, "columns", "column", "columns"},
    Wording{ObjectKind::trigger, "triggers", "trigger", "triggers"},
    Wording{ObjectKind::eventTrigger, "triggers", "event trigger", "event triggers"},
    Wording{ObjectKind::sequence, "sequences", "sequence", "sequences"},
    Wording{ObjectKind::extension, "extensions", "extension", "extensions"},
    Wording{ObjectKind::schema, "objects", "schema", "schemas"},
    Wording{ObjectKind::type, "objects", "type", "types"},
    Wording{ObjectKind::view, "objects", "view", "views"},
    Wording{ObjectKind::function, "objects", "function", "functions"},
    Wording{ObjectKind::policy, "objects", "policy", "policies"},
    Wording{ObjectKind::primaryKey, "objects", "primary key", "primary keys"},
    Wording{ObjectKind::unique, "objects", "unique constraint", "unique constraints"},
    Wording{ObjectKind::foreignKey, "objects", "foreign key", "foreign keys"},
    Wording{ObjectKind::check, "objects", "check", "checks"},
    Wording{ObjectKind::exclusion, "objects", "exclusion constraint", "exclusion constraints"},
    Wording{ObjectKind::index, "indexes", "index", "indexes"},
};

using Key = std::tuple<ObjectKind, std::string, std::string>; // kind, table, name

std::set<Key> missingIn(const compare::SchemaComparison& comparison) {
  std::set<Key> missing;
  for (const SchemaDifference& each : comparison.differences)
    if (each.kind == DifferenceKind::missing)
      missing.emplace(each.object, each.table, each.name);
  return missing;
}

std::string nameOf(const Key& key) {
  const auto& [kind, table, name] = key;
  if (table.empty())
    return name;
  return kind == ObjectKind::column ? table + "." + name : fmt::format("{} of {}", name, table);
}

// One look at the content.
class ContentLook {
public:
  ContentLook(const ContentQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
              const std::stop_token& stop, const OnDoing& onDoing, StopAnswer& answer)
      : m_question(question), m_connector(connector), m_deadline(deadline), m_stop(stop), m_onDoing(onDoing),
        m_answer(answer) {}

  void run();

private:
  bool readOwn();
  void readOthers();
  void tellSchemas();
  void tellCounts();
  void tellRows();
  void tellNobodyElse();

  const ContentQuestion& m_question;
  probe::Connector& m_connector;
  const pg::TimePoint m_deadline;
  const std::stop_token& m_stop;
  const OnDoing& m_onDoing;
  StopAnswer& m_answer;
  compare::Schema m_own;
  std::vector<const ContentSide*> m_sides; // whose schema could be read
  std::vector<compare::Schema> m_schemas;  // of those
  std::vector<compare::SchemaComparison> m_comparisons;
};

bool ContentLook::readOwn() {
  if (m_question.asked)
    m_onDoing(fmt::format("Reading the schema of {}", m_question.database->id));
  auto read = m_question.asked ? compare::readSchema(m_question.stop->endpoint, m_connector, m_deadline)
                               : compare::schemaOf(*m_question.database, m_question.stop->snapshot->finishedAt);
  if (!read) {
    m_answer.couldNotLook.push_back("what exists only there: " + read.error().text);
    return false;
  }
  m_own = std::move(*read);
  return true;
}

void ContentLook::readOthers() {
  for (const ContentSide& side : m_question.sides) {
    if (!side.endpoint || side.endpoint->targets.empty()) {
      m_answer.couldNotLook.push_back(fmt::format("whether {} has what is there: it was not reached", side.name));
      continue;
    }
    m_onDoing(fmt::format("Reading the schema of {}", side.id));
    auto read = compare::readSchema(*side.endpoint, m_connector, m_deadline);
    if (!read) {
      m_answer.couldNotLook.push_back(fmt::format("whether {} has what is there: {}", side.name, read.error().text));
      continue;
    }
    m_sides.push_back(&side);
    m_comparisons.push_back(compareSchemas(m_own, *read, m_question.database->id, side.id));
    m_schemas.push_back(std::move(*read));
  }
}

void ContentLook::tellSchemas() {
  std::vector<std::string> names;
  std::set<std::string> unread;
  for (std::size_t at = 0; at < m_sides.size(); ++at) {
    names.push_back(m_sides[at]->id);
    unread.insert(m_comparisons[at].notCompared.begin(), m_comparisons[at].notCompared.end());
    for (const std::string& warning : m_comparisons[at].warnings)
      m_answer.beside.push_back({"sequences", topology::capitalised(warning)});
  }
  for (StopReason& reason : onlyHere(m_comparisons, names))
    (reason.code == "indexes" ? m_answer.beside : m_answer.against).push_back(std::move(reason));
  m_answer.couldNotLook.insert(m_answer.couldNotLook.end(), unread.begin(), unread.end());
  const auto tables = std::ranges::count(m_own.objects, ObjectKind::table, &compare::Object::kind);
  const auto triggers = std::ranges::count(m_own.objects, ObjectKind::trigger, &compare::Object::kind);
  m_answer.lookedAt.push_back(
      fmt::format("{} and {}{}, against those of {}", counted(static_cast<std::size_t>(tables), "table"),
                  counted(static_cast<std::size_t>(triggers), "trigger"),
                  m_own.tablesAndTriggersOnly ? ", as they were recorded" : "", topology::inWords(names)));
}

// Where rows cannot be compared: it has more users than each of the others, so that some of them are only there.
void ContentLook::tellCounts() {
  const auto& users = m_question.database->users;
  std::vector<std::string> others;
  for (const ContentSide& side : m_question.sides) {
    const auto* other = m_question.stop->snapshot->database(side.id);
    const bool isExact = users && users->count && users->kind == topology::CountKind::exact && other && other->users &&
                         other->users->count && other->users->kind == topology::CountKind::exact;
    if (!isExact || *other->users->count >= *users->count)
      return;
    others.push_back(fmt::format("{} in {}", usersText(other->users), side.id));
  }
  if (!others.empty())
    m_answer.against.push_back(
        {"users", fmt::format("It has {} users; there are {}.", usersText(users), topology::inWords(others))});
}

void ContentLook::tellRows() {
  RowsLook look;
  look.id = m_question.database->id;
  look.endpoint = &m_question.stop->endpoint;
  look.smallRows = m_question.stop->smallRows;
  look.estimates = m_question.estimates;
  for (const compare::Object& object : m_own.objects)
    if (object.kind == ObjectKind::table)
      look.tables.push_back(object.name);
  for (std::size_t at = 0; at < m_sides.size(); ++at) {
    RowsSide side{m_sides[at]->id, m_sides[at]->endpoint, {}};
    for (const compare::Object& object : m_schemas[at].objects)
      if (object.kind == ObjectKind::table)
        side.tables.insert(object.name);
    look.sides.push_back(std::move(side));
  }
  if (!addRows(look, m_connector, m_deadline, m_stop, m_onDoing, m_answer))
    tellCounts();
}

void ContentLook::tellNobodyElse() {
  if (!m_question.sides.empty())
    return; // that they were not reached was told
  std::vector<std::string> parts;
  const auto tables = std::ranges::count(m_own.objects, ObjectKind::table, &compare::Object::kind);
  if (tables > 0)
    parts.push_back(counted(static_cast<std::size_t>(tables), "table"));
  const auto& users = m_question.database->users;
  if (users && users->count && *users->count > 0)
    parts.push_back(usersText(users) + (*users->count == 1 ? " user" : " users"));
  if (!parts.empty())
    m_answer.against.push_back(
        {"tables", fmt::format("No other database is in use that could hold its {}.", topology::inWords(parts))});
  m_answer.lookedAt.emplace_back("its tables and users");
}

void ContentLook::run() {
  if (!readOwn()) {
    tellCounts();
    return;
  }
  readOthers();
  if (m_sides.empty()) {
    tellNobodyElse();
    tellCounts();
    return;
  }
  tellSchemas();
  if (m_question.asked && m_question.stop->compareRows) {
    tellRows();
    return;
  }
  m_answer.couldNotLook.emplace_back(m_question.asked ? "rows: they were not to be compared"
                                                      : "rows: those of a database that is not reached cannot be read");
  tellCounts();
}

} // namespace

std::vector<StopReason> onlyHere(const std::vector<compare::SchemaComparison>& comparisons,
                                 const std::vector<std::string>& names) {
  std::vector<StopReason> reasons;
  if (comparisons.empty())
    return reasons;
  std::set<Key> only = missingIn(comparisons.front());
  for (const auto& comparison : comparisons) {
    const std::set<Key> missing = missingIn(comparison);
    std::erase_if(only, [&](const Key& key) { return !missing.contains(key); });
  }
  for (const Wording& wording : wordings) {
    std::vector<std::string> found;
    for (const Key& key : only)
      if (std::get<ObjectKind>(key) == wording.kind)
        found.push_back(nameOf(key));
    if (!found.empty())
      reasons.push_back(
          {wording.code,
           fmt::format("{} {} only there, not in {}: {}.", counted(found.size(), wording.noun, wording.plural),
                       found.size() == 1 ? "is" : "are", topology::inWords(names), topology::someOf(found, 20))});
  }
  return reasons;
}

void addContent(const ContentQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
                const std::stop_token& stop, const OnDoing& onDoing, StopAnswer& answer) {
  ContentLook(question, connector, deadline, stop, onDoing, answer).run();
}

} // namespace whichbase::verify
