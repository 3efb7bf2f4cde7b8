// The only thread crossing of the window: probing, files and every other thing that may take long run on threads of
// their own, and their results come back queued to the GUI thread, or are dropped when nobody waits for them any more.
#pragma once

#include "live/watch.h"
#include "mailbox.h"
#include "probe/plan.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace whichbase::ui {

class ProbeController : public QObject {
  Q_OBJECT
public:
  // What the keychain holds for a target; called on the probing threads, may wait a moment, ends at once when stopped.
  using KeychainLookup =
      std::function<std::optional<std::string>(const probe::PasswordKey& key, const std::stop_token& stop)>;

  // What is probed; a value that the probing thread owns.
  struct Request {
    project::Project project;
    std::map<std::string, std::string> secrets;       // of every ${NAME} in it that has a value
    std::filesystem::path folder;                     // the project file's
    bool probeBefore = false;                         // visit the before side too, and first
    std::shared_ptr<const topology::Snapshot> before; // its last known state, where it is not visited
    probe::SweepOptions options;
    std::map<probe::PasswordKey, std::string> typed; // passwords, for this run
    KeychainLookup keychain;                         // may be empty
    std::shared_ptr<route::Routes> routes;           // whose masters outlive the sweep; null: ended with it
    // What of our environment may be sent where; what a file asks for beyond that is refused. Nothing: all of it may.
    std::optional<std::vector<project::SecretUse>> agreed;
    // What was last known of the after side: its letters and endpoints go on from there; null: nothing.
    std::shared_ptr<const topology::Snapshot> recalled;
  };
  // Whose password is kept or asked for under which name.
  using PasswordKeys = std::map<std::pair<topology::Side, std::string>, probe::PasswordKey>;
  struct Result {
    std::shared_ptr<const topology::Snapshot> before; // as in the request, or what the visit found
    std::shared_ptr<const topology::Snapshot> after;
    PasswordKeys passwordKeys; // by side and server, of what was visited
  };

  explicit ProbeController(QObject* parent = nullptr);
  // Asks everything that runs to stop and waits for none of it: a thread that hangs keeps only its own values.
  ~ProbeController() override;

  // Probes; whatever ran before, a watch too, is cancelled and its result dropped.
  void start(Request request);
  // Sweeps and then watches until cancel() or the next start() or watch(); tells by updated().
  void watch(Request request, std::chrono::milliseconds interval);
  void sweepNow(); // by the watch
  void cancel();
  bool running() const { return m_running; } // a sweep that somebody asked for
  bool watching() const { return m_controls != nullptr; }
  // Of the watch; null while there is none.
  live::Controls* controls() const { return m_controls.get(); }

  // Where the configurations and secrets of a request come from, which must outlive it.
  static probe::Sources sourcesOf(const Request& request, const std::stop_token& stop);

  // Runs `work(std::stop_token)` on a thread of its own, then `done(result)` on the GUI thread. Both must hold values
  // only; `done` is not called after the controller's end, so it may refer to what outlives the controller.
  template <class Work, class Done>
  void run(Work work, Done done) {
    launchThread(
        [stop = m_stop.get_token(), mailbox = m_mailbox, work = std::move(work), done = std::move(done)]() mutable {
          auto result = std::make_shared<decltype(work(stop))>(work(stop));
          mailbox->post([result, done = std::move(done)]() mutable { done(std::move(*result)); });
        });
  }

  // Routes for one or many requests. Whoever lets go of them last does not wait for the end of their connections.
  static std::shared_ptr<route::Routes> makeRoutes();
  // Ends them, and the logins that were made for them, whoever still uses them; waits for nothing.
  static void endRoutes(std::shared_ptr<route::Routes> routes);
  // How many are being ended. A program's end waits for these, shortly: logins would outlive it.
  static int routesEnding();

  // Threads of all controllers that have not ended yet. A program that ends while one hangs must not run the
  // destructors of statics below it: see gui_main.
  static int threadsAlive() { return threadsLaunched(); }

Q_SIGNALS:
  void runningChanged(bool running);
  void progressed(int done, int total);
  void finished(const whichbase::ui::ProbeController::Result& result);
  void updated(const whichbase::live::Update& update);

private:
  quint64 begin(); // another probe or watch takes the place of what runs
  void setRunning(bool running);

  std::shared_ptr<Mailbox> m_mailbox;
  std::stop_source m_stop;      // of everything
  std::stop_source m_probeStop; // of the probe or watch that runs now
  std::shared_ptr<live::Controls> m_controls;
  quint64 m_generation = 0;
  bool m_running = false;
};

} // namespace whichbase::ui
