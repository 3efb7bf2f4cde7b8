#include "cli/exit_code.h"
#include "cli/probed_incident.h"
#include "history/take_fingerprint.h"
#include "topology/wording.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>

namespace whichbase::cli {
namespace {

using history::Answer;
using history::Fingerprint;
using history::Presence;

struct Options {
  ProbeOptions probe;
  std::string database;
  bool check = false;
};

std::expected<std::vector<Fingerprint>, history::Error> keptIn(const std::filesystem::path& file) {
  const auto opened = history::History::open(file, history::History::Mode::read);
  if (!opened)
    return std::unexpected(opened.error());
  return (*opened)->fingerprints();
}

// One run of the command: what is reachable now, and what was kept.
class Run {
public:
  Run(const Options& options, OpenedProject opened, Context& context)
      : m_options(options), m_context(context), m_incident(options.probe, std::move(opened), context) {}

  int take();
  int check();

private:
  using Taken = std::expected<Fingerprint, probe::KeyProblem>;
  std::optional<history::SecretKey> readKey();
  Taken takenOf(const Reachable& reachable, const std::vector<std::string>& columns);
  int keep(const Fingerprint& fingerprint);
  int told(const Fingerprint& fingerprint, const std::vector<Reachable>& reachable);
  Answer answerOf(const Fingerprint& fingerprint, const Reachable& reachable);
  int refused(const std::string& text, const std::string& remedy, int exitCode);

  const Options& m_options;
  Context& m_context;
  ProbedIncident m_incident;
  std::optional<history::SecretKey> m_key;
  const topology::UtcTime m_now = topology::now();
  std::map<std::pair<std::string, std::vector<std::string>>, Taken> m_taken; // by database and columns of the key
};

int Run::refused(const std::string& text, const std::string& remedy, int exitCode) {
  m_context.console.error(text);
  if (!remedy.empty())
    m_context.console.note(remedy);
  return m_context.interrupt.requested() ? exitInterrupted : exitCode;
}

std::optional<history::SecretKey> Run::readKey() {
  auto key = history::secretKey(history::secretKeyFile());
  if (key)
    return *key;
  m_context.console.error(key.error().text);
  return std::nullopt;
}

Run::Taken Run::takenOf(const Reachable& reachable, const std::vector<std::string>& columns) {
  const auto known = m_taken.find({reachable.database.id, columns});
  if (known != m_taken.end())
    return known->second;
  m_context.console.progress(fmt::format("Reading the users' keys of {} …", reachable.database.id));
  auto taken = history::takeFingerprint(reachable.database, reachable.targets, *m_key, columns,
                                        m_context.interrupt.token(), m_incident.routes());
  m_context.console.endProgress();
  m_taken.emplace(std::pair(reachable.database.id, columns), taken);
  return taken;
}

int Run::take() {
  if (!m_incident.probe())
    return m_incident.exitCode();
  const std::string id = databaseCalled(m_options.database, m_incident.after());
  if (id.empty())
    return refused(fmt::format("{} is no letter of a database and no server that was reached", m_options.database),
                   fmt::format("See what there is: whichbase-cli probe {}", m_options.probe.project), exitUndetermined);
  const auto found = m_incident.reachable(id);
  if (!found)
    return refused(fmt::format("{} does not answer now: its users cannot be read", id), {}, exitUndetermined);
  if (!(m_key = readKey()))
    return exitUnusable;
  const auto taken = takenOf(*found, {});
  if (!taken)
    return refused(fmt::format("no fingerprint of {}: {}", id, taken.error().text), taken.error().remedy,
                   exitUndetermined);
  return keep(*taken);
}

int Run::keep(const Fingerprint& fingerprint) {
  const auto file = m_incident.record();
  if (!file)
    return refused(file.error().text, {}, exitUnusable);
  if (const auto kept = (*file)->keep(fingerprint); !kept)
    return refused(kept.error().text, {}, exitUnusable);
  std::vector<std::string> columns;
  for (const auto& column : fingerprint.columns)
    columns.push_back(column.name);
  std::string text = fmt::format("A fingerprint of {} is kept in {}: {} of {} by {}, as of {}.\n",
                                 nameOf(fingerprint.database, fingerprint.label), m_incident.file().filename().string(),
                                 topology::counted(fingerprint.hashes.size(), "user"), fingerprint.relation,
                                 topology::inWords(columns), topology::toShortClock(fingerprint.at, m_now));
  if (!fingerprint.settled)
    text += "The users may have changed while they were read.\n";
  text += fmt::format("Only who has the key in {} can check it.\n", history::secretKeyFile().string());
  return m_context.console.print(printable(text)) ? exitFine : exitUnusable;
}

// A letter may mean another database by now, where the history was lost.
std::string nameBeside(const Fingerprint& fingerprint, const topology::Database& database) {
  const bool isOther = fingerprint.systemIdentifier != database.systemIdentifier || fingerprint.oid != database.oid;
  return database.id == fingerprint.database && isOther ? "another database, which is called " + database.id + " now"
                                                        : database.id;
}

Answer Run::answerOf(const Fingerprint& fingerprint, const Reachable& reachable) {
  const std::string name = nameBeside(fingerprint, reachable.database);
  std::vector<std::string> columns;
  for (const auto& column : fingerprint.columns)
    columns.push_back(column.name);
  auto taken = takenOf(reachable, columns);
  if (!taken)
    return history::unknownIn(fingerprint, name, taken.error().text, m_now);
  taken->database = name;
  return history::usersOfIn(fingerprint, *taken, m_now);
}

// Databases that no server uses are told, too; they decide nothing.
int Run::told(const Fingerprint& fingerprint, const std::vector<Reachable>& reachable) {
  std::string text =
      fmt::format("{}: {}, as of {}\n", nameOf(fingerprint.database, fingerprint.label),
                  topology::counted(fingerprint.hashes.size(), "user"), topology::toShortClock(fingerprint.at, m_now));
  bool missing = false;
  bool unknown = false;
  bool used = false;
  for (const auto& candidate : reachable) {
    const Answer answer = answerOf(fingerprint, candidate);
    const std::string unused = candidate.database.ghost ? " (no server uses it)" : "";
    text += fmt::format("  {}{}\n", answer.text, unused);
    if (!answer.note.empty())
      text += fmt::format("  {}\n", answer.note);
    if (candidate.database.ghost)
      continue;
    used = true;
    missing = missing || answer.presence == Presence::missing;
    unknown = unknown || answer.presence == Presence::unknown;
  }
  if (!used)
    text += "  No database that a server uses was reached: nothing can be told.\n";
  if (m_context.interrupt.requested())
    return exitInterrupted;
  if (!m_context.console.print(printable(text)))
    return exitUnusable;
  return missing ? exitSplit : unknown || !used ? exitUndetermined : exitFine;
}

int Run::check() {
  const std::string advice = fmt::format("Take one while the database is there: whichbase-cli fingerprint {} DATABASE",
                                         m_options.probe.project);
  if (!m_incident.hasFile())
    return refused(fmt::format("no fingerprint is kept: there is no {}", m_incident.file().string()), advice,
                   exitUndetermined);
  const auto kept = keptIn(m_incident.file());
  if (!kept)
    return refused(kept.error().text, {}, exitUnusable);
  if (kept->empty())
    return refused(fmt::format("no fingerprint is kept in {}", m_incident.file().string()), advice, exitUndetermined);
  const auto keyFile = history::secretKeyFile();
  if (std::error_code ignored; !std::filesystem::exists(keyFile, ignored))
    return refused(
        fmt::format("the key that the fingerprints were made with is not here: there is no {}", keyFile.string()),
        "Check them where they were taken.", exitUndetermined);
  if (!(m_key = readKey()))
    return exitUnusable;
  if (!m_incident.probe())
    return m_incident.exitCode();
  const auto reachable = m_incident.reachable();
  int worst = exitFine;
  for (const auto& fingerprint : *kept) {
    const int exitCode = told(fingerprint, reachable);
    if (exitCode == exitInterrupted || exitCode == exitUnusable)
      return exitCode;
    worst = worst == exitSplit || exitCode == exitFine ? worst : exitCode;
  }
  return worst;
}

int runFingerprint(const Options& options, Context& context) {
  if (options.check != options.database.empty()) {
    context.console.error(options.check ? "--check looks at every database: leave DATABASE out"
                                        : "say which DATABASE, or --check");
    return exitUnusable;
  }
  int exitCode = exitUnusable;
  auto opened = openProject(options.probe, context, exitCode);
  if (!opened)
    return exitCode;
  Run run(options, std::move(*opened), context);
  return options.check ? run.check() : run.take();
}

} // namespace

void addFingerprint(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand(
      "fingerprint", "Keep hashes of a database's users, to prove later that they are in another one");
  auto options = std::make_shared<Options>();
  addProbeOptions(*command, options->probe);
  command->add_option("DATABASE", options->database,
                      "Its letter, as probe prints it, or the name of a server that uses it");
  command->add_flag("--check", options->check, "Tell of each fingerprint kept which databases have its users now");
  command->footer(
      "The hashes of the users' primary keys go into NAME.whichbase beside the project, the random key that "
      "they are made with stays in fingerprint.key in your own configuration. At most 1,000,000 users.\n"
      "Exit codes of --check: 0 all users are in every database that a server uses, 1 some are missing, "
      "3 it cannot be told.\nExample: whichbase-cli fingerprint tovplay.whichbase.toml A");
  command->callback([options, &context] { context.exitCode = runFingerprint(*options, context); });
}

} // namespace whichbase::cli
