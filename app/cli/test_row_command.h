// The part of verify that writes: the plan is shown, agreed to, and carried out.
#pragma once

#include "cli/output.h"
#include "cli/probed_incident.h"
#include "verify/test_row.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::cli {

struct TestRowChoice {
  std::string place; // "own-table" or "users"; empty: nothing is written
  std::string writer;
  std::string insertFile; // "-": standard input; empty: the template
  std::string projectName;
  bool showPlan = false;
  bool yes = false;
  bool clean = false;
};

class TestRowCommand {
public:
  TestRowCommand(const TestRowChoice& choice, const std::string& project, const OutputOptions& output,
                 ProbedIncident& incident, const std::vector<verify::Participant>& participants, Context& context);

  // What an earlier run left in this project's databases, with what became of it. False: something may still be there.
  bool removeLeftBehind();
  // Shows the plan, asks, writes. Returns the exit code; `verification` is set where a row was written.
  int run(std::optional<topology::Verification>& verification);

private:
  std::optional<verify::TestRowWish> wish();
  bool isAgreedTo(const verify::TestRowPlan& plan);
  bool isNamed();
  int refused(const verify::TestRowPlan& plan);
  int told(const verify::TestRowResult& result);
  void tell(const verify::TestRowLine& line);

  const TestRowChoice& m_choice;
  const std::string& m_project;
  const OutputOptions& m_output;
  ProbedIncident& m_incident;
  const std::vector<verify::Participant>& m_participants;
  Context& m_context;
  verify::Journal m_journal;
};

} // namespace whichbase::cli
