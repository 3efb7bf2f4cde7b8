#include "compare/read_schema.h"

#include "compare/canonical.h"
#include "compare/open_endpoint.h"
#include "compare/schema_statements.h"
#include "compare/sequence_statements.h"
#include "probe/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <tuple>

namespace whichbase::compare {
namespace {

using pg::ErrorKind;
using namespace std::chrono_literals;

constexpr std::size_t mostSlices = 256;
constexpr int attempts = 3;              // where objects come and go, or are locked, meanwhile
constexpr std::size_t placesAtOnce = 16; // sequences of one statement
constexpr auto lockAtOnce = 1ms;         // while other sequences' locks are held
constexpr auto lockOfOne = 300ms;

// One reading under way.
class Reading {
public:
  Reading(OpenEndpoint opened, pg::TimePoint deadline)
      : m_opened(std::move(opened)), m_deadline(deadline), m_version(m_opened.session->serverVersion()) {}

  std::expected<Schema, Problem> run();

private:
  void readObjects();
  void readExtensionTables();
  void readSequences();
  void readPositions(const std::vector<SequencePlace>& places);
  bool readParts(const std::vector<SchemaPart>& parts);
  bool readSlices(const std::vector<SchemaPart>& parts, std::vector<Object>& objects);
  bool takeObjects(std::vector<Object>& objects);
  SequencePosition positionOf(const SequencePlace& place, const Row* row) const;

  bool ask(const std::string& sql) { return session().query(sql, m_deadline, m_rows, m_error); }
  pg::Session& session() { return *m_opened.session; }
  std::string why(const std::string& what) const { return problemOf(m_error, *m_opened.target, what).text; }

  OpenEndpoint m_opened;
  const pg::TimePoint m_deadline;
  const int m_version;
  pg::Rows m_rows;
  pg::SqlError m_error;
  Schema m_schema;
};

// False where an object went away while its definition was written: look again.
bool Reading::takeObjects(std::vector<Object>& objects) {
  for (auto& row : m_rows.values) {
    const auto kind = objectKindFrom(row.at(0).value_or(""));
    if (!kind || !row.at(3))
      return false;
    Object object{*kind, row.at(1).value_or(""), row.at(2).value_or(""), std::move(*row.at(3))};
    canonicalise(object, m_version);
    objects.push_back(std::move(object));
  }
  return true;
}

// In as many slices as it takes for each to keep its time.
bool Reading::readSlices(const std::vector<SchemaPart>& parts, std::vector<Object>& objects) {
  for (std::size_t slices = 1; slices <= mostSlices; slices *= 4) {
    objects.clear();
    std::size_t done = 0;
    while (done < slices && ask(objectsStatement(parts, {done, slices}))) {
      if (!takeObjects(objects)) {
        m_error = {ErrorKind::sql, "", "an object went away", {}, false};
        return false;
      }
      ++done;
    }
    if (done == slices)
      return true;
    if (m_error.kind != ErrorKind::timeout)
      return false;
  }
  return false;
}

bool Reading::readParts(const std::vector<SchemaPart>& parts) {
  for (int attempt = 1; attempt <= attempts; ++attempt) {
    std::vector<Object> objects;
    if (readSlices(parts, objects)) {
      m_schema.objects.insert(m_schema.objects.end(), std::make_move_iterator(objects.begin()),
                              std::make_move_iterator(objects.end()));
      return true;
    }
    if (session().lost() || m_error.kind == ErrorKind::privilege || m_error.kind == ErrorKind::timeout)
      return false;
    std::this_thread::sleep_for(100ms);
  }
  return false;
}

// All at once, so that they are of one moment; where that is refused, kind by kind, and what is refused stays unknown.
void Reading::readObjects() {
  const auto parts = schemaParts(m_version);
  if (readParts(parts))
    return;
  for (const auto& part : parts) {
    if (session().lost())
      return;
    if (readParts({part}))
      continue;
    m_schema.unread.push_back(fmt::format("{}: {}", part.what, why("reading them")));
    m_schema.unreadKinds.insert(m_schema.unreadKinds.end(), part.kinds.begin(), part.kinds.end());
  }
}

void Reading::readExtensionTables() {
  if (!ask(extensionRelationsStatement())) {
    m_schema.unread.push_back(why("reading which tables extensions brought"));
    return;
  }
  for (const auto& row : m_rows.values)
    m_schema.extensionTables.push_back(row.at(0).value_or(""));
}

SequencePosition Reading::positionOf(const SequencePlace& place, const Row* row) const {
  SequencePosition position;
  position.sequence = place.sequence;
  position.table = place.table;
  position.column = place.column;
  position.increment = place.increment;
  position.unique = place.unique;
  position.greatest = topology::Known<std::int64_t>::unknown(place.whyNoGreatest);
  if (row == nullptr) {
    position.next = topology::Known<std::int64_t>::unknown(place.mayRead ? why("reading " + place.sequence)
                                                                         : "no privilege on " + place.sequence);
    return position;
  }
  position.next = {probe::answer::integer(row->at(1)), row->at(1) ? "" : "it has no next value"};
  if (place.whyNoGreatest.empty())
    position.greatest = {probe::answer::integer(row->at(2)), row->at(2) ? "" : place.table + " is empty"};
  position.nextIsTaken = row->at(3) == "t";
  return position;
}

// Together, and one by one where that is refused.
void Reading::readPositions(const std::vector<SequencePlace>& places) {
  const bool isOne = places.size() == 1;
  const bool good = ask(positionsStatement(places, isOne ? lockOfOne : lockAtOnce));
  if (!good && !isOne) {
    for (const auto& place : places)
      if (!session().lost())
        readPositions({place});
    return;
  }
  if (!good && places[0].whyNoGreatest.empty() && !session().lost()) { // the table may be what is refused
    SequencePlace alone = places[0];
    alone.whyNoGreatest = why("reading the greatest value of " + alone.column);
    return readPositions({alone});
  }
  for (std::size_t at = 0; at < places.size(); ++at) {
    const auto row = std::ranges::find_if(m_rows.values, [&](const Row& values) {
      return good && probe::answer::integer(values.at(0)) == static_cast<std::int64_t>(at);
    });
    m_schema.sequences.push_back(positionOf(places[at], good && row != m_rows.values.end() ? &*row : nullptr));
  }
}

void Reading::readSequences() {
  if (!ask(placesStatement())) {
    m_schema.unread.push_back("where sequences stand: " + why("reading the list of sequences"));
    return;
  }
  std::vector<SequencePlace> readable;
  for (const auto& row : m_rows.values) {
    auto place = readPlace(row);
    if (place.mayRead)
      readable.push_back(std::move(place));
    else
      m_schema.sequences.push_back(positionOf(place, nullptr));
  }
  for (std::size_t at = 0; at < readable.size() && !session().lost(); at += placesAtOnce) {
    const auto begin = readable.begin() + static_cast<std::ptrdiff_t>(at);
    const auto count = static_cast<std::ptrdiff_t>(std::min(placesAtOnce, readable.size() - at));
    readPositions({begin, begin + count});
  }
  std::ranges::sort(m_schema.sequences, {},
                    [](const SequencePosition& s) { return std::tie(s.sequence, s.table, s.column); });
  for (const auto& position : m_schema.sequences)
    if (!position.next && !position.column.empty())
      m_schema.unread.push_back(fmt::format("where {} stands: {}", position.sequence, position.next.reason));
}

std::expected<Schema, Problem> Reading::run() {
  m_schema.database = m_opened.database;
  m_schema.serverVersion = m_opened.serverVersion;
  m_schema.encoding = m_opened.encoding;
  m_schema.collation = m_opened.collation;
  m_schema.readAt = topology::now();
  for (const auto step : {&Reading::readObjects, &Reading::readExtensionTables, &Reading::readSequences}) {
    (this->*step)();
    if (session().lost())
      return std::unexpected(problemOf(m_error, *m_opened.target, "reading the schema"));
  }
  std::ranges::sort(m_schema.objects, {}, [](const Object& o) { return std::tie(o.kind, o.table, o.name); });
  return std::move(m_schema);
}

} // namespace

std::expected<Schema, Problem> readSchema(const Endpoint& endpoint, probe::Connector& connector,
                                          pg::TimePoint deadline) {
  auto opened = openEndpoint(endpoint, connector, deadline);
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  return Reading(std::move(*opened), deadline).run();
}

} // namespace whichbase::compare
