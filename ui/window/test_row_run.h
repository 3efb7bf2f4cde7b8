// A test row, off the GUI thread: planned by looking only, written on an express wish, deleted whatever happens, and
// what earlier runs left behind removed.
#pragma once

#include "verify/test_row.h"
#include "window/document.h"

#include <QObject>

namespace whichbase::ui {

class TestRowRun : public QObject {
  Q_OBJECT
public:
  enum class State { idle, planning, writing, deleting };

  TestRowRun(ProbeController& controller, Document::Surroundings surroundings, QObject* parent = nullptr);
  ~TestRowRun() override; // whoever lets go of it while it writes has it delete the row, unseen

  State state() const { return m_state; }
  bool isRowOut() const { return m_state == State::writing || m_state == State::deleting; }
  const std::optional<verify::TestRowPlan>& plan() const { return m_plan; }
  const Document::Surroundings& surroundings() const { return m_surroundings; }

  void look(verify::TestRowWish wish); // in place of a look that runs; where it fails the plan before stays
  void forgetPlan();                   // and the look that runs
  void write();                        // the plan that was looked at last, exactly as it was told
  void stop();                         // deletes the row; finished() comes when that is over

Q_SIGNALS:
  void stateChanged();
  void planned();                   // plan() is there
  void failed(const QString& text); // it cannot even be planned
  void lineChanged(const whichbase::verify::TestRowLine& line);
  void finished(const whichbase::verify::TestRowResult& result);

private:
  using Participants = std::shared_ptr<const std::vector<verify::Participant>>;
  void setState(State state);
  void begin(); // another piece of work: what an earlier one still says is not heard

  ProbeController& m_controller;
  const Document::Surroundings m_surroundings;
  Participants m_participants; // that the plan was made for
  std::optional<verify::TestRowPlan> m_plan;
  std::shared_ptr<Mailbox> m_mailbox;
  std::stop_source m_stop;
  State m_state = State::idle;
};

} // namespace whichbase::ui
