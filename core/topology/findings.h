// What an engineer must know about one side, by subject. Each function appends what the snapshot proves, and no more.
#pragma once

#include "topology/sessions.h"
#include "topology/view.h"

#include <vector>

namespace whichbase::topology {

using Findings = std::vector<Finding>;

// Who is on what: split, writers-and-readers-apart, clone, same-name-different-database, sibling-database,
// reads-replica.
void addIdentityFindings(Findings& findings, const View& view);

// Unchanged configurations that lead elsewhere than they did: endpoint-moved.
void addMoveFindings(Findings& findings, const View& view);

// What addresses lead to: route-changes-the-answer, same-address-different-database, different-address-same-database.
void addAddressFindings(Findings& findings, const View& view);

// What one database holds and another lacks: left-behind, tables-missing, triggers-missing, stale-database,
// user-counts-differ.
void addContentFindings(Findings& findings, const View& view);

// What was proven beyond the sweep, where nothing else tells it: user-rows-differ, not-seen-by-all.
void addProofFindings(Findings& findings, const View& view);

// What could not be proven or read: identity-unknown, unreachable, looked-from-here.
void addReachFindings(Findings& findings, const View& view, const Sessions& sessions);

// Whose sessions are not where the configuration leads: connected-elsewhere, configured-not-connected.
void addSessionFindings(Findings& findings, const View& view, const Sessions& sessions);

// What the sessions may do and see: cannot-write, users-not-found, count-estimated, count-visible-only.
void addRoleFindings(Findings& findings, const View& view);

// How the servers are configured: url-read-differently, incomplete-connection-string, password-in-project-file,
// unencrypted.
void addConnectionFindings(Findings& findings, const View& view);

} // namespace whichbase::topology
