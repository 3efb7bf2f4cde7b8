#include "cli/probed_incident.h"

#include "topology/continuity.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {

using history::History;
using topology::Snapshot;

ProbedIncident::ProbedIncident(const ProbeOptions& options, OpenedProject opened, Context& context)
    : m_context(context), m_file(history::historyFileOf(options.project)),
      m_probing(options, std::move(opened), context) {}

bool ProbedIncident::hasFile() const {
  std::error_code ignored;
  return std::filesystem::exists(m_file, ignored);
}

std::optional<history::State> ProbedIncident::lastState() const {
  if (!hasFile())
    return std::nullopt;
  const auto file = History::open(m_file, History::Mode::read);
  if (!file)
    return std::nullopt;
  return (*file)->at(topology::now()).value_or(std::nullopt);
}

bool ProbedIncident::probe() {
  auto sides = m_probing.probed(m_probing.project().hasBefore() ? "both" : "after");
  if (!sides)
    return false;
  m_probing.tellLogins();
  const auto last = lastState();
  m_before = std::move(sides->before);
  const Snapshot* seed = m_before ? &*m_before : last && last->before ? last->before.get() : nullptr;
  topology::Continuity continuity(seed);
  if (last && last->after)
    continuity.recall(*last->after);
  m_after = continuity.follow(std::move(*sides->after));
  return true;
}

std::optional<Reachable> ProbedIncident::reachable(const std::string& name) const {
  const std::string id = databaseCalled(name, m_after);
  auto all = reachable();
  const auto found = std::ranges::find_if(all, [&](const Reachable& candidate) { return candidate.database.id == id; });
  return id.empty() || found == all.end() ? std::nullopt : std::optional(std::move(*found));
}

std::expected<std::unique_ptr<History>, history::Error> ProbedIncident::record() {
  auto file = History::open(m_file, History::Mode::record);
  if (!file)
    return file;
  if (!(*file)->setAside().empty())
    m_context.console.note(
        fmt::format("{} was damaged: it is kept as {}", m_file.string(), (*file)->setAside().string()));
  if (m_before)
    if (auto recorded = (*file)->record(topology::Side::before, *m_before); !recorded)
      return std::unexpected(recorded.error());
  if (auto recorded = (*file)->record(topology::Side::after, m_after); !recorded)
    return std::unexpected(recorded.error());
  return file;
}

compare::Endpoint endpointOf(const Reachable& reachable) {
  compare::Endpoint endpoint{reachable.database.id, {}};
  for (const probe::Target* target : reachable.targets)
    endpoint.targets.push_back(*target);
  endpoint.systemIdentifier = reachable.database.systemIdentifier;
  endpoint.oid = reachable.database.oid;
  return endpoint;
}

} // namespace whichbase::cli
