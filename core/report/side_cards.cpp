#include "report/side_cards.h"

#include "topology/card_lines.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace whichbase::report {
namespace {

using namespace topology;
using Kind = Ink::Kind;

CardText lineOf(const CardLine& line) {
  switch (line.sign) {
  case Sign::good:
    return {"✓ " + line.text, {Kind::good}, 3, {}, true};
  case Sign::warning:
    return {"! " + line.text, {Kind::warning}, 3, {}, true};
  case Sign::bad:
    return {"✗ " + line.text, {Kind::bad}, 3, {}, true};
  case Sign::unknown:
    return {"? " + line.text, {}, 3, {}, true};
  case Sign::none:
    break;
  }
  return {line.text, {}};
}

Card cardOf(const Snapshot& snapshot, const Database& database, const Snapshot* other) {
  Card card;
  card.key = database.id;
  card.letter = letterOf(database);
  card.ink = inkOf(database);
  card.frame = database.ghost ? Stroke::dashed : Stroke::solid;
  const bool labelled = !database.label.empty() && database.label != database.address;
  if (labelled)
    card.lines.push_back({database.label, {Kind::bold}});
  card.lines.push_back({database.address, labelled ? Ink{Kind::dim} : Ink{Kind::bold}, 2, {database.name}});
  if (database.ghost)
    card.lines.push_back({absenceText(snapshot, database), {Kind::dim}});
  card.lines.push_back({usersLine(database), {Kind::bold}});
  for (const CardLine& line : cardLines(snapshot, database, other))
    card.lines.push_back(lineOf(line));
  return card;
}

// A database of the other side that this side knows nothing of.
Card outlineOf(const Database& database, const std::string& side) {
  Card card;
  card.key = database.id;
  card.letter = database.id;
  card.ink = {Kind::dim};
  card.frame = Stroke::dotted;
  card.lines.push_back({database.label.empty() ? database.name : database.label, {Kind::dim}});
  card.lines.push_back({side == "before" ? "not there yet" : "not there any more", {Kind::dim}});
  return card;
}

Stroke arrowOf(Role role) {
  return role == Role::writes ? Stroke::solid : role == Role::reads ? Stroke::dashed : Stroke::dotted;
}

std::string joinedWords(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words)
    if (!word.empty())
      text += (text.empty() ? "" : " · ") + word;
  return text;
}

std::string movedText(const Server& server, const Snapshot* other, Side side) {
  const Server* then = other && side == Side::after ? other->server(server.name) : nullptr;
  if (!then || then->database.empty() || server.database.empty() || then->database == server.database)
    return {};
  return "was " + then->database;
}

Card cardOf(const Snapshot& snapshot, const Server& server, const Snapshot* other) {
  Card card;
  card.key = server.name;
  card.members = {server.name};
  card.lines.push_back({server.name, {Kind::bold}});
  if (!server.address.empty())
    card.lines.push_back({server.address, {Kind::dim}, 1});
  std::vector<std::string> words{environmentWord(server.environment), roleWord(server)};
  const Database* database = server.database.empty() ? nullptr : snapshot.database(server.database);
  if (database) {
    card.database = database->id;
    card.letter = letterOf(*database);
    card.ink = inkOf(*database);
    card.arrow = database->identityProven ? arrowOf(server.role) : Stroke::dotted;
  } else {
    card.letter = "✗";
    card.ink = {Kind::bad};
    card.frame = Stroke::dashed;
  }
  if (const std::string text = joinedWords(words); !text.empty())
    card.lines.push_back({words[0].empty() ? words[1] : words[0],
                          {},
                          2,
                          words[0].empty() || words[1].empty() ? std::vector<std::string>{} : std::vector{words[1]}});
  if (const std::string moved = movedText(server, other, snapshot.side); !moved.empty())
    card.lines.push_back({moved, {Kind::bold}, 1});
  if (server.failure)
    card.lines.push_back({toString(server.failure->stage) + ": " + server.failure->text, {Kind::bad}, 4});
  return card;
}

Card stackOf(const Snapshot& snapshot, const std::vector<const Server*>& members, const Snapshot* other) {
  Card card = cardOf(snapshot, *members.front(), other);
  if (members.size() == 1)
    return card;
  std::string what = members.front()->environment;
  if (what.empty())
    what = "Servers";
  what[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(what[0])));
  card.key = fmt::format("{} ×{}", what, members.size());
  card.members.clear();
  for (const Server* server : members)
    card.members.push_back(server->name);
  card.lines.front().text = card.key;
  if (!members.front()->address.empty() && card.lines.size() > 1)
    card.lines[1].text = members.front()->address + " …";
  return card;
}

// Servers that a finding is about, and not about most of the others, too.
std::set<std::string> singledOut(const Snapshot& snapshot) {
  std::set<std::string> names;
  for (const Finding& finding : snapshot.findings) {
    std::vector<std::string> servers;
    for (const auto& subject : finding.subjects)
      if (snapshot.server(subject))
        servers.push_back(subject);
    if (finding.severity != Severity::info && servers.size() * 4 <= snapshot.servers.size())
      names.insert(servers.begin(), servers.end());
  }
  return names;
}

// What alike servers have in common; a server that stands alone has its name in it.
using Likeness = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>;

std::vector<Card> serverCards(const Snapshot& snapshot, const Snapshot* other, bool stacked) {
  const auto named = stacked ? singledOut(snapshot) : std::set<std::string>{};
  std::map<Likeness, std::size_t> groupOf;
  std::vector<std::vector<const Server*>> groups;
  for (const bool alone : {true, false}) // those that stand alone come first
    for (const Server& server : snapshot.servers) {
      if (alone != (!stacked || named.contains(server.name)))
        continue;
      const Likeness likeness{server.database,
                              server.environment,
                              roleWord(server),
                              server.failure ? toString(server.failure->stage) + server.failure->text : "",
                              movedText(server, other, snapshot.side),
                              alone ? server.name : ""};
      const auto [group, isNew] = groupOf.try_emplace(likeness, groups.size());
      if (isNew)
        groups.emplace_back();
      groups[group->second].push_back(&server);
    }
  std::vector<Card> cards;
  for (const auto& members : groups)
    cards.push_back(stackOf(snapshot, members, other));
  return cards;
}

} // namespace

SideCards cardsOf(const Snapshot& snapshot, const Snapshot* other, bool stacked) {
  SideCards cards;
  for (const Database& database : snapshot.databases)
    cards.databases.push_back(cardOf(snapshot, database, other));
  if (other)
    for (const Database& database : other->databases)
      if (database.identityProven && !snapshot.database(database.id))
        cards.databases.push_back(outlineOf(database, toString(snapshot.side)));
  std::stable_sort(cards.databases.begin(), cards.databases.end(),
                   [](const Card& a, const Card& b) { return paletteIndex(a.key) < paletteIndex(b.key); });
  cards.servers = serverCards(snapshot, other, stacked);
  return cards;
}

int paletteIndex(const std::string& databaseId) {
  int index = 0;
  for (const char letter : databaseId) {
    if (letter < 'A' || letter > 'Z')
      return 1'000'000; // unknown ones last
    index = index * 26 + (letter - 'A' + 1);
  }
  return index - 1;
}

std::string letterOf(const Database& database) {
  return database.identityProven ? database.id : "?";
}

Ink inkOf(const Database& database) {
  return database.identityProven ? Ink{Kind::database, paletteIndex(database.id)} : Ink{Kind::dim};
}

std::string usersLine(const Database& database) {
  if (!database.users)
    return "users: ?";
  const std::string count = usersText(database.users);
  if (count == "?")
    return "users: ?";
  return count + (count == "1" ? " user" : " users") +
         (database.users->kind == CountKind::visibleOnly ? " visible to this role" : "");
}

std::string roleWord(const Server& server) {
  if (server.role != Role::unstated)
    return toString(server.role);
  if (server.readOnly)
    return "read only";
  if (!server.canInsertUsers)
    return {};
  return *server.canInsertUsers ? "can write" : "read only";
}

} // namespace whichbase::report
