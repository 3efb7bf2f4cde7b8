#include "compare_fixture.h"

#include "support/run_program.h"

#include <fmt/format.h>

namespace whichbase::test {

using namespace compare;

std::unique_ptr<demo::ThrowawayCluster> newCluster() {
  auto cluster = demo::ThrowawayCluster::create({});
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  return std::move(*cluster);
}

demo::ThrowawayCluster& shared() {
  static const auto cluster = newCluster();
  return *cluster;
}

demo::ThrowawayCluster& another() {
  static const auto cluster = newCluster();
  return *cluster;
}

std::string newDatabase(const std::string& text, demo::ThrowawayCluster& cluster) {
  static int number = 0;
  const std::string name = fmt::format("compared{}", ++number);
  sql("postgres", "CREATE DATABASE " + name, cluster);
  if (!text.empty())
    sql(name, text, cluster);
  return name;
}

std::string copyOf(const std::string& database) {
  static int number = 0;
  const std::string name = fmt::format("copy{}", ++number);
  sql("postgres", fmt::format("CREATE DATABASE {} TEMPLATE {}", name, database));
  return name;
}

std::string sql(const std::string& database, const std::string& text, demo::ThrowawayCluster& cluster) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

std::string restored(const std::string& database, demo::ThrowawayCluster& into, const std::string& createOptions) {
  static int number = 0;
  const std::string name = fmt::format("restored{}", ++number);
  sql("postgres", fmt::format("CREATE DATABASE {} {}", name, createOptions), into);
  const auto dump = runProgram({(demo::findPostgresPrograms() / "pg_dump").string(), shared().url(database)});
  EXPECT_EQ(dump.exitCode, 0) << dump.errors;
  sql(name, dump.output, into);
  return name;
}

Endpoint endpointOf(const std::string& database, demo::ThrowawayCluster& cluster, const std::string& user,
                    const std::string& password) {
  probe::Target target;
  target.parameters = {{"host", "127.0.0.1"},
                       {"port", std::to_string(cluster.port())},
                       {"dbname", database},
                       {"user", user},
                       {"password", password.empty() ? cluster.password() : password}};
  return {database, {target}};
}

Schema schemaOf(const Endpoint& endpoint) {
  probe::Connector connector({});
  auto schema = readSchema(endpoint, connector, pg::Clock::now() + std::chrono::seconds(60));
  EXPECT_TRUE(schema) << (schema ? "" : schema.error().text);
  return schema.value_or(Schema{});
}

Schema schemaOf(const std::string& database, demo::ThrowawayCluster& cluster) {
  return schemaOf(endpointOf(database, cluster));
}

std::string told(const SchemaComparison& comparison) {
  std::string text;
  for (const auto& d : comparison.differences) {
    const char* kind = d.kind == DifferenceKind::missing ? "missing"
                       : d.kind == DifferenceKind::extra ? "extra"
                                                         : "different";
    text += fmt::format("{} {} {}{}{}\n", kind, toString(d.object), d.name, d.table.empty() ? "" : " of ", d.table);
  }
  for (const auto& note : comparison.notes)
    text += "note: " + note + "\n";
  for (const auto& warning : comparison.warnings)
    text += "warning: " + warning + "\n";
  for (const auto& clause : comparison.notCompared)
    text += "not compared: " + clause + "\n";
  return text;
}

std::string told(const std::string& from, const std::string& to) {
  return told(compareSchemas(schemaOf(from), schemaOf(to), "A", "B"));
}

std::string definitionOf(const Schema& schema, ObjectKind kind, const std::string& name) {
  for (const auto& object : schema.objects)
    if (object.kind == kind && object.name == name)
      return object.definition;
  ADD_FAILURE() << "no " << toString(kind) << " " << name;
  return {};
}

} // namespace whichbase::test
