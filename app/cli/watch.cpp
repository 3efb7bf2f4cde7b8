#include "live/watch.h"

#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/project_probe.h"
#include "cli/watch_lines.h"
#include "history/history.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace whichbase::cli {
namespace {

using topology::Snapshot;
using SharedSnapshot = std::shared_ptr<const Snapshot>;

struct Options {
  ProbeOptions probe;
  OutputOptions output;
  double interval = 5;
  double timeout = 0; // 0: none
  std::string until;  // "single-source", "split" or empty
  bool noRecord = false;
};

// Asks everything to stop when the user does, when the time is over, or when there is nothing more to do.
class Ending {
public:
  Ending(std::stop_token interrupted, double timeoutSeconds)
      : m_onInterrupt(std::move(interrupted), [this] { m_stop.request_stop(); }) {
    if (timeoutSeconds > 0)
      m_timer = std::jthread([this, timeoutSeconds](const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, std::chrono::duration<double>(timeoutSeconds), [] { return false; });
        m_stop.request_stop();
      });
  }
  void stop() { m_stop.request_stop(); }
  std::stop_token token() const { return m_stop.get_token(); }

private:
  std::stop_source m_stop;
  std::stop_callback<std::function<void()>> m_onInterrupt;
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::jthread m_timer; // last: it uses what stands above
};

bool isOutputClosed() {
  pollfd output{STDOUT_FILENO, 0, 0};
  return ::poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLNVAL)) != 0;
}

class Watching {
public:
  Watching(const Options& options, Context& context)
      : m_options(options), m_context(context), m_ending(context.interrupt.token(), options.timeout) {}
  int go();

private:
  bool openHistory();
  SharedSnapshot recalled();
  void onUpdate(const live::Update& update);
  std::vector<history::Event> recorded(topology::Side side, const Snapshot& snapshot);
  std::vector<history::Event> eventsOf(const live::Update& update);
  void tell(const live::Update& update);
  void tellProgress(const live::Update& update);
  void write(const std::string& line);
  bool isReached(const Snapshot& snapshot) const;
  int exitCode() const;
  void complain(const std::string& text);
  void tellFailures();
  void hide(const std::vector<std::string>& secrets);

  const Options& m_options;
  Context& m_context;
  Ending m_ending;
  std::unique_ptr<history::History> m_history; // null: not recording
  std::string m_complaint;                     // the last one, which is not repeated
  SharedSnapshot m_before, m_after;            // last told
  topology::UtcTime m_started{};
  bool m_isReached = false;
  bool m_isClosed = false; // nobody reads standard output any more
};

bool Watching::openHistory() {
  if (m_options.noRecord)
    return true;
  auto opened = history::History::open(history::historyFileOf(m_options.probe.project), history::History::Mode::record);
  if (!opened) {
    m_context.console.error(opened.error().text + " To watch without recording, add --no-record.");
    return false;
  }
  m_history = std::move(*opened);
  if (const auto aside = m_history->setAside(); !aside.empty())
    m_context.console.note(fmt::format("The history was damaged and is kept as {}; a new one is begun in {}.",
                                       aside.string(), m_history->file().string()));
  if (const auto begun = m_history->begin(topology::now()); !begun)
    complain(begun.error().text);
  return true;
}

SharedSnapshot Watching::recalled() {
  if (!m_history)
    return nullptr;
  const auto state = m_history->at(topology::now());
  if (!state)
    complain(state.error().text);
  return state && *state ? (*state)->after : nullptr;
}

void Watching::hide(const std::vector<std::string>& secrets) {
  auto& hidden = m_context.console.secrets;
  for (const std::string& secret : secrets)
    if (std::ranges::find(hidden, secret) == hidden.end())
      hidden.push_back(secret);
}

// What is not reached from the start is no event.
void Watching::tellFailures() {
  for (const topology::Server& server : m_after->servers) {
    if (!server.failure)
      continue;
    m_context.console.note(
        fmt::format("{}: {}: {}", server.name, toString(server.failure->stage), server.failure->text));
    if (!server.failure->loginCommand.empty())
      m_context.console.note("  Somebody has to log in first. Run this on a terminal: " + server.failure->loginCommand);
  }
}

// Once, until there is another one: it would come with every tick.
void Watching::complain(const std::string& text) {
  if (text == m_complaint)
    return;
  m_complaint = text;
  m_context.console.error(text);
}

std::vector<history::Event> Watching::recorded(topology::Side side, const Snapshot& snapshot) {
  auto events = m_history->record(side, snapshot);
  if (!events) {
    complain(events.error().text);
    return {};
  }
  m_complaint.clear();
  return std::move(*events);
}

// Since the history's last state at first; then since what was last told, since another window may have recorded a
// change before us.
std::vector<history::Event> Watching::eventsOf(const live::Update& update) {
  std::vector<history::Event> events;
  if (m_history && update.before && update.before != m_before)
    recorded(topology::Side::before, *update.before);
  if (m_history)
    events = recorded(topology::Side::after, *update.after);
  return m_after ? history::eventsBetween(*m_after, *update.after) : events;
}

void Watching::write(const std::string& line) {
  if (!m_isClosed && !m_context.console.print(line + "\n")) {
    m_isClosed = true;
    m_ending.stop();
  }
}

void Watching::tell(const live::Update& update) {
  const bool json = m_options.output.json();
  const auto shown = [&](const std::string& text) { return printable(text, m_options.output.ascii); };
  const auto events = eventsOf(update);
  if (!m_after) {
    m_started = update.after->finishedAt;
    write(json ? jsonLine(*update.after) : shown(textLine(*update.after)));
  }
  for (const history::Event& event : events)
    write(json ? jsonLine(event) : shown(textLine(event, m_started)));
}

void Watching::tellProgress(const live::Update& update) {
  std::string text = update.after->verdict.text;
  std::size_t waiting = 0;
  for (const live::LinkState& link : update.links)
    waiting += link.kind == live::LinkState::Kind::waiting ? 1 : 0;
  if (waiting > 0)
    text += fmt::format("; {} {} waiting to connect again", waiting, waiting == 1 ? "session" : "sessions");
  m_context.console.progress(fmt::format("{} · watching, Ctrl-C ends it", text));
}

bool Watching::isReached(const Snapshot& snapshot) const {
  return !m_options.until.empty() && snapshot.complete && toString(snapshot.verdict.kind) == m_options.until;
}

void Watching::onUpdate(const live::Update& update) {
  if (!update.after || m_isReached || m_ending.token().stop_requested())
    return;
  tell(update);
  m_before = update.before;
  const bool isFirst = !m_after;
  m_after = update.after;
  if (isFirst)
    tellFailures();
  m_isReached = !m_isClosed && isReached(*m_after);
  m_isClosed = m_isClosed || isOutputClosed();
  if (m_isReached || m_isClosed)
    m_ending.stop();
  else
    tellProgress(update);
}

int Watching::exitCode() const {
  if (m_isReached)
    return exitFine;
  if (m_isClosed)
    return exitUnusable;
  if (m_context.interrupt.requested())
    return exitInterrupted;
  const int code = m_after ? exitCodeOf(*m_after) : exitUndetermined;
  // What was waited for did not come: that is never a success.
  return code == exitFine && !m_options.until.empty() ? exitUndetermined : code;
}

int Watching::go() {
  int code = exitUnusable;
  auto opened = openProject(m_options.probe, m_context, code);
  if (!opened)
    return code;
  ProjectProbe probing(m_options.probe, std::move(*opened), m_context);
  live::Request request;
  // Only where somebody can be asked for passwords, or where before is recorded; else the watch itself begins with it.
  const bool canAsk = m_context.console.canAsk();
  if (canAsk || !probing.project().beforeSnapshot.empty()) {
    const auto sides = probing.probed(!canAsk ? "before" : probing.project().hasBefore() ? "both" : "after");
    if (!sides)
      return probing.exitCode();
    probing.tellLogins();
    if (sides->before)
      request.before = std::make_shared<const Snapshot>(*sides->before);
  }
  if (!openHistory())
    return exitUnusable;
  request.project = probing.project();
  request.sources = probing.sources();
  request.sources.onPlan = [this](const probe::Plan& plan) { hide(plan.secrets); };
  request.recalled = recalled();
  request.options.interval = std::chrono::milliseconds(static_cast<long>(m_options.interval * 1000));
  request.options.sweep = probing.sweep();
  live::Controls controls;
  m_context.console.progress("Reading the configurations …");
  live::watch(request, controls, m_ending.token(), [this](const live::Update& update) { onUpdate(update); });
  m_context.console.endProgress();
  return exitCode();
}

int watchProject(const Options& options, Context& context) {
  return Watching(options, context).go();
}

} // namespace

void addWatch(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("watch", "Keep watching the servers of a project, and print what happens");
  auto options = std::make_shared<Options>();
  addProbeOptions(*command, options->probe);
  addOutputOptions(*command, options->output, false);
  command->add_option("--interval", options->interval, "Ask every database every so many SECONDS")
      ->capture_default_str()
      ->type_name("SECONDS")
      ->check(CLI::Range(0.5, 86400.0));
  command->add_option("--until", options->until, "End with 0 once that verdict is proven")
      ->check(CLI::IsMember({"single-source", "split"}));
  command->add_option("--timeout", options->timeout, "End after so many SECONDS")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 31'536'000.0));
  command->add_flag("--no-record", options->noRecord, "Do not write the history, NAME.whichbase beside the project");
  command->footer(
      "Prints one line per event, with --format json one JSON object per line; the first line is the state at the "
      "start. Every visit is read-only.\nExit codes: 0 what --until names was reached; when --timeout is over: 1 split "
      "or a finding of severity error, 3 not proven or not what --until names, else 0; 2 the output was closed or "
      "something could not be used; 130 Ctrl-C.\nExample: whichbase-cli watch tovplay.whichbase.toml --until "
      "single-source --timeout 600 && echo fixed");
  command->callback([options, &context] { context.exitCode = watchProject(*options, context); });
}

} // namespace whichbase::cli
