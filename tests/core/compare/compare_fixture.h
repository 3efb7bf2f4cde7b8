// Real databases whose schemas are compared.
#pragma once

#include "compare/read_schema.h"
#include "compare/schema_differences.h"
#include "demo/throwaway_cluster.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster();
// One for all tests that only need databases of their own in it, and another one.
demo::ThrowawayCluster& shared();
demo::ThrowawayCluster& another();
// A new database, with what the SQL makes in it.
std::string newDatabase(const std::string& sql = {}, demo::ThrowawayCluster& cluster = shared());

// A copy of the database, which nobody may be connected to.
std::string copyOf(const std::string& database);

// Runs SQL as superuser and fails the test where it fails.
std::string sql(const std::string& database, const std::string& text, demo::ThrowawayCluster& cluster = shared());
// pg_dump of the one into the other, a new database.
std::string restored(const std::string& database, demo::ThrowawayCluster& into, const std::string& createOptions = {});

compare::Endpoint endpointOf(const std::string& database, demo::ThrowawayCluster& cluster = shared(),
                             const std::string& user = "postgres", const std::string& password = {});

// Fails the test where it cannot be read.
compare::Schema schemaOf(const compare::Endpoint& endpoint);
compare::Schema schemaOf(const std::string& database, demo::ThrowawayCluster& cluster = shared());

// The differences as lines, "missing trigger protect of public.users", then the notes, warnings and what was not
// compared.
std::string told(const compare::SchemaComparison& comparison);
std::string told(const std::string& from, const std::string& to);

// The definition of the one object of that kind and name; fails the test where there is none.
std::string definitionOf(const compare::Schema& schema, compare::ObjectKind kind, const std::string& name);

} // namespace whichbase::test
