#include "window/demo_player.h"

#include <QFileInfo>

namespace whichbase::ui {

namespace {
constexpr std::chrono::seconds liveInterval{5};
}

DemoPlayer::DemoPlayer(ProbeController& controller, Document& document, DemoHooks hooks, QObject* parent)
    : QObject(parent), m_controller(controller), m_document(document), m_hooks(std::move(hooks)) {
  connect(&m_document, &Document::opened, this, &DemoPlayer::onOpened);
}

void DemoPlayer::setState(State state) {
  m_state = state;
  Q_EMIT stateChanged();
}

void DemoPlayer::start() {
  if (!available() || m_state == State::starting || m_state == State::changing)
    return;
  setState(State::starting);
  m_controller.run([start = m_hooks.start](const std::stop_token& stop) { return start(stop); },
                   [this](const DemoHooks::Started& started) {
                     if (!started.error.isEmpty()) {
                       setState(State::off);
                       Q_EMIT failed(started.error);
                       return;
                     }
                     m_projectFile = QFileInfo(started.projectFile).absoluteFilePath();
                     m_document.openOwn(m_projectFile, m_hooks.secret);
                   });
}

void DemoPlayer::onOpened() {
  if (m_state == State::starting && m_document.file() == m_projectFile) {
    setState(State::actOne);
    m_document.probe();
    m_document.setInterval(liveInterval);
  } else if (m_document.file() != m_projectFile && m_state != State::starting) {
    setState(State::off); // something else was opened
  }
}

void DemoPlayer::playActTwo() {
  if (m_state != State::actOne)
    return;
  if (!m_document.canKeepAsBefore()) {
    Q_EMIT failed(tr("Act one has not been probed yet. Press Ctrl+Return, then play act two."));
    return;
  }
  m_document.cancel();
  setState(State::changing);
  m_document.keepAsBefore();
  connect(
      &m_document, &Document::keptAsBefore, this,
      [this](const QString& file) {
        if (!file.isEmpty())
          m_hooks.setBeforeSnapshot(file);
        change();
      },
      Qt::SingleShotConnection);
}

void DemoPlayer::change() {
  m_controller.run([play = m_hooks.playActTwo](const std::stop_token& stop) { return play(stop); },
                   [this](const QString& error) {
                     if (!error.isEmpty()) {
                       setState(State::actOne);
                       Q_EMIT failed(error);
                       return;
                     }
                     setState(State::actTwo);
                     connect(
                         &m_document, &Document::reloaded, &m_document,
                         [this] {
                           m_document.probe();
                           m_document.setInterval(liveInterval);
                         },
                         Qt::SingleShotConnection);
                     m_document.reload();
                   });
}

} // namespace whichbase::ui
