// What the window shows at one moment: the last known sides, as values shared with nobody who may change them.
#pragma once

#include "topology/snapshot.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace whichbase::ui {

struct View {
  // Null where nothing is known of that side yet. Where both are known they lie in `comparison`.
  std::shared_ptr<const topology::Snapshot> before;
  std::shared_ptr<const topology::Snapshot> after;
  std::shared_ptr<const topology::Comparison> comparison;
  bool hasBefore = false;      // two panes, even while the before side is not known yet
  bool beforeRecorded = false; // from a file: "recorded 14:02:11 UTC", not "probed"
  bool afterRecorded = false;  // from a file or the kept recording of the last run
  // Of a replayed history. `replayedAt`: both sides as they were known then, not the present. `beforeAt`: that moment
  // stands as Before.
  std::optional<topology::UtcTime> replayedAt;
  std::optional<topology::UtcTime> beforeAt;
  QString stale; // why `after` is not the present state: the last sweep failed. Empty: it is not stale

  bool empty() const { return !before && !after; }
};

// Compares the sides where both are known; the view's own before and after then bear the comparison's letters.
View makeView(std::shared_ptr<const topology::Snapshot> before, std::shared_ptr<const topology::Snapshot> after);

const std::vector<topology::Finding>& openFindings(const View& view);
const std::vector<topology::Finding>& fixedFindings(const View& view);

// The side that a question about "now" is answered from: after, else before; null where nothing is known.
const topology::Snapshot* present(const View& view);

// "A", "B"; "?" for a database whose identity is unknown; empty for none.
QString letterOf(const std::string& databaseId);

// "2 s ago", "3 min ago", "5 h ago", "6 days ago".
QString ageText(topology::UtcTime then, topology::UtcTime now);

} // namespace whichbase::ui
