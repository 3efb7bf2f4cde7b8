// The items of one diagram. apply() brings them to a new diagram by difference: what is gone is removed, what is new is
// added, and what stays is synced and stays the same object.
#pragma once

#include "diagram/edge_item.h"
#include "diagram/node_item.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

#include <string>
#include <unordered_map>
#include <vector>

namespace whichbase::ui {

class CaptionItem;

class DiagramScene : public QGraphicsScene {
public:
  explicit DiagramScene(QObject* parent = nullptr);
  ~DiagramScene() override;

  // With `animated`, what moved glides to its new place, all by one animation.
  void apply(const layout::Diagram& diagram, bool animated);
  void setLook(const Look& look);

  void select(const std::string& server, const std::string& database); // as in Selection
  void highlight(const QString& text);                                 // fades what does not contain it
  void setFocused(const std::string& key);                             // the box with the focus ring; empty: none

  NodeItem* node(const std::string& key) const;
  EdgeItem* edge(const std::string& key) const;
  // Boxes from the upper left to the lower right.
  std::vector<NodeItem*> nodesInReadingOrder() const;
  const layout::Diagram& diagram() const { return m_diagram; }
  const Look& look() const { return m_look; }
  bool isMoving() const { return m_animation.state() == QAbstractAnimation::Running; }
  void finishMoves(); // at once

private:
  struct NodeMove {
    NodeItem* node;
    QPointF from, to;
  };
  struct EdgeMove {
    EdgeItem* edge;
    layout::Path from;
    std::string past;
  };

  void removeWhatIsGone(const layout::Diagram& diagram);
  void applyNodes(const layout::Diagram& diagram, bool animated);
  void applyEdges(const layout::Diagram& diagram, bool animated);
  void applyCaptions(const layout::Diagram& diagram);
  void showMoves(double share);
  void updateEmphasis();
  Emphasis emphasisOf(const layout::Box& box) const;
  Emphasis emphasisOf(const layout::Path& path) const;

  Look m_look;
  layout::Diagram m_diagram;
  std::unordered_map<std::string, NodeItem*> m_nodes;
  std::unordered_map<std::string, EdgeItem*> m_edges;
  std::vector<CaptionItem*> m_captions;
  std::vector<NodeMove> m_nodeMoves;
  std::vector<EdgeMove> m_edgeMoves;
  QVariantAnimation m_animation;
  std::string m_server, m_database, m_focused;
  QString m_highlight;
  bool m_databaseIsHere = false; // the selected database has a card on this side
};

} // namespace whichbase::ui
