#include "window/test_row_run.h"

#include "model/left_behind.h"
#include "window/participants.h"

#include <QFile>

#include <utility>

namespace whichbase::ui {

namespace {

constexpr std::chrono::seconds longestLook{15};

} // namespace

TestRowRun::TestRowRun(ProbeController& controller, Document::Surroundings surroundings, QObject* parent)
    : QObject(parent), m_controller(controller), m_surroundings(std::move(surroundings)) {}

TestRowRun::~TestRowRun() {
  begin();
}

void TestRowRun::begin() {
  m_stop.request_stop();
  m_stop = std::stop_source();
  if (m_mailbox)
    m_mailbox->close();
  m_mailbox = std::make_shared<Mailbox>(this);
}

void TestRowRun::setState(State state) {
  m_state = state;
  Q_EMIT stateChanged();
}

void TestRowRun::forgetPlan() {
  if (isRowOut())
    return;
  begin();
  m_plan.reset();
  setState(State::idle);
}

void TestRowRun::look(verify::TestRowWish wish) {
  if (isRowOut())
    return;
  begin();
  setState(State::planning);
  m_controller.run(
      [this, mailbox = m_mailbox, own = m_stop, surroundings = m_surroundings,
       wish = std::move(wish)](const std::stop_token& all) {
        auto source = own;
        const std::stop_callback both(all, [&source] { source.request_stop(); });
        const auto participants =
            std::make_shared<const std::vector<verify::Participant>>(participantsFor(surroundings, source.get_token()));
        probe::Connector connector(source.get_token(), surroundings.request.routes);
        auto plan = verify::planTestRow(*participants, wish, connector, std::chrono::steady_clock::now() + longestLook);
        mailbox->post([this, participants, plan = std::move(plan)] {
          if (plan) {
            m_participants = participants;
            m_plan = *plan;
          }
          setState(State::idle);
          if (plan)
            Q_EMIT planned();
          else
            Q_EMIT failed(problemOf(plan.error()));
        });
        return true;
      },
      [](bool) {});
}

void TestRowRun::write() {
  if (m_state != State::idle || !m_plan || !m_plan->isComplete || !m_plan->refusals.empty())
    return;
  begin();
  setState(State::writing);
  m_controller.run(
      [this, mailbox = m_mailbox, own = m_stop, surroundings = m_surroundings, participants = m_participants,
       plan = *m_plan](const std::stop_token& all) {
        auto source = own;
        const std::stop_callback both(all, [&source] { source.request_stop(); });
        verify::TestRowOptions options;
        options.project = QFile::encodeName(surroundings.file).toStdString();
        options.title = surroundings.request.project.title;
        verify::Journal journal;
        // Connections are still needed for the deletion after a stop.
        probe::Connector connector({}, surroundings.request.routes);
        const auto tell = [this, &mailbox](const verify::TestRowLine& line) {
          mailbox->post([this, line] { Q_EMIT lineChanged(line); });
        };
        auto result = verify::writeTestRow(plan, *participants, options, journal, connector, source.get_token(), tell);
        mailbox->post([this, result = std::move(result)] {
          setState(State::idle);
          Q_EMIT finished(result);
        });
        return true;
      },
      [](bool) {});
}

void TestRowRun::stop() {
  if (m_state != State::writing)
    return;
  m_stop.request_stop();
  setState(State::deleting);
}

} // namespace whichbase::ui
