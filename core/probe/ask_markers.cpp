#include "probe/ask_markers.h"

namespace whichbase::probe {

bool askMarkers(pg::Session& session, const std::function<std::string(bool withControl)>& statement,
                pg::TimePoint deadline, pg::Rows& rows, pg::SqlError& error) {
  const auto ask = [&](bool withControl) {
    return session.query(statement(withControl), deadline, rows, error) && !rows.values.empty();
  };
  return ask(true) || (!session.lost() && ask(false));
}

} // namespace whichbase::probe
