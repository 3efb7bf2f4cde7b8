// A real cluster with the incident's tables, and sessions that ask it for pulses.
#pragma once

#include "demo/throwaway_cluster.h"
#include "live/pulse.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace whichbase::test {

// One cluster a test program: database TovPlay with public."User" (22 rows, created_at), games, a protection trigger,
// and a role "reader" (password "pw") that may read the users and nothing more.
demo::ThrowawayCluster& pulseCluster();

// Runs SQL as superuser and fails the test where it fails.
std::string sql(demo::ThrowawayCluster& cluster, const std::string& text, const std::string& database = "TovPlay");

pg::Watchdog& watchdog();
std::unique_ptr<pg::Session> sessionOf(int port, const std::string& database, const std::string& user,
                                       const std::string& password);
std::unique_ptr<pg::Session> sessionOf(demo::ThrowawayCluster& cluster, const std::string& database = "TovPlay");
pg::TimePoint soon(); // a generous deadline

// What the incident's database is asked for; with a count where `counting`.
live::PulseQuestion usersQuestion(bool counting);
// Limits that hold under heavy load.
probe::Limits patientLimits();

// One pulse; fails the test where there is none.
live::Pulse pulseOf(pg::Session& session, const live::PulseQuestion& question);
// The error instead.
pg::SqlError refusedPulse(pg::Session& session, const live::PulseQuestion& question);

} // namespace whichbase::test
