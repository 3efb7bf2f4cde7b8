// Sightings, snapshots and comparisons to test and to draw with: the reference incident, and sides of many shapes.
#pragma once

#include "topology/assemble.h"

#include <cstddef>

namespace whichbase::samples {

// The reference incident. Before: Production Backend writes to A (Local container: 22 users, 17 tables, 3 protection
// triggers), Dashboard and Staging Backend read B (External: 1 user, 9 tables). After: all three are on B (22 users,
// 13 tables, no triggers), proven by their own sessions; A is a ghost, last reached 14:20 UTC.
topology::Sighting incidentBeforeSighting();
topology::Sighting incidentAfterSighting();
topology::Snapshot incidentBefore();
topology::Snapshot incidentAfter();
topology::Comparison incident();

// 60 servers: 2 on A, a clone of B; 54 on B; one of unknown identity; three not reached.
topology::Sighting sixtyServersSighting();
topology::Snapshot sixtyServers();

topology::Snapshot oneServer();
topology::Snapshot twoServers();      // on two databases
topology::Snapshot twelveServers();   // all on one database, reached by two addresses
topology::Snapshot allUnreachable();  // three servers, each failed at another stage
topology::Snapshot unknownIdentity(); // three servers: two on A, one that cannot be told apart from it
topology::Snapshot longNames();       // four servers with names of 60 characters, on two databases with long labels
topology::Snapshot replica();         // a writer on a primary, a reader on its proven standby
// Five servers looked at over routes: one string that leads two of them apart, sessions on another database than the
// configured one, none at all, and a route that needs a login.
topology::Sighting routesSighting();
topology::Snapshot routes();
topology::Comparison oneSideEmpty(); // a before side on which no server had a connection

// `servers` servers on `databases` databases, evenly.
topology::Snapshot manyServers(std::size_t servers, std::size_t databases);

} // namespace whichbase::samples
