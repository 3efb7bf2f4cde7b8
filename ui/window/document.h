// What the window has open: a project, a history or two recordings, what was last seen of each side, and what can be
// done with it. Everything that may take long goes through the controller; nothing here waits.
#pragma once

#include "model/needs.h"
#include "model/view.h"
#include "probe_controller.h"
#include "project/trust.h"
#include "window/kept_passwords.h"
#include "window/project_watch.h"
#include "window/recorder.h"
#include "window/recordings.h"
#include "window/replay.h"
#include "window/sign.h"

#include <QStringList>
#include <QTimer>
#include <QUndoStack>

#include <expected>
#include <set>

namespace whichbase::ui {

using Secrets = std::map<std::string, std::string>;

class Document : public QObject {
  Q_OBJECT
public:
  // `keptFolder` is where the last complete snapshots are kept.
  Document(ProbeController& controller, QString keptFolder, QObject* parent = nullptr);
  ~Document() override; // ends the ssh connections and logins of its sweeps, without waiting

  // A project, which shows its last recording, or a history, which needs neither project nor database. Connects to
  // nothing.
  void open(const QString& file);
  // Likewise; a file that the program made itself, with the source of its secrets: it needs no agreement.
  void openOwn(const QString& file, probe::SecretLookup source);
  // Variables that main() took out of the environment; a project may still name them.
  void setDropped(Secrets dropped) { m_dropped = std::move(dropped); }
  void openRecordings(const QString& before, const QString& after); // either may be empty
  // A project made in the program. Without a file it is not saved yet. What it asks for needs no agreement where
  // somebody entered it here (`own`), unlike what was read from files that may be anybody's.
  void adopt(const project::Project& project, const QString& file, const Secrets& secrets, bool own = true);
  // The project as changed in the window, as a step that can be undone; written to its file where it has one, unless
  // somebody changed that meanwhile.
  void edit(const project::Project& project, const Secrets& secrets);
  // Adds servers as a step that can be undone; their names must be new. `own` as above.
  void addServers(std::vector<project::Server> servers, bool own);
  void saveAs(const QString& file); // files that it names stay the same ones
  void reload();

  void probe(); // may first ask for an agreement or for secrets, by the signals below
  void cancel();
  void agree();   // to what agreementNeeded() told; probes
  void decline(); // runs nothing; live is off, so that it is not asked again and again
  // What secretsMissing() asked for; those in `keep` go into the keychain. Probes.
  void supply(const Secrets& secrets, bool probeAnyway, const std::set<std::string>& keep = {});
  // What passwordsMissing() asked for, likewise.
  void supplyPasswords(const std::map<probe::PasswordKey, std::string>& passwords,
                       const std::set<probe::PasswordKey>& keep);
  // The password that the keychain keeps for that server; the next sweep does without it.
  void forgetPassword(const QString& server, topology::Side side);
  // What sweeps go by where the project says nothing of its own.
  struct Defaults {
    std::chrono::milliseconds deadline = probe::SweepOptions{}.deadline;
    std::chrono::milliseconds probeDeadline = probe::SweepOptions{}.probeDeadline;
    std::string usersRelation{}; // empty: looked for
    bool operator==(const Defaults&) const = default;
  };
  void setDefaults(const Defaults& defaults);      // what is watched is watched by them from now on
  void setInterval(std::chrono::seconds interval); // 0: live is off; else watches, beginning now
  void setPaused(bool paused);                     // of the watch
  void step();                                     // one look of the watch, also while it is paused
  void openView(View view);                        // shows a view as it is, without a project or a file
  void keepAsBefore();
  void setFingerprinting(bool wanted) { m_fingerprinting = wanted; } // of the users, by keepAsBefore()
  // What was proven by looks beside the sweeps, with the letters of view(): told in the pane as long as it stands, with
  // its time afterwards.
  void addProof(const topology::RowsFact& rows);
  void addProof(const topology::Verification& verification);
  // What such a look needs: the project with all that is known for it, and the state that is shown. Where the databases
  // may not be connected to now: why, and what to do, in a sentence.
  struct Surroundings {
    ProbeController::Request request;
    SnapshotPtr snapshot;
    QString file; // of the project; empty where it is not saved
  };
  std::expected<Surroundings, QString> surroundings();
  QString whyNoLook() const; // empty: there are surroundings
  std::optional<std::string> secret(const std::string& name) const;
  // Nothing where the project is from elsewhere and was not agreed to yet.
  std::optional<std::string> secretIfTrusted(const std::string& name) const {
    return m_trusted ? secret(name) : std::nullopt;
  }

  // Now, or what is replayed.
  const View& view() const { return m_replay.view() ? *m_replay.view() : m_view; }
  Replay& replay() { return m_replay; }
  const Replay& replay() const { return m_replay; }
  bool isHistory() const { return !m_historyFile.isEmpty(); } // opened without a project
  QString historyFile() const;                                // empty for what is not saved
  void addNote(const QString& text);                          // to the history, "14:32 restarted staging"
  // What was written into the report, by its prompts' keys (document::Prompt). It goes into the incident's file; what
  // is not saved has none, and there it is kept until something else is opened, or the project is saved.
  std::map<std::string, std::string> written() const;
  void setWritten(const std::string& key, const QString& text);
  const std::optional<project::Project>& project() const { return m_project; }
  QString file() const { return m_file; }
  // The project file's, where its relative paths start; empty where it is not saved yet.
  std::filesystem::path folder() const;
  bool isOpen() const { return m_open; }
  bool canKeepAsBefore() const;
  std::chrono::seconds interval() const { return m_interval; }
  bool paused() const { return m_paused; }
  const std::vector<live::LinkState>& links() const { return m_links; } // of the watch
  std::optional<topology::UtcTime> nextAt() const { return m_nextAt; }  // of its next look
  QUndoStack& undoStack() { return m_undo; }
  bool trusted() const { return m_trusted; }
  KeptPasswords& keptPasswords() { return m_kept; }
  const std::map<probe::PasswordKey, std::string>& typedPasswords() const { return m_typedPasswords; }
  // Whose ssh connections the next sweeps use: those of somebody who has just looked around there.
  void useRoutes(std::shared_ptr<route::Routes> routes);
  // The connection that `server` has configured on a side, with ${NAME} as written; empty where there is none.
  QString configuredUrl(const QString& server, topology::Side side) const;

Q_SIGNALS:
  void opened(); // another project or recording; selection and undo are void
  void viewChanged();
  void projectChanged();
  void intervalChanged();
  void linksChanged();   // links(), nextAt() or paused()
  void historyChanged(); // another history, or it says something new
  void writtenChanged(); // into the report, also by another program
  void replayMoved();    // another moment is replayed, or none; the view may come later
  void verdictChanged(const QString& text);
  void problem(const QString& topic, whichbase::ui::Sign sign, const QString& text);
  void problemGone(const QString& topic);
  void noted(const QString& text);
  void agreementNeeded(const whichbase::project::Requests& requests); // what nobody agreed to yet
  void secretsMissing(const QStringList& names);                      // of ${NAME}
  // Of the last sweep; empty once nothing is needed any more.
  void passwordsMissing(const std::vector<whichbase::ui::NeededPassword>& needs);
  void loginsNeeded(const std::vector<whichbase::ui::NeededLogin>& needs);
  void fileNeeded(); // keeping the state needs a saved project
  void keptAsBefore(const QString& file);
  void reloaded(); // the project's file was read again; it may say the same as before

private:
  friend class KeepAsBefore;
  friend class AddServers;
  friend class EditProject;
  struct BeforeSide {
    std::string file; // as the project names it
    SnapshotPtr snapshot;
    bool recorded = false;
  };

  void reset();
  void openFrom(const QString& file, probe::SecretLookup source);
  void apply(ReadProject read, bool reloaded);
  void show(SnapshotPtr before, SnapshotPtr after, const QString& stale = {});
  void setServers(std::vector<project::Server> servers);
  void setProject(const project::Project& project, const BeforeSide& before);
  void onRequests(const project::Requests& requests, const project::Requests& unknown);
  void readKept(const QStringList& names); // from the keychain, then probes
  ProbeController::Request request();
  void launch();
  void askFor(const ProbeController::Result& result);
  void onFinished(const ProbeController::Result& result);
  void onUpdate(const live::Update& update);
  void take(const ProbeController::Result& result);
  bool keepsLast(const topology::Snapshot& found); // because it reached nobody
  void checkRequests();
  void restartWatch(); // after what is watched changed
  void connectHistory();
  void startHistory();
  void openHistory(const QString& file);
  void record(const SnapshotPtr& before, const SnapshotPtr& after);
  void writeTexts();      // what is not in the file yet
  void forgetKeptTexts(); // what is in the file by now
  void keep(const SnapshotPtr& snapshot, topology::Side side);
  void fingerprintUsers(const SnapshotPtr& snapshot);
  void addProofs(const topology::Proofs& added);
  void carryProofs(const SnapshotPtr& to); // which becomes m_after
  void setBefore(const BeforeSide& side);  // in the project, its file and the view
  void write();                            // the project to its file, after whatever is being written
  Secrets knownSecrets() const;            // of every ${NAME} that the project asks for
  QStringList missingSecrets() const;      // that a probe is to be asked about first

  ProbeController& m_controller;
  QString m_keptFolder;
  ProjectWatch m_watch;
  QUndoStack m_undo;
  Recorder m_recorder;
  Replay m_replay;

  bool m_open = false;
  QString m_file;
  QString m_historyFile; // of a history that is open without a project
  std::optional<project::Project> m_project;
  std::optional<project::Project> m_onDisk; // as last read or written there
  bool m_own = false;                       // what it asks for was entered here; becomes agreed to with the next sweep
  bool m_trusted = false;                   // all that it asked for last was agreed to
  project::Requests m_requests;             // that it asked for last
  project::Requests m_agreed;               // to in this run, also where that could not be written down
  bool m_missingAccepted = false;
  bool m_asking = false;      // the sweep that is prepared, or runs, was asked for by hand
  Secrets m_typed;            // for this run only
  Secrets m_fromKeychain;     // of ${NAME}
  std::set<QString> m_looked; // for these in the keychain
  std::map<probe::PasswordKey, std::string> m_typedPasswords;
  ProbeController::PasswordKeys m_passwordKeys;
  std::vector<NeededLogin> m_logins;
  std::vector<NeededPassword> m_passwords;
  KeptPasswords m_kept;
  std::shared_ptr<route::Routes> m_routes;
  probe::SecretLookup m_source;
  Secrets m_dropped;

  View m_view;
  SnapshotPtr m_before, m_after;                // as probed or read, before any comparison gave them common letters
  topology::Proofs m_proofs;                    // with the letters of m_after
  std::map<std::string, std::string> m_written; // into the report, and not in the file yet
  bool m_beforeRecorded = false;
  bool m_afterRecorded = false;
  quint64 m_showing = 0; // the newest view that is being made
  quint64 m_opening = 0; // the newest file that is being opened
  bool m_writing = false, m_writeAgain = false;
  std::chrono::seconds m_interval{0};
  bool m_paused = false;
  bool m_fingerprinting = false;
  bool m_begins = true; // the next sighting follows a time in which nobody watched
  std::vector<live::LinkState> m_links;
  std::optional<topology::UtcTime> m_nextAt;
  quint64 m_probing = 0; // the newest probe that is being prepared
  ProbeController::Request m_watched;
  Defaults m_defaults;
};

} // namespace whichbase::ui
