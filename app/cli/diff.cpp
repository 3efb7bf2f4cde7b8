#include "cli/diff_side.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "history/proofs.h"
#include "report/json.h"
#include "topology/wording.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {
namespace {

using compare::DatabasesComparison;
using compare::Problem;

struct Options {
  ProbeOptions probe;
  OutputOptions output;
  std::string from, to;
  std::vector<std::string> tables, columns, shown;
  bool allTables = false, schemaOnly = false, hashKeys = false;
  std::size_t keys = 0;
  std::string inventory; // the file that keeps the from side's
};

compare::DatabasesRequest requestOf(const Options& options) {
  compare::DatabasesRequest request;
  request.tables = options.schemaOnly       ? compare::Tables::none
                   : options.allTables      ? compare::Tables::all
                   : options.tables.empty() ? compare::Tables::users
                                            : compare::Tables::named;
  request.named = options.tables;
  request.rows.columns = options.columns;
  request.rows.keys = options.keys;
  request.rows.shown = options.shown;
  return request;
}

std::string progressText(const compare::DatabasesProgress& progress) {
  if (progress.tables == 0)
    return "Reading the schemas …";
  std::string text = progress.rows.phase.empty() ? "Comparing" : progress.rows.phase;
  text += " " + (progress.relation.empty() ? "the users" : progress.relation);
  if (progress.tables > 1)
    text += fmt::format(" ({} of {})", progress.table + 1, progress.tables);
  if (progress.rows.total > 0)
    text += fmt::format(" · {} %", std::min<std::int64_t>(99, progress.rows.done * 100 / progress.rows.total));
  if (progress.rows.remaining)
    text += fmt::format(" · about {} left", topology::toDuration(*progress.rows.remaining));
  return text;
}

// One run of the command.
class Run {
public:
  Run(const Options& options, Context& context) : m_options(options), m_context(context) {}
  int run();

private:
  int refused(const Problem& problem, int exitCode);
  int probe();
  std::expected<DiffSide, Problem> side(const std::string& name);
  std::expected<DatabasesComparison, Problem> compared(const DiffSide& from, const DiffSide& to);
  void keepInHistory(const DiffSide& from, const DiffSide& to, const DatabasesComparison& comparison);
  topology::RowsFact ofUsers(topology::RowsFact fact) const;
  int told(DatabasesComparison& comparison);

  const Options& m_options;
  Context& m_context;
  std::optional<ProbedIncident> m_incident; // empty where two files are compared
};

int Run::refused(const Problem& problem, int exitCode) {
  m_context.console.error(problem.text);
  if (!problem.remedy.empty())
    m_context.console.note(problem.remedy);
  return m_context.interrupt.requested() ? exitInterrupted : exitCode;
}

int Run::probe() {
  int exitCode = exitUnusable;
  auto opened = openProject(m_options.probe, m_context, exitCode);
  if (!opened)
    return exitCode;
  m_incident.emplace(m_options.probe, std::move(*opened), m_context);
  return m_incident->probe() ? exitFine : m_incident->exitCode();
}

std::expected<DiffSide, Problem> Run::side(const std::string& name) {
  return namesFile(name) ? sideFromFile(name) : sideOf(name, *m_incident);
}

std::expected<DatabasesComparison, Problem> Run::compared(const DiffSide& from, const DiffSide& to) {
  probe::Connector connector(m_context.interrupt.token(), m_incident ? m_incident->routes() : nullptr);
  auto comparison = compare::compareDatabases(
      from.side, to.side, from.name, to.name, requestOf(m_options), connector, m_context.interrupt.token(),
      [&](const compare::DatabasesProgress& progress) { m_context.console.progress(progressText(progress)); });
  m_context.console.endProgress();
  return comparison;
}

// Says whether the fact is about the relation whose users the probe counted on both sides.
topology::RowsFact Run::ofUsers(topology::RowsFact fact) const {
  const auto isTheirs = [&](const std::string& id) {
    const auto* database = m_incident->after().database(id);
    return database && database->users && database->users->relation == fact.relation;
  };
  fact.ofUsers = isTheirs(fact.a) && isTheirs(fact.b);
  return fact;
}

// What was read, for when a database is gone, and what was proven of rows.
void Run::keepInHistory(const DiffSide& from, const DiffSide& to, const DatabasesComparison& comparison) {
  if (!m_incident || !m_incident->hasFile() || (!from.isLive() && !to.isLive()))
    return;
  const auto file = m_incident->record();
  std::expected<void, history::Error> kept;
  if (!file)
    kept = std::unexpected(file.error());
  for (const auto& [side, schema] : {std::pair(&from, &comparison.fromSchema), {&to, &comparison.toSchema}})
    if (kept && side->isLive())
      kept = (*file)->setText(schemaKey(side->database), compare::toJson(*schema));
  for (const auto& table : comparison.rows)
    if (const auto fact = table.result && from.database != to.database
                              ? compare::rowsFactOf(*table.result, from.database, to.database)
                              : std::nullopt;
        kept && fact)
      kept = history::keep(**file, ofUsers(*fact));
  if (!kept)
    m_context.console.note("not kept in the history: " + kept.error().text);
}

int Run::told(DatabasesComparison& comparison) {
  if (m_options.hashKeys) {
    const auto key = history::secretKey(history::secretKeyFile());
    if (!key)
      return refused({key.error().text, {}}, exitUnusable);
    if (const auto problem = compare::hashKeys(comparison, *key))
      return refused(*problem, exitUnusable);
  }
  if (!m_options.inventory.empty())
    if (const auto saved = report::saveText(compare::toJson(comparison.fromSchema), m_options.inventory); !saved)
      return refused({saved.error().text, {}}, exitUnusable);
  const bool json = m_options.output.json();
  const std::string text =
      json ? compare::toJson(comparison) : printable(compare::toText(comparison), m_options.output.ascii);
  if (!deliver(text, m_options.output, m_context.console))
    return exitUnusable;
  return comparison.different() ? exitSplit : comparison.compared() ? exitFine : exitUndetermined;
}

int Run::run() {
  if (!namesFile(m_options.from) || !namesFile(m_options.to))
    if (const int exitCode = probe(); exitCode != exitFine)
      return exitCode;
  auto from = side(m_options.from);
  auto to = side(m_options.to);
  for (const auto& [side, name] : {std::pair(&from, &m_options.from), {&to, &m_options.to}})
    if (!*side)
      return refused(side->error(), namesFile(*name) ? exitUnusable : exitUndetermined);
  if (from->name == to->name) { // two servers on one database
    from->name = m_options.from;
    to->name = m_options.to;
    if (!from->database.empty())
      m_context.console.note(fmt::format("Both are database {}.", from->database));
  }
  for (const auto* side : {&*from, &*to})
    if (!side->note.empty())
      m_context.console.note(side->note);
  auto comparison = compared(*from, *to);
  if (!comparison)
    return refused(comparison.error(), exitUndetermined);
  keepInHistory(*from, *to, *comparison);
  return told(*comparison);
}

int runDiff(const Options& options, Context& context) {
  const int ways = (options.schemaOnly ? 1 : 0) + (options.allTables ? 1 : 0) + (options.tables.empty() ? 0 : 1);
  if (ways > 1) {
    context.console.error("give only one of --schema-only, --all-tables and --table");
    return exitUnusable;
  }
  if (options.keys == 0 && (options.hashKeys || !options.shown.empty())) {
    context.console.error("--hash-keys and --show are about rows that are named: say how many with --keys");
    return exitUnusable;
  }
  return Run(options, context).run();
}

void addRowOptions(CLI::App& command, Options& options) {
  command
      .add_option("--table", options.tables, "Compare the rows of this table; may be given again. As usual: the users")
      ->type_name("NAME");
  command.add_flag("--all-tables", options.allTables, "Compare the rows of every table that both have");
  command.add_flag("--schema-only", options.schemaOnly, "Compare no rows");
  command.add_option("--column", options.columns, "Compare only this column beside the key; may be given again")
      ->type_name("COLUMN");
  command.add_option("--keys", options.keys, "Name so many rows of each kind, at most, by their keys")
      ->type_name("N")
      ->check(CLI::Range(0, 10'000));
  command.add_flag("--hash-keys", options.hashKeys,
                   "Hash the keys that are shown, under the random key of your own configuration");
  command
      .add_option("--show", options.shown, "Show this column's values of the rows that are named; may be given again")
      ->type_name("COLUMN");
}

} // namespace

void addDiff(CLI::App& program, Context& context) {
  auto* command =
      program.add_subcommand("diff", "Compare two databases: tables, triggers and the like, and which rows are where");
  auto options = std::make_shared<Options>();
  addProbeOptions(*command, options->probe);
  const char* side =
      "A database's letter, as probe prints it, a server's name, an inventory (FILE.json), or a database "
      "of a snapshot (FILE.json:A)";
  command->add_option("--from", options->from, side)->required()->type_name("A");
  command->add_option("--to", options->to, side)->required()->type_name("B");
  addRowOptions(*command, *options);
  command
      ->add_option("--keep-inventory", options->inventory,
                   "Write what the from side is made of into FILE, to compare with later")
      ->type_name("FILE");
  addOutputOptions(*command, options->output, true);
  command->footer("Rows are compared by hashes that the servers make; no value leaves a database but keys that --keys "
                  "asks for and columns that --show names.\n"
                  "Exit codes: 0 equal, 1 different, 2 usage, unreadable input or unwritable output, 3 not everything "
                  "could be compared, and no difference was found, 130 interrupted.\n"
                  "Example: whichbase-cli diff tovplay.whichbase.toml --from A --to B --keys 20");
  command->callback([options, &context] { context.exitCode = runDiff(*options, context); });
}

} // namespace whichbase::cli
