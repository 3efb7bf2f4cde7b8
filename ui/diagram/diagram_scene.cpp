#include "diagram/diagram_scene.h"

#include "diagram/caption_item.h"

#include <QEasingCurve>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace whichbase::ui {

namespace {

constexpr int moveMilliseconds = 420;

bool contains(const std::string& text, const QString& wanted) {
  return QString::fromStdString(text).contains(wanted, Qt::CaseInsensitive);
}

} // namespace

DiagramScene::DiagramScene(QObject* parent) : QGraphicsScene(parent) {
  setItemIndexMethod(NoIndex); // items move and come and go as one; a linear look at them is quicker than a tree
  m_animation.setDuration(moveMilliseconds);
  m_animation.setEasingCurve(QEasingCurve::InOutCubic);
  m_animation.setStartValue(0.0);
  m_animation.setEndValue(1.0);
  connect(&m_animation, &QVariantAnimation::valueChanged, this,
          [this](const QVariant& value) { showMoves(value.toDouble()); });
}

DiagramScene::~DiagramScene() {
  m_animation.stop();
}

NodeItem* DiagramScene::node(const std::string& key) const {
  const auto at = m_nodes.find(key);
  return at == m_nodes.end() ? nullptr : at->second;
}

EdgeItem* DiagramScene::edge(const std::string& key) const {
  const auto at = m_edges.find(key);
  return at == m_edges.end() ? nullptr : at->second;
}

std::vector<NodeItem*> DiagramScene::nodesInReadingOrder() const {
  std::vector<NodeItem*> nodes;
  nodes.reserve(m_nodes.size());
  for (const auto& [key, node] : m_nodes)
    nodes.push_back(node);
  std::ranges::sort(nodes, {}, [](const NodeItem* node) { return std::tuple(node->box().rect.y, node->box().rect.x); });
  return nodes;
}

void DiagramScene::apply(const layout::Diagram& diagram, bool animated) {
  if (diagram == m_diagram)
    return;
  finishMoves();
  removeWhatIsGone(diagram);
  applyNodes(diagram, animated);
  applyEdges(diagram, animated);
  applyCaptions(diagram);
  m_diagram = diagram;
  setSceneRect(0, 0, diagram.width, diagram.height);
  updateEmphasis();
  if (!m_nodeMoves.empty() || !m_edgeMoves.empty())
    m_animation.start();
}

void DiagramScene::removeWhatIsGone(const layout::Diagram& diagram) {
  std::unordered_set<std::string_view> keys;
  for (const auto& box : diagram.boxes)
    keys.insert(box.key);
  for (const auto& path : diagram.paths)
    keys.insert(path.key);
  const auto removeFrom = [&](auto& items) {
    std::erase_if(items, [&](const auto& entry) {
      if (keys.contains(entry.first))
        return false;
      delete entry.second; // leaves the scene by itself
      return true;
    });
  };
  removeFrom(m_nodes);
  removeFrom(m_edges);
}

void DiagramScene::applyNodes(const layout::Diagram& diagram, bool animated) {
  for (const auto& box : diagram.boxes) {
    NodeItem*& node = m_nodes[box.key];
    const QPointF to(box.rect.x, box.rect.y);
    if (!node) {
      node = new NodeItem(m_look);
      node->sync(box);
      node->moveTo(to);
      addItem(node);
      continue;
    }
    node->sync(box);
    if (animated && node->pos() != to)
      m_nodeMoves.push_back({node, node->pos(), to});
    else
      node->moveTo(to);
  }
}

void DiagramScene::applyEdges(const layout::Diagram& diagram, bool animated) {
  for (const auto& path : diagram.paths) {
    EdgeItem*& edge = m_edges[path.key];
    if (!edge) {
      edge = new EdgeItem(m_look);
      edge->sync(path);
      addItem(edge);
      continue;
    }
    if (edge->path() == path)
      continue;
    const layout::Path from = edge->shown();
    edge->sync(path);
    if (!animated)
      continue;
    edge->showAt(between(from, path, 0), from.databaseId, 0);
    m_edgeMoves.push_back({edge, from, from.databaseId});
  }
}

void DiagramScene::applyCaptions(const layout::Diagram& diagram) {
  while (m_captions.size() > diagram.captions.size()) {
    delete m_captions.back();
    m_captions.pop_back();
  }
  while (m_captions.size() < diagram.captions.size()) {
    m_captions.push_back(new CaptionItem(m_look));
    addItem(m_captions.back());
  }
  for (std::size_t i = 0; i < m_captions.size(); ++i)
    m_captions[i]->sync(diagram.captions[i]);
}

void DiagramScene::showMoves(double share) {
  for (const NodeMove& move : m_nodeMoves)
    move.node->moveTo(move.from + (move.to - move.from) * share);
  for (const EdgeMove& move : m_edgeMoves)
    move.edge->showAt(between(move.from, move.edge->path(), share), move.past, share);
  if (share < 1)
    return;
  for (const EdgeMove& move : m_edgeMoves)
    move.edge->sync(move.edge->path());
  m_nodeMoves.clear();
  m_edgeMoves.clear();
}

void DiagramScene::finishMoves() {
  m_animation.stop();
  showMoves(1);
}

void DiagramScene::setLook(const Look& look) {
  m_look = look;
  setBackgroundBrush(look.theme.pane);
  for (const auto& [key, node] : m_nodes)
    node->lookChanged();
  for (const auto& [key, edge] : m_edges)
    edge->lookChanged();
  update();
}

void DiagramScene::select(const std::string& server, const std::string& database) {
  if (server == m_server && database == m_database)
    return;
  m_server = server;
  m_database = database;
  updateEmphasis();
}

void DiagramScene::highlight(const QString& text) {
  if (text == m_highlight)
    return;
  m_highlight = text;
  updateEmphasis();
}

void DiagramScene::setFocused(const std::string& key) {
  m_focused = key;
  updateEmphasis();
}

Emphasis DiagramScene::emphasisOf(const layout::Box& box) const {
  const bool isServer = !box.members.empty();
  if (isServer ? !m_server.empty() && std::ranges::find(box.members, m_server) != box.members.end()
               : !m_database.empty() && box.databaseId == m_database)
    return Emphasis::selected;
  if (!m_highlight.isEmpty()) {
    bool found = contains(box.title, m_highlight) || contains(box.subtitle, m_highlight) ||
                 contains(box.environment, m_highlight) || contains(box.databaseId, m_highlight);
    for (std::size_t i = 0; i < box.members.size() && !found; ++i)
      found = contains(box.members[i], m_highlight);
    return found ? Emphasis::normal : Emphasis::faded;
  }
  return m_databaseIsHere && box.databaseId != m_database ? Emphasis::faded : Emphasis::normal;
}

Emphasis DiagramScene::emphasisOf(const layout::Path& path) const {
  const NodeItem* from = node(path.fromKey);
  const NodeItem* to = node(path.toKey);
  if (!from || !to)
    return Emphasis::normal;
  if (from->state().emphasis == Emphasis::selected || (m_databaseIsHere && path.databaseId == m_database))
    return Emphasis::selected;
  const bool faded =
      from->state().emphasis == Emphasis::faded || (to->state().emphasis == Emphasis::faded && m_highlight.isEmpty());
  return faded ? Emphasis::faded : Emphasis::normal;
}

void DiagramScene::updateEmphasis() {
  m_databaseIsHere = !m_database.empty() && node("db:" + m_database) != nullptr;
  for (const auto& [key, node] : m_nodes)
    node->setState({emphasisOf(node->box()), key == m_focused});
  for (const auto& [key, edge] : m_edges)
    edge->setEmphasis(emphasisOf(edge->path()));
}

} // namespace whichbase::ui
