// Reads a database's schema from its catalogs, in short read-only transactions.
#pragma once

#include "compare/endpoint.h"
#include "compare/problem.h"
#include "compare/schema.h"
#include "probe/connector.h"
#include "topology/snapshot.h"

#include <chrono>
#include <expected>
#include <filesystem>
#include <stop_token>

namespace whichbase::compare {

std::expected<Schema, Problem> readSchema(const Endpoint& endpoint, probe::Connector& connector,
                                          pg::TimePoint deadline);

// What a recorded snapshot knows of one of its databases: tables and triggers; a problem where it knows not even that.
std::expected<Schema, Problem> schemaOf(const topology::Database& database, topology::UtcTime at);

// {"format": "whichbase/schema", "version": 1, …}; reading refuses what is not one, naming the line or key.
std::string toJson(const Schema& schema);
std::expected<Schema, Problem> schemaFromJson(const std::string& text);

} // namespace whichbase::compare
