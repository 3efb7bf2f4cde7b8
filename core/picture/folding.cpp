#include "picture/folding.h"

#include "topology/wording.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace whichbase::picture {

namespace {

using layout::Box;
using layout::BoxKind;
using layout::Diagram;
using layout::Path;

bool isCard(const Box& box) {
  return box.key.starts_with("db:");
}

// Servers that count as alike: where they lead, how, and whether they got there.
struct Group {
  std::vector<const Box*> boxes;
  const Path* path = nullptr;
  std::string to;
};

class Folder {
public:
  Folder(const Diagram& diagram, const Folding& folding) : m_folding(folding) {
    m_result.captions = diagram.captions;
    addCards(diagram);
    for (const Path& path : diagram.paths)
      m_paths[path.fromKey] = &path;
    for (const Box& box : diagram.boxes)
      if (!isCard(box))
        addToGroup(box);
  }

  Diagram fold() {
    for (const auto& key : m_order) {
      const Group& group = m_groups[key];
      if (group.boxes.size() <= m_folding.servers)
        for (const Box* box : group.boxes)
          addServer(*box, group, pathOf(*box));
      else
        addServer(stackOf(group), group, group.path);
    }
    return std::move(m_result);
  }

private:
  using Key = std::tuple<std::string, bool, int, std::string, std::string>;

  void addCards(const Diagram& diagram) {
    std::size_t others = 0;
    for (const Box& box : diagram.boxes) {
      if (!isCard(box))
        continue;
      if (m_kept.size() >= m_folding.databases) {
        ++others;
        continue;
      }
      m_kept[box.key] = true;
      m_result.boxes.push_back(box);
    }
    if (others == 0)
      return;
    Box box;
    box.key = otherDatabases;
    box.kind = BoxKind::database;
    box.title = topology::counted(others, "more database");
    m_result.boxes.push_back(box);
  }

  const Path* pathOf(const Box& box) const {
    const auto found = m_paths.find(box.key);
    return found == m_paths.end() ? nullptr : found->second;
  }

  void addToGroup(const Box& box) {
    const Path* path = pathOf(box);
    const std::string to = !path ? "" : m_kept.contains(path->toKey) ? path->toKey : otherDatabases;
    const int style = path && !m_folding.rolesToo ? static_cast<int>(path->style) : 0;
    const Key key{to, path == nullptr, style, m_folding.rolesToo ? "" : box.role, m_folding.rolesToo ? "" : box.moved};
    Group& group = m_groups[key];
    if (group.boxes.empty()) {
      m_order.push_back(key);
      group.path = path;
      group.to = to;
    }
    group.boxes.push_back(&box);
  }

  static Box stackOf(const Group& group) {
    Box stack = *group.boxes.front();
    stack.members.clear();
    for (const Box* box : group.boxes) {
      stack.members.insert(stack.members.end(), box->members.begin(), box->members.end());
      for (const auto& [part, other] :
           {std::pair(&stack.environment, &box->environment), std::pair(&stack.role, &box->role),
            std::pair(&stack.moved, &box->moved), std::pair(&stack.failure, &box->failure)})
        if (*part != *other)
          part->clear();
    }
    if (stack.kind == BoxKind::notReached && stack.failure.empty())
      stack.failure = "for different reasons";
    stack.title = topology::counted(stack.members.size(), "server");
    stack.subtitle = topology::someOf(stack.members, 3);
    return stack;
  }

  void addServer(const Box& box, const Group& group, const Path* path) {
    m_result.boxes.push_back(box);
    if (!path)
      return;
    Path link = *path;
    link.fromKey = box.key;
    link.toKey = group.to;
    const bool alike =
        std::ranges::all_of(group.boxes, [&](const Box* one) { return pathOf(*one)->style == link.style; });
    if (box.members.size() > 1 && !alike)
      link.style = layout::LineStyle::dotted;
    m_result.paths.push_back(std::move(link));
  }

  Folding m_folding;
  Diagram m_result;
  std::map<std::string, bool> m_kept;
  std::map<std::string, const Path*> m_paths; // by the server's key
  std::map<Key, Group> m_groups;
  std::vector<Key> m_order;
};

} // namespace

Diagram folded(const Diagram& diagram, const Folding& folding) {
  if (diagram.boxes.size() <= std::min(folding.servers, folding.databases))
    return diagram;
  return Folder(diagram, folding).fold();
}

} // namespace whichbase::picture
