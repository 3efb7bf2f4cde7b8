#include "window/check_run.h"

#include "window/participants.h"

#include <utility>

namespace whichbase::ui {

CheckRun::CheckRun(ProbeController& controller, QObject* parent) : QObject(parent), m_controller(controller) {}

CheckRun::~CheckRun() {
  cancel();
}

void CheckRun::cancel() {
  m_stop.request_stop();
  if (m_mailbox)
    m_mailbox->close();
  m_running = false;
}

void CheckRun::start(Document::Surroundings surroundings) {
  cancel();
  m_stop = std::stop_source();
  m_mailbox = std::make_shared<Mailbox>(this);
  m_running = true;
  m_controller.run(
      [this, mailbox = m_mailbox, own = m_stop, surroundings = std::move(surroundings)](const std::stop_token& all) {
        auto source = own;
        const std::stop_callback both(all, [&source] { source.request_stop(); });
        const auto stop = source.get_token();
        const auto participants = participantsFor(surroundings, stop);
        probe::Connector connector(stop, surroundings.request.routes);
        const auto tell = [this, &mailbox](const verify::CheckLine& line) {
          mailbox->post([this, line] { Q_EMIT lineChanged(line); });
        };
        auto result = verify::check(participants, {}, connector, stop, tell);
        mailbox->post([this, result = std::move(result)] {
          m_running = false;
          Q_EMIT finished(result);
        });
        return true;
      },
      [](bool) {});
}

} // namespace whichbase::ui
