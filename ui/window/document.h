// What the window has open: a project or two recordings, what was last seen of each side, and what can be done with it.
// Everything that may take long goes through the controller; nothing here waits.
#pragma once

#include "model/view.h"
#include "probe_controller.h"
#include "window/project_watch.h"
#include "window/recordings.h"
#include "window/sign.h"

#include <QStringList>
#include <QTimer>
#include <QUndoStack>

namespace whichbase::ui {

using Secrets = std::map<std::string, std::string>;

class Document : public QObject {
  Q_OBJECT
public:
  // `keptFolder` is where the last complete snapshots are kept.
  Document(ProbeController& controller, QString keptFolder, QObject* parent = nullptr);

  void open(const QString& file); // shows the last recording; connects to nothing
  // Likewise; a file that the program made itself, with the source of its secrets: it needs no agreement.
  void openOwn(const QString& file, probe::SecretLookup source);
  void openRecordings(const QString& before, const QString& after); // either may be empty
  // A project made in the program: it needs no agreement. Without a file it is not saved yet.
  void adopt(const project::Project& project, const QString& file, const Secrets& secrets);
  // The project as changed in the window; written to its file where it has one.
  void edit(const project::Project& project, const Secrets& secrets);
  void saveAs(const QString& file);
  void reload();

  void probe(); // may first ask for an agreement or for secrets, by the signals below
  void cancel();
  void agree();                                          // to what agreementNeeded() told; probes
  void supply(const Secrets& secrets, bool probeAnyway); // what secretsMissing() asked for; probes
  void setInterval(std::chrono::seconds interval);       // 0: live is off
  void openView(View view);                              // shows a view as it is, without a project or a file
  void keepAsBefore();
  std::optional<std::string> secret(const std::string& name) const;
  // Nothing where the project is from elsewhere and was not agreed to yet.
  std::optional<std::string> secretIfTrusted(const std::string& name) const {
    return m_trusted ? secret(name) : std::nullopt;
  }

  const View& view() const { return m_view; }
  const std::optional<project::Project>& project() const { return m_project; }
  QString file() const { return m_file; }
  // The project file's, where its relative paths start; empty where it is not saved yet.
  std::filesystem::path folder() const;
  bool isOpen() const { return m_open; }
  bool canKeepAsBefore() const;
  std::chrono::seconds interval() const { return m_interval; }
  std::optional<std::chrono::seconds> nextProbeIn() const;
  QUndoStack& undoStack() { return m_undo; }
  // The connection that `server` has configured on a side, with ${NAME} as written; empty where there is none.
  QString configuredUrl(const QString& server, topology::Side side) const;

Q_SIGNALS:
  void opened(); // another project or recording; selection and undo are void
  void viewChanged();
  void projectChanged();
  void intervalChanged();
  void problem(const QString& topic, whichbase::ui::Sign sign, const QString& text);
  void problemGone(const QString& topic);
  void noted(const QString& text);
  void agreementNeeded(const QStringList& uses); // "EXTERNAL_PASSWORD to 203.0.113.196:5432"
  void secretsMissing(const QStringList& names);
  void fileNeeded(); // keeping the state needs a saved project
  void keptAsBefore(const QString& file);
  void reloaded(); // the project's file was read again; it may say the same as before

private:
  friend class KeepAsBefore;
  struct BeforeSide {
    std::string file; // as the project names it
    SnapshotPtr snapshot;
    bool recorded = false;
  };

  void reset();
  void openFrom(const QString& file, probe::SecretLookup source);
  void apply(ReadProject read, bool reloaded);
  void show(SnapshotPtr before, SnapshotPtr after, const QString& stale = {});
  void launch();
  void onFinished(const ProbeController::Result& result);
  void keep(const SnapshotPtr& snapshot, topology::Side side);
  void setBefore(const BeforeSide& side); // in the project, its file and the view
  void write();                           // the project to its file, after whatever is being written
  QStringList missingSecrets() const;

  ProbeController& m_controller;
  QString m_keptFolder;
  ProjectWatch m_watch;
  QUndoStack m_undo;
  QTimer m_live;

  bool m_open = false;
  QString m_file;
  std::optional<project::Project> m_project;
  bool m_trusted = false;
  bool m_missingAccepted = false;
  Secrets m_typed; // for this run only
  probe::SecretLookup m_source;

  View m_view;
  SnapshotPtr m_before, m_after; // as probed or read, before any comparison gave them common letters
  bool m_beforeRecorded = false;
  bool m_afterRecorded = false;
  quint64 m_showing = 0; // the newest view that is being made
  quint64 m_opening = 0; // the newest file that is being opened
  bool m_writing = false, m_writeAgain = false;
  std::chrono::seconds m_interval{0};
};

} // namespace whichbase::ui
