// "Check again", off the GUI thread: reads only, tells line by line, and can be cancelled at any moment.
#pragma once

#include "verify/check.h"
#include "window/document.h"

#include <QObject>
#include <QStringList>

namespace whichbase::ui {

class CheckRun : public QObject {
  Q_OBJECT
public:
  explicit CheckRun(ProbeController& controller, QObject* parent = nullptr);
  ~CheckRun() override; // cancels, and waits for nothing

  void start(Document::Surroundings surroundings); // in place of what runs
  void cancel();                                   // nothing more is told of it
  bool running() const { return m_running; }

Q_SIGNALS:
  void lineChanged(const whichbase::verify::CheckLine& line); // by index of the project's servers
  void finished(const whichbase::verify::CheckResult& result);

private:
  ProbeController& m_controller;
  std::shared_ptr<Mailbox> m_mailbox; // of this run alone
  std::stop_source m_stop;
  bool m_running = false;
};

} // namespace whichbase::ui
