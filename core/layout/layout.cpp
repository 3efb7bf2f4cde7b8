// From snapshots to diagrams: what stands where, then each side's boxes, links and captions at those places.
#include "layout/box_text.h"
#include "layout/diagram.h"
#include "layout/paths.h"
#include "layout/placement.h"
#include "layout/units.h"
#include "topology/wording.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace whichbase::layout {

namespace {

constexpr std::size_t longestEnvironment = 10; // in characters, on a card

using topology::Database;
using topology::Server;
using topology::Snapshot;

constexpr double lineTextInset = 44;       // of a card: what its lines cannot use, signs included
constexpr double averageLetterWidth = 6.2; // of 12 px text; an estimate, to decide how many rows a line may need
constexpr std::size_t mostCardLines = 6;

bool isProven(std::string_view id) {
  return !id.empty() && id.front() != '?';
}

// A before B before AA before ?1 before ?2.
bool idBefore(const std::string& a, const std::string& b) {
  return std::tuple(!isProven(a), a.size(), a) < std::tuple(!isProven(b), b.size(), b);
}

// A database as both sides see it.
struct Card {
  std::string id;
  std::array<const Database*, 2> databases{};
  std::array<bool, 2> used{}; // a server of that side is on it
  std::array<std::vector<Box::Line>, 2> lines;
};

class Layout {
public:
  Layout(const Sides& sides, const Options& options)
      : m_sides(sides), m_words(options.environmentWords), m_units(unitsOf(sides, options)) {
    collectCards();
    m_placement = place(things(options.width), options.width);
  }

  Diagram diagramOf(std::size_t side) const {
    Diagram diagram;
    diagram.width = m_placement.width;
    diagram.height = m_placement.height;
    diagram.boxes.reserve(m_cards.size() + m_units.size());
    for (std::size_t i = 0; i < m_cards.size(); ++i)
      diagram.boxes.push_back(cardBox(m_cards[i], side, m_placement.cards[i]));
    std::vector<Link> links;
    links.reserve(m_units.size());
    std::size_t notReached = 0;
    for (std::size_t i = 0; i < m_units.size(); ++i) {
      const UnitOnSide& unit = m_units[i].sides[side];
      if (!unit.present())
        continue;
      diagram.boxes.push_back(
          unitBox(m_units[i], side, unit.reached() ? m_placement.servers[i].rect : m_placement.notReached[i]));
      if (unit.reached())
        links.push_back(linkOf(i, side));
      else
        notReached += unit.members.size();
    }
    diagram.paths = pathsOf(links, m_placement);
    if (notReached > 0)
      diagram.captions.push_back({"Not reached · " + std::to_string(notReached), m_placement.caption});
    return diagram;
  }

private:
  void collectCards() {
    for (std::size_t side = 0; side < 2; ++side) {
      if (!m_sides.snapshots[side])
        continue;
      for (const Database& database : m_sides.snapshots[side]->databases)
        cardOf(database.id).databases[side] = &database;
      // A server on a database that the snapshot does not describe: a file from elsewhere. It still gets a card.
      for (const Server& server : m_sides.snapshots[side]->servers)
        if (server.reached())
          cardOf(server.database).used[side] = true;
    }
    std::ranges::sort(m_cards, idBefore, &Card::id);
    m_cardIndex.clear();
    for (std::size_t i = 0; i < m_cards.size(); ++i)
      m_cardIndex.emplace(m_cards[i].id, i);
    for (std::size_t side = 0; side < 2; ++side)
      addCardLines(side);
  }

  void addCardLines(std::size_t side) {
    const Snapshot* snapshot = m_sides.snapshots[side];
    if (!snapshot)
      return;
    const auto lines = topology::allCardLines(*snapshot, m_sides.snapshots[1 - side]);
    for (std::size_t i = 0; i < lines.size(); ++i)
      cardOf(snapshot->databases[i].id).lines[side] = lines[i];
  }

  Card& cardOf(const std::string& id) {
    const auto [at, isNew] = m_cardIndex.try_emplace(id, m_cards.size());
    if (isNew)
      m_cards.emplace_back().id = id;
    return m_cards[at->second];
  }

  std::size_t cardIndex(const std::string& id) const { return m_cardIndex.at(id); }

  Things things(double width) const {
    Things things;
    const double cardWidth =
        std::min(264.0, (width - 32) / static_cast<double>(std::min<std::size_t>(2, m_cards.size() + 1)));
    for (const Card& card : m_cards)
      things.cardLines.push_back(std::max(rowsOf(card.lines[0], cardWidth), rowsOf(card.lines[1], cardWidth)));
    things.home.resize(m_units.size());
    things.serverWants.resize(m_units.size());
    std::vector<std::tuple<std::size_t, bool, std::size_t, std::size_t, std::size_t>> keys;
    for (std::size_t i = 0; i < m_units.size(); ++i) {
      const Unit& unit = m_units[i];
      things.hasStacks = things.hasStacks || unit.isStack;
      things.serverWants[i] = std::max(wantedWidth(unit, 0), wantedWidth(unit, 1));
      std::size_t sum = 0;
      for (const UnitOnSide& side : unit.sides) {
        if (!side.reached())
          continue;
        const std::size_t card = cardIndex(side.database());
        if (!things.home[i])
          things.home[i] = card;
        sum += card;
      }
      if (std::ranges::any_of(unit.sides, [](const UnitOnSide& side) { return side.present() && !side.reached(); }))
        things.notReached.push_back(i);
      keys.emplace_back(things.home[i].value_or(0), !unit.flagged, sum, unit.order, i);
    }
    std::ranges::sort(keys);
    for (const auto& key : keys)
      things.order.push_back(std::get<4>(key));
    return things;
  }

  std::string environmentWord(const std::string& environment) const {
    const auto chosen = m_words.find(environment);
    return chosen == m_words.end() ? topology::environmentWord(environment, longestEnvironment) : chosen->second;
  }

  // Name and letter, or all chips, whichever is wider; names are in bold.
  double wantedWidth(const Unit& unit, std::size_t side) const {
    const auto& members = unit.sides[side].members;
    if (members.empty())
      return 0;
    const auto width = [](const std::string& text, double letter) {
      return letter * static_cast<double>(lengthInCharacters(text));
    };
    double chips = 24;
    for (const std::string& chip :
         {environmentWord(members.front()->environment), roleText(*members.front()), movedText(unit, side)})
      chips += chip.empty() ? 0 : width(chip, averageLetterWidth) + 22;
    const double name = width(unit.isStack ? stackTitle(members) : members.front()->name, 7.3) + 46;
    return std::max(name, chips);
  }

  static std::size_t rowsOf(const std::vector<Box::Line>& lines, double cardWidth) {
    std::size_t rows = 0;
    for (const auto& line : lines)
      rows +=
          static_cast<double>(lengthInCharacters(line.text)) * averageLetterWidth > cardWidth - lineTextInset ? 2 : 1;
    return std::min(rows, mostCardLines);
  }

  Box cardBox(const Card& card, std::size_t side, const Rect& rect) const {
    const Database* database = card.databases[side];
    const Database* named = database ? database : card.databases[1 - side];
    Box box;
    box.key = "db:" + card.id;
    box.kind = card.used[side] ? BoxKind::database : database ? BoxKind::ghost : BoxKind::outline;
    box.rect = rect;
    box.databaseId = card.id;
    box.title = named ? titleOf(*named) : "Database " + card.id;
    box.identityProven = named ? named->identityProven : isProven(card.id);
    if (box.kind == BoxKind::ghost)
      box.subtitle = topology::absenceText(*m_sides.snapshots[side], *database);
    else
      box.subtitle = box.kind == BoxKind::outline ? "not in use here" : named ? subtitleOf(*named) : "";
    if (database) {
      box.usersText = topology::usersText(database->users);
      box.usersWord = box.usersText == "1" ? "user" : "users";
      box.lines = card.lines[side];
    }
    box.tooltip = box.title;
    if (named)
      for (const std::string& text : {subtitleOf(*named), named->place, named->identityReason})
        if (!text.empty())
          box.tooltip += "\n" + text;
    for (const auto& line : box.lines)
      box.tooltip += "\n" + line.text;
    return box;
  }

  Box unitBox(const Unit& unit, std::size_t side, const Rect& rect) const {
    const auto& members = unit.sides[side].members;
    const Server& first = *members.front();
    Box box;
    box.key = unit.isStack ? unit.key : "server:" + first.name;
    box.stackKey = unit.stackKey;
    box.kind = !first.reached() ? BoxKind::notReached : unit.isStack ? BoxKind::stack : BoxKind::server;
    box.rect = rect;
    box.databaseId = first.reached() ? first.database : "";
    box.title = unit.isStack ? stackTitle(members) : first.name;
    box.subtitle = unit.isStack ? addressRange(members) : first.address;
    box.environment = environmentWord(first.environment);
    box.environmentName = first.environment;
    box.role = roleText(first);
    box.failure = failureText(first);
    box.moved = movedText(unit, side);
    if (first.reached())
      box.identityProven = isProven(first.database);
    for (const Server* member : members)
      box.members.push_back(member->name);
    box.tooltip = tooltipOf(box, first);
    return box;
  }

  static std::string tooltipOf(const Box& box, const Server& first) {
    constexpr std::size_t mostNames = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(mostNames, box.members.size()); ++i)
      text += (i == 0 ? "" : "\n") + box.members[i];
    if (box.members.size() > mostNames)
      text += "\n… and " + std::to_string(box.members.size() - mostNames) + " more";
    for (const std::string& line : {box.subtitle, first.connection.text, box.failure})
      if (!line.empty())
        text += "\n" + line;
    return text;
  }

  // Only between two proven databases: an unknown identity may well be the one before.
  static std::string movedText(const Unit& unit, std::size_t side) {
    const UnitOnSide& before = unit.sides[0];
    if (side != 1 || !before.reached() || !unit.sides[1].reached() || before.database() == unit.sides[1].database() ||
        !isProven(before.database()) || !isProven(unit.sides[1].database()))
      return {};
    return "was " + before.database();
  }

  Link linkOf(std::size_t index, std::size_t side) const {
    const Unit& unit = m_units[index];
    const Server& server = *unit.sides[side].members.front();
    Link link;
    link.unit = index;
    link.card = cardIndex(server.database);
    link.fromKey = unit.isStack ? unit.key : "server:" + server.name;
    link.toKey = "db:" + server.database;
    link.databaseId = server.database;
    // Dotted where the identity is unknown or nobody has said what the server does: what it may do decides nothing.
    link.style = !isProven(server.database) || server.role == topology::Role::unstated ? LineStyle::dotted
                 : server.role == topology::Role::writes                               ? LineStyle::solid
                                                                                       : LineStyle::dashed;
    return link;
  }

  Sides m_sides;
  const std::map<std::string, std::string>& m_words; // for environments
  std::vector<Unit> m_units;
  std::vector<Card> m_cards;
  std::unordered_map<std::string, std::size_t> m_cardIndex;
  Placement m_placement;
};

} // namespace

Diagram layOut(const Snapshot& snapshot, const Options& options) {
  return Layout({{nullptr, &snapshot}, {&snapshot.findings}}, options).diagramOf(1);
}

DiagramPair layOut(const topology::Comparison& comparison, const Options& options) {
  const Layout layout({{&comparison.before, &comparison.after}, {&comparison.before.findings, &comparison.findings}},
                      options);
  return {layout.diagramOf(0), layout.diagramOf(1)};
}

} // namespace whichbase::layout
