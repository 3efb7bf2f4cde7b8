#include "topology/verdict.h"

#include "topology/split_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

struct Tally {
  std::vector<const Server*> notReached;
  std::vector<const Server*> unknown; // reached, but its database's identity is not proven
  std::vector<const Server*> loose;   // on a standby whose primary is not proven
  std::vector<const Server*> fromHere;
};

Tally tallyOf(const View& view) {
  Tally tally;
  for (const Server& server : view.snapshot().servers) {
    const Database* database = view.databaseOf(server);
    if (!server.reached() || !database) {
      tally.notReached.push_back(&server);
      continue;
    }
    if (!database->identityProven)
      tally.unknown.push_back(&server);
    else if (View::isLooseStandby(*database))
      tally.loose.push_back(&server);
    if (server.lookedFromHere)
      tally.fromHere.push_back(&server);
  }
  return tally;
}

bool isSplit(const View& view) {
  for (const Database* a : view.used())
    for (const Database* b : view.used())
      if (view.isDifferent(*a, *b))
        return true;
  return false;
}

// All on one database, or on it and its proven standbys.
bool isOneSource(const View& view) {
  return std::ranges::all_of(view.used(), [&](const Database* each) {
    return each->identityProven && view.source(*each).id == view.source(*view.used().front()).id;
  });
}

// Each server's own sessions were seen, and nowhere else, as far as every other database shows all of its sessions.
bool isProvenBySessions(const View& view, const Sessions& sessions) {
  return std::ranges::all_of(view.snapshot().servers, [&](const Server& server) {
    const SessionsOf& seen = sessions.of(server);
    const Database* own = view.databaseOf(server);
    if (!own || !seen.onOwn || seen.elsewhere)
      return false;
    return std::ranges::all_of(view.snapshot().databases, [&](const Database& other) {
      return !other.answered || view.source(other).id == view.source(*own).id || Sessions::areFullySeen(other);
    });
  });
}

std::string whatIsMissing(const Tally& tally) {
  std::vector<std::string> parts;
  if (!tally.notReached.empty())
    parts.push_back(counted(tally.notReached.size(), "server") + " not reached");
  if (!tally.unknown.empty())
    parts.push_back(counted(tally.unknown.size(), "identity", "identities") + " unknown");
  if (!tally.loose.empty())
    parts.push_back(counted(tally.loose.size(), "server") + " on a standby whose primary is not proven");
  return parts.empty() ? std::string() : fmt::format("{}.", fmt::join(parts, "; "));
}

std::string fromHereText(const Tally& tally) {
  if (tally.fromHere.empty())
    return {};
  const Server& first = *tally.fromHere.front();
  return fmt::format("{} was looked up from this computer, not from {}.", endpointText(first.connection),
                     someOf(View::names(tally.fromHere), 2));
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences)
    if (!sentence.empty())
      text += (text.empty() ? "" : " ") + sentence;
  return text;
}

std::string notReachedGhosts(const View& view) {
  std::vector<std::string> ids;
  for (const Database& database : view.snapshot().databases)
    if (database.ghost && !database.answered && !database.gone)
      ids.push_back(database.id);
  return ids.empty() ? std::string()
                     : fmt::format("{} {} not reached.", inWords(ids), ids.size() == 1 ? "was" : "were");
}

// Why it is proven only where the configurations lead.
std::string whyNotBySessions(const View& view, const Sessions& sessions) {
  std::vector<std::string> unseen;
  for (const Server& server : view.snapshot().servers)
    if (!sessions.of(server).onOwn)
      unseen.push_back(server.name);
  if (!unseen.empty())
    return fmt::format("No session could be told to be of {}, so that what {} is not proven.", someOf(unseen, 2),
                       unseen.size() == 1 ? "it uses" : "they use");
  if (!sessions.strays().empty())
    return fmt::format("Sessions of {} are on {}.", sessions.strays().front().servers.front()->name,
                       sessions.strays().front().database->id);
  for (const Database& database : view.snapshot().databases)
    if (database.answered && !Sessions::areFullySeen(database))
      return fmt::format("Sessions on {} are hidden, so that none elsewhere is not proven.", database.id);
  return {};
}

Verdict nothingToCompare(const View& view, const Sessions& sessions, const Tally& tally) {
  const Server& server = view.snapshot().servers.front();
  const Database* database = view.databaseOf(server);
  Verdict verdict{VerdictKind::nothingToCompare, false, {}, {}};
  if (!server.reached() || !database) {
    verdict.text = server.name + " was not reached";
    verdict.detail = server.failure ? fmt::format("{}: {}", toString(server.failure->stage), server.failure->text) : "";
    return verdict;
  }
  verdict.provenBySessions = database->identityProven && isProvenBySessions(view, sessions);
  verdict.text = fmt::format(fmt::runtime(verdict.provenBySessions ? "{} is on {}" : "{} leads to {}"), server.name,
                             View::named(*database));
  verdict.detail = joined({usersIn(view.used()), "One server: nothing to compare.", fromHereText(tally)});
  return verdict;
}

Verdict singleSource(const View& view, const Sessions& sessions) {
  Verdict verdict{VerdictKind::singleSource, isProvenBySessions(view, sessions), {}, {}};
  const Database& source = view.source(*view.used().front());
  std::vector<std::string> standbys;
  for (const Database* each : view.used())
    if (each->id != source.id)
      standbys.push_back(each->id);
  std::string place = source.id;
  if (!standbys.empty())
    place += fmt::format(" and its {} {}", standbys.size() == 1 ? "standby" : "standbys", inWords(standbys));
  const std::size_t count = view.snapshot().servers.size();
  const std::string all = count == 2 ? "Both" : fmt::format("All {}", withCommas(static_cast<std::int64_t>(count)));
  if (verdict.provenBySessions) {
    verdict.text = fmt::format("{} servers are on {}", all, place);
    verdict.detail = joined({"Their own sessions seen there, and none elsewhere.", notReachedGhosts(view)});
  } else {
    verdict.text = fmt::format("{} configurations lead to {}", all, place);
    verdict.detail = joined({whyNotBySessions(view, sessions), notReachedGhosts(view)});
  }
  return verdict;
}

Verdict undetermined(const View& view, const Tally& tally) {
  Verdict verdict{VerdictKind::undetermined, false, {}, {}};
  const std::size_t all = view.snapshot().servers.size();
  const auto ofAll = [&](const std::vector<const Server*>& some) {
    return fmt::format("{} of {} servers", some.size(), all);
  };
  const auto was = [](const std::vector<const Server*>& some) { return some.size() == 1 ? "was" : "were"; };
  if (all == 0) {
    verdict.text = "No server has a connection on this side";
    return verdict;
  }
  if (tally.notReached.size() == all)
    verdict.text = "No server was reached";
  else if (!tally.notReached.empty())
    verdict.text = fmt::format("Cannot tell: {} {} not reached", ofAll(tally.notReached), was(tally.notReached));
  else if (!tally.unknown.empty())
    verdict.text = fmt::format("Cannot tell: the {} of {} could not be identified",
                               tally.unknown.size() == 1 ? "database" : "databases", ofAll(tally.unknown));
  else if (!tally.loose.empty() && !isOneSource(view))
    verdict.text = fmt::format("Cannot tell: {} a standby whose primary is not proven",
                               ofAll(tally.loose) + (tally.loose.size() == 1 ? " is on" : " are on"));
  else
    verdict.text =
        fmt::format("Cannot tell: {} {} looked up from this computer", ofAll(tally.fromHere), was(tally.fromHere));
  verdict.detail = joined({usersIn(view.used()), whatIsMissing(tally), fromHereText(tally)});
  return verdict;
}

} // namespace

Verdict judge(const View& view, const Sessions& sessions) {
  const Tally tally = tallyOf(view);
  const std::size_t servers = view.snapshot().servers.size();
  Verdict verdict{VerdictKind::split, false, {}, {}};
  if (servers == 1) {
    verdict = nothingToCompare(view, sessions, tally);
  } else if (isSplit(view)) {
    verdict.text = splitHeadline(view);
    verdict.detail = joined({splitDetail(view), whatIsMissing(tally), fromHereText(tally)});
  } else if (servers > 1 && tally.notReached.empty() && tally.fromHere.empty() && isOneSource(view)) {
    verdict = singleSource(view, sessions);
  } else {
    verdict = undetermined(view, tally);
  }
  if (const auto told = toldVerification(view.snapshot()); told && servers > 0)
    verdict.detail = joined({verdict.detail, told->text});
  return verdict;
}

} // namespace whichbase::topology
