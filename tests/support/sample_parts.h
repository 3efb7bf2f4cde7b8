// What the sample sightings are put together from.
#pragma once

#include "support/sample_snapshots.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::samples {

// Initialised on 20 Sep and on 30 Nov 2025, 71 days apart.
constexpr std::uint64_t localIdentifier = (1758352980ULL << 32) + 2781;
constexpr std::uint64_t externalIdentifier = ((1758352980ULL + 71 * 86400 + 600) << 32) + 4021;

topology::UtcTime at(std::string_view text);
topology::Facts facts(std::uint64_t identifier, const std::string& name, topology::UtcTime started);
topology::Observation reached(const topology::Facts& facts, topology::UtcTime started);
topology::Observation failed(topology::Stage stage, const std::string& text, const std::string& remedy,
                             topology::UtcTime started);
topology::MaskedConnection connection(const std::string& user, const std::string& host, int port,
                                      const std::string& dbname);
topology::ServerSpec server(const std::string& name, const std::string& address, const std::string& environment,
                            topology::Role role, const topology::MaskedConnection& connection, std::size_t observation);
topology::Sighting sighting(topology::Side side, topology::UtcTime started);
topology::Clients sessions(std::initializer_list<topology::ClientGroup> groups);
topology::UsersFact usersOf(std::int64_t count, topology::UtcTime newest);
topology::MaskedConnection externalConnection();
extern const std::vector<std::string> incidentTables;    // 17 of them
std::vector<std::string> firstTables(std::size_t count); // of the incident's

} // namespace whichbase::samples
