// Plays the demo incident in the window: act one is probed and watched, then frozen as the before side when act two
// begins.
#pragma once

#include "window/demo_hooks.h"
#include "window/document.h"

namespace whichbase::ui {

class DemoPlayer : public QObject {
  Q_OBJECT
public:
  enum class State { off, starting, actOne, changing, actTwo };

  DemoPlayer(ProbeController& controller, Document& document, DemoHooks hooks, QObject* parent = nullptr);
  bool available() const { return static_cast<bool>(m_hooks); }
  State state() const { return m_state; }
  void start();
  void playActTwo();

Q_SIGNALS:
  void stateChanged();
  void failed(const QString& text);

private:
  void setState(State state);
  void onOpened();
  void change(); // the incident is mended, and watched again

  ProbeController& m_controller;
  Document& m_document;
  DemoHooks m_hooks;
  State m_state = State::off;
  QString m_projectFile;
};

} // namespace whichbase::ui
