#include "live/users_count.h"

#include <algorithm>

namespace whichbase::live {
namespace {

using topology::CountKind;
using topology::Known;
using topology::UsersFact;
using topology::UtcTime;

void tellExact(UsersFact& users, const CountedUsers& counted) {
  if (users.kind != CountKind::visibleOnly)
    users.kind = CountKind::exact;
  users.count = Known<std::int64_t>::of(counted.count);
  users.newestAt = counted.newestAt;
  users.estimatedAt.reset();
  users.countedAt = counted.at;
}

void tellEstimate(UsersFact& users, const CountedUsers& counted, const Activity& activity, UtcTime now) {
  const std::int64_t inserted = activity.usersInserted - counted.activity->usersInserted;
  const std::int64_t deleted = activity.usersDeleted - counted.activity->usersDeleted;
  const bool isReset = inserted < 0 || deleted < 0; // somebody reset the statistics
  users.kind = CountKind::estimate;
  users.count = {isReset ? counted.count : std::max<std::int64_t>(0, counted.count + inserted - deleted),
                 "counted before, and told by the statistics since"};
  users.newestAt = counted.newestAt;
  users.estimatedAt = isReset ? counted.at : now;
  users.countedAt = counted.at;
}

} // namespace

void tellUsers(UsersFact& users, const Pulse& pulse, UtcTime now, std::optional<CountedUsers>& counted) {
  if (pulse.users) {
    const Known<UtcTime> newest = pulse.newestUserAt ? Known<UtcTime>::of(*pulse.newestUserAt)
                                  : users.newestAt   ? Known<UtcTime>::unknown("no row has a creation time")
                                                     : users.newestAt;
    counted = {users.relation, *pulse.users, now, newest, pulse.activity};
    tellExact(users, *counted);
    users.countedAt.reset();
    return;
  }
  if (!counted || counted->relation != users.relation)
    return;
  if (!counted->activity)
    counted->activity = pulse.activity;
  const bool isUnchanged = counted->activity->usersInserted == pulse.activity.usersInserted &&
                           counted->activity->usersDeleted == pulse.activity.usersDeleted;
  if (isUnchanged || users.kind == CountKind::visibleOnly || pulse.markers.inRecovery)
    tellExact(users, *counted);
  else
    tellEstimate(users, *counted, pulse.activity, now);
}

} // namespace whichbase::live
