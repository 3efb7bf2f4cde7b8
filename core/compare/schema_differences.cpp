#include "compare/schema_differences.h"

#include "compare/outline.h"
#include "compare/sequence_differences.h"
#include "connection/connection_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace whichbase::compare {
namespace {

auto identityOf(const Object& object) {
  return std::tie(object.kind, object.table, object.name);
}

// Their names are PostgreSQL's or a framework's choice more often than anybody's.
bool nameMeansNothing(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::primaryKey:
  case ObjectKind::unique:
  case ObjectKind::foreignKey:
  case ObjectKind::check:
  case ObjectKind::exclusion:
  case ObjectKind::index:
    return true;
  default:
    return false;
  }
}

bool isRelation(ObjectKind kind) {
  return kind == ObjectKind::table || kind == ObjectKind::view;
}

// What a line of a missing table's text says of one of its parts.
std::string lineOf(const Object& object) {
  const std::string kind = object.kind == ObjectKind::column ? "" : toString(object.kind) + " ";
  return fmt::format("\n  {}{}: {}", kind, object.name, connection::redact(object.definition));
}

using Objects = std::vector<const Object*>;

class Comparing {
public:
  Comparing(Schema from, Schema to, std::string fromName, std::string toName)
      : m_from(std::move(from)), m_to(std::move(to)), m_fromName(std::move(fromName)), m_toName(std::move(toName)) {}

  SchemaComparison run();

private:
  bool isCompared(const Object& object) const;
  Objects comparedOf(const Schema& schema) const;
  void merge();
  void matchRenamed();
  void tellOneSided(const Objects& objects, DifferenceKind kind);
  void tellDifferent();
  void tellLimits(const Schema& schema, const std::string& name);
  void noteServers();

  const Schema m_from, m_to;
  const std::string m_fromName, m_toName;
  Objects m_onlyFrom, m_onlyTo;
  std::vector<std::pair<const Object*, const Object*>> m_different;
  SchemaComparison m_result;
};

// Neither side may say something about a kind of which the other one does not know all.
bool Comparing::isCompared(const Object& object) const {
  const auto isUnread = [&](const Schema& schema) {
    return std::ranges::find(schema.unreadKinds, object.kind) != schema.unreadKinds.end();
  };
  return !isUnread(m_from) && !isUnread(m_to);
}

// What was kept in a file was redacted.
bool isEqual(const Object& from, const Object& to) {
  return from.definition == to.definition || connection::redact(from.definition) == to.definition ||
         from.definition == connection::redact(to.definition);
}

Objects Comparing::comparedOf(const Schema& schema) const {
  Objects objects;
  for (const auto& object : schema.objects)
    if (isCompared(object))
      objects.push_back(&object);
  std::ranges::sort(objects, {}, [](const Object* object) { return identityOf(*object); });
  return objects;
}

void Comparing::merge() {
  const Objects from = comparedOf(m_from), to = comparedOf(m_to);
  auto a = from.begin();
  auto b = to.begin();
  while (a != from.end() || b != to.end()) {
    if (b == to.end() || (a != from.end() && identityOf(**a) < identityOf(**b))) {
      m_onlyFrom.push_back(*a++);
    } else if (a == from.end() || identityOf(**b) < identityOf(**a)) {
      m_onlyTo.push_back(*b++);
    } else {
      if (!isEqual(**a, **b))
        m_different.emplace_back(*a, *b);
      ++a;
      ++b;
    }
  }
}

// Each is matched with one that says the same of the same table under another name.
void Comparing::matchRenamed() {
  std::multimap<std::tuple<ObjectKind, std::string, std::string>, const Object*> others;
  for (const auto* object : m_onlyTo)
    if (nameMeansNothing(object->kind))
      others.emplace(std::tuple(object->kind, object->table, object->definition), object);
  std::set<const Object*> matched;
  for (const auto* object : m_onlyFrom) {
    const auto found =
        nameMeansNothing(object->kind) ? others.find({object->kind, object->table, object->definition}) : others.end();
    if (found == others.end())
      continue;
    m_result.notes.push_back(fmt::format("The same {} of {} is called {} in {} and {} in {}.", toString(object->kind),
                                         object->table, object->name, m_fromName, found->second->name, m_toName));
    matched.insert({object, found->second});
    others.erase(found);
  }
  for (auto* list : {&m_onlyFrom, &m_onlyTo})
    std::erase_if(*list, [&](const Object* object) { return matched.contains(object); });
}

// A missing table or view is told with all that belongs to it.
void Comparing::tellOneSided(const Objects& objects, DifferenceKind kind) {
  std::map<std::string, std::string> relations;
  for (const auto* object : objects)
    if (isRelation(object->kind))
      relations.emplace(object->name, connection::redact(object->definition));
  for (const auto* object : objects)
    if (const auto relation = relations.find(object->table); relation != relations.end())
      relation->second += lineOf(*object);
  for (const auto* object : objects) {
    if (relations.contains(object->table))
      continue;
    SchemaDifference difference{object->kind, object->table, object->name, kind, {}, {}, {}};
    (kind == DifferenceKind::missing ? difference.from : difference.to) =
        isRelation(object->kind) ? relations.at(object->name) : connection::redact(object->definition);
    m_result.differences.push_back(std::move(difference));
  }
}

std::string majorOf(const Schema& schema) {
  return schema.serverVersion.substr(0, schema.serverVersion.find('.'));
}

bool isWrittenByPostgres(ObjectKind kind) {
  return nameMeansNothing(kind) || kind == ObjectKind::column || kind == ObjectKind::view ||
         kind == ObjectKind::trigger || kind == ObjectKind::policy || kind == ObjectKind::rule ||
         kind == ObjectKind::type;
}

void Comparing::tellDifferent() {
  for (const auto& [from, to] : m_different) {
    SchemaDifference difference{from->kind, from->table, from->name, DifferenceKind::different, {}, {}, {}};
    difference.from = connection::redact(from->definition);
    difference.to = connection::redact(to->definition);
    if (difference.from == difference.to)
      difference.note = "They differ in a password, which is not shown.";
    else if (majorOf(m_from) != majorOf(m_to) && isWrittenByPostgres(from->kind))
      difference.note = fmt::format("PostgreSQL {} and {} may write the same in two ways: compare what it means.",
                                    majorOf(m_from), majorOf(m_to));
    m_result.differences.push_back(std::move(difference));
  }
}

void Comparing::tellLimits(const Schema& schema, const std::string& name) {
  if (schema.tablesAndTriggersOnly)
    m_result.notCompared.push_back(fmt::format("of {} a recording tells only the tables and the triggers", name));
  for (const auto& clause : schema.unread)
    m_result.notCompared.push_back(fmt::format("{}: {}", name, clause));
}

void Comparing::noteServers() {
  const auto note = [&](const char* what, const std::string& from, const std::string& to) {
    if (!from.empty() && !to.empty() && from != to)
      m_result.notes.push_back(fmt::format("The {} is {} in {} and {} in {}.", what, from, m_fromName, to, m_toName));
  };
  note("database's encoding", m_from.encoding, m_to.encoding);
  note("database's collation", m_from.collation, m_to.collation);
  note("server's version", m_from.serverVersion, m_to.serverVersion);
}

SchemaComparison Comparing::run() {
  merge();
  matchRenamed();
  tellOneSided(m_onlyFrom, DifferenceKind::missing);
  tellOneSided(m_onlyTo, DifferenceKind::extra);
  tellDifferent();
  if (!m_from.tablesAndTriggersOnly && !m_to.tablesAndTriggersOnly)
    compareSequences(m_from, m_to, m_fromName, m_toName, m_result);
  std::ranges::sort(m_result.differences, {},
                    [](const SchemaDifference& d) { return std::tie(d.object, d.table, d.name, d.kind); });
  tellLimits(m_from, m_fromName);
  tellLimits(m_to, m_toName);
  noteServers();
  return std::move(m_result);
}

} // namespace

SchemaComparison compareSchemas(const Schema& from, const Schema& to, const std::string& fromName,
                                const std::string& toName) {
  if (!from.tablesAndTriggersOnly && !to.tablesAndTriggersOnly)
    return Comparing(from, to, fromName, toName).run();
  auto extensionTables = from.extensionTables;
  extensionTables.insert(extensionTables.end(), to.extensionTables.begin(), to.extensionTables.end());
  std::ranges::sort(extensionTables);
  return Comparing(outlineOf(from, extensionTables), outlineOf(to, extensionTables), fromName, toName).run();
}

} // namespace whichbase::compare
