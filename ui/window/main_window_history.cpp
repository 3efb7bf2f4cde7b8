// The history in the window: what is watched and recorded now, and the replay of what was.
#include "window/history_pane.h"
#include "window/live_chip.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/workspace.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace whichbase::ui {

namespace {

QString namesOf(const live::LinkState& link) {
  QStringList names;
  for (const auto& server : link.servers)
    names << QString::fromStdString(server);
  return names.join(QStringLiteral(", "));
}

// "Reconnecting: Staging Backend in 4 s"; empty for a link that stands.
QString stateOf(const live::LinkState& link) {
  // Without a server: a database of before, which may well be switched off.
  if (link.kind != live::LinkState::Kind::waiting || !link.retryAt || link.servers.empty())
    return {};
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(*link.retryAt - topology::now()).count();
  return MainWindow::tr("Reconnecting: %1 in %2 s").arg(namesOf(link)).arg(std::max<std::int64_t>(0, left));
}

} // namespace

void MainWindow::makeReplayMenu() {
  auto* menu = menuBar()->addMenu(tr("&Replay"));
  const auto add = [&](const QString& text, const QKeySequence& shortcut, auto slot) {
    auto* action = menu->addAction(text);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  auto& replay = m_document.replay();
  m_playAction = add(tr("&Play"), QKeySequence(tr("Ctrl+P")), [&replay] { replay.play(!replay.playing()); });
  m_previousAction = add(tr("P&revious event"), QKeySequence(tr("Alt+Left")), [&replay] { replay.step(-1); });
  m_nextAction = add(tr("&Next event"), QKeySequence(tr("Alt+Right")), [&replay] { replay.step(1); });
  menu->addSeparator();
  const auto chosen = [&replay](topology::Side side) {
    if (const auto at = replay.at())
      replay.choose(*at, side);
  };
  m_asBeforeAction = add(tr("Show this moment as &Before"), QKeySequence(tr("Ctrl+Shift+B")),
                         [chosen] { chosen(topology::Side::before); });
  menu->addSeparator();
  m_presentAction = add(tr("Back to no&w"), QKeySequence(Qt::Key_Escape), [&replay] { replay.leave(); });
}

void MainWindow::connectHistory() {
  connect(&m_document, &Document::historyChanged, this, &MainWindow::refreshHistory);
  connect(&m_document, &Document::projectChanged, this, &MainWindow::refreshHistory);
  connect(&m_document, &Document::replayMoved, this, &MainWindow::refreshReplay);
  connect(&m_document, &Document::linksChanged, this, &MainWindow::refreshLinks);
  connect(&m_document, &Document::intervalChanged, this, &MainWindow::refreshLinks);
  connect(&m_document, &Document::verdictChanged, this, &MainWindow::notifyOfVerdict);
  connect(&m_notice, &DesktopNotice::failed, this,
          [this](const QString& text) { m_messages->show(QStringLiteral("notice"), Sign::unknown, text); });
  auto* chip = m_workspace->liveChip();
  connect(chip, &LiveChip::pauseChosen, &m_document, &Document::setPaused);
  connect(chip, &LiveChip::stepChosen, &m_document, &Document::step);
  auto* pane = m_workspace->history();
  auto& replay = m_document.replay();
  connect(pane, &HistoryPane::scrubbed, &replay, &Replay::scrubTo);
  connect(pane, &HistoryPane::liveRequested, &replay, &Replay::leave);
  connect(pane, &HistoryPane::eventStepRequested, &replay, &Replay::step);
  connect(pane, &HistoryPane::playRequested, &replay, &Replay::play);
  connect(pane, &HistoryPane::speedChosen, &replay, &Replay::setSpeed);
  connect(pane, &HistoryPane::sideChosen, &replay, &Replay::choose);
  connect(pane, &HistoryPane::selected, m_workspace, &Workspace::setSelection);
  connect(pane, &HistoryPane::noteEntered, &m_document, &Document::addNote);
  refreshHistory();
}

void MainWindow::refreshHistory() {
  auto* pane = m_workspace->history();
  const auto& overview = m_document.replay().overview();
  if (overview && !overview->empty())
    pane->setOverview(*overview, !m_document.isHistory());
  else if (m_document.isHistory())
    pane->setEmpty(tr("Nothing is recorded in this history."));
  else if (!m_document.project())
    pane->setEmpty(tr("Two recordings have no history. Open a project, or a history (*.whichbase)."));
  else if (m_document.file().isEmpty())
    pane->setEmpty(
        tr("Nothing is recorded: the project is not saved. Save it, and its history is kept beside its file."));
  else
    pane->setEmpty(tr("Nothing is recorded yet. Probe or watch live: every change goes into %1.")
                       .arg(QFileInfo(m_document.historyFile()).fileName()));
  refreshTitle();
  refreshReplay();
}

void MainWindow::refreshReplay() {
  const auto& replay = m_document.replay();
  auto* pane = m_workspace->history();
  pane->setCursor(replay.at());
  pane->setPlaying(replay.playing());
  const bool any = replay.overview() && !replay.overview()->changes.empty();
  m_playAction->setText(replay.playing() ? tr("&Pause") : tr("&Play"));
  m_playAction->setEnabled(any);
  m_previousAction->setEnabled(any);
  m_nextAction->setEnabled(replay.at().has_value());
  m_asBeforeAction->setEnabled(replay.at().has_value());
  m_presentAction->setEnabled(replay.active());
  refreshActions();
  refreshStatus();
}

void MainWindow::refreshLinks() {
  auto* chip = m_workspace->liveChip();
  chip->setPaused(m_document.paused());
  QStringList states;
  for (const auto& link : m_document.links())
    if (const QString state = stateOf(link); !state.isEmpty())
      states << (link.text.empty() ? state : QStringLiteral("%1 (%2)").arg(state, QString::fromStdString(link.text)));
  chip->setLinks(states.join(QLatin1Char('\n')));
  refreshActions();
  refreshStatus();
}

QStringList MainWindow::liveParts() const {
  if (m_document.interval().count() == 0)
    return {};
  if (m_document.paused())
    return {tr("paused")};
  QStringList parts;
  for (const auto& link : m_document.links())
    if (const QString state = stateOf(link); !state.isEmpty() && parts.size() < 2)
      parts << state;
  if (const auto next = m_document.nextAt(); next && parts.isEmpty()) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(*next - topology::now());
    if (left.count() > 10)
      parts << tr("looks again in %L1 s").arg(left.count());
  }
  return parts;
}

void MainWindow::notifyOfVerdict(const QString& text) {
  if (m_notifyAction->isChecked())
    m_notice.show(tr("%1: the verdict changed").arg(windowTitle()), text);
}

} // namespace whichbase::ui
