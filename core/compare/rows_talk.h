// Both sides asked at the same time, each its own statements one after the other, by one thread. Private to
// core/compare.
#pragma once

#include "compare/rows_side.h"

#include <optional>
#include <stop_token>
#include <string>

namespace whichbase::compare {

// What one side is to do.
class Work {
public:
  virtual ~Work() = default;
  // The next statement; empty: nothing left to ask.
  virtual std::string next(const probe::Limits& limits) = 0;
  virtual std::optional<Problem> take(const pg::Rows& rows, std::chrono::milliseconds took) = 0;
  // The statement took too long: whether there is a smaller one.
  virtual bool shrink() { return false; }
  virtual double share() const { return 0; } // of it that is done
};

class Talk {
public:
  Talk(RowsSide& from, RowsSide& to, const RowsRequest& request, pg::TimePoint deadline, std::stop_token stop,
       const OnRowsProgress& onProgress);

  // Until neither has anything left to ask; either may be null.
  std::optional<Problem> run(const std::string& phase, Work* from, Work* to);
  // A pause between two looks, cut short by a stop.
  std::optional<Problem> wait(std::chrono::milliseconds time);

private:
  struct Speaker {
    RowsSide* side = nullptr;
    Work* work = nullptr;
    bool asking = false;
    int attempts = 0;          // of this statement
    pg::TimePoint notBefore{}; // a locked relation is asked again a little later
    pg::TimePoint askedAt{};
    pg::TimePoint answerBy{};
    pg::Rows rows{};
    pg::SqlError error{};
  };
  std::optional<Problem> step();
  std::optional<Problem> ask(Speaker& speaker);
  std::optional<Problem> hear(Speaker& speaker);
  std::optional<Problem> answered(Speaker& speaker);
  std::optional<Problem> ended(); // by a stop or the deadline
  int patience() const;
  void report();
  probe::Limits limits() const;

  const RowsRequest& m_request;
  const std::stop_token m_stop;
  const OnRowsProgress& m_onProgress;
  const pg::TimePoint m_deadline;
  Speaker m_speakers[2];
  std::string m_phase;
  pg::TimePoint m_phaseStart{};
  pg::TimePoint m_lastReport{};
};

} // namespace whichbase::compare
