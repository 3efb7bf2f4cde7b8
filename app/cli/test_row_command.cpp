#include "cli/test_row_command.h"

#include "cli/exit_code.h"
#include "verify/test_row_sql.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace whichbase::cli {
namespace {

using verify::TestRowPlace;
using verify::TestRowStep;
using namespace std::chrono_literals;

constexpr auto planWithin = 30s;
constexpr auto cleanWithin = 120s;
constexpr std::size_t longestInsert = 1 << 20; // bytes

std::optional<std::string> readAll(const std::string& file) {
  std::ifstream opened;
  if (file != "-")
    opened.open(file, std::ios::binary);
  std::istream& stream = file == "-" ? std::cin : opened;
  std::string text(std::istreambuf_iterator<char>(stream), {});
  const bool isRead = file == "-" || opened.is_open();
  return isRead && !stream.bad() && text.size() <= longestInsert ? std::optional(std::move(text)) : std::nullopt;
}

} // namespace

TestRowCommand::TestRowCommand(const TestRowChoice& choice, const std::string& project, const OutputOptions& output,
                               ProbedIncident& incident, const std::vector<verify::Participant>& participants,
                               Context& context)
    : m_choice(choice), m_project(project), m_output(output), m_incident(incident), m_participants(participants),
      m_context(context) {}

bool TestRowCommand::removeLeftBehind() {
  probe::Connector connector(m_context.interrupt.token(), m_incident.routes());
  bool isClean = true;
  for (const auto& removal :
       verify::removeLeftBehind(m_participants, m_journal, m_project, connector, pg::Clock::now() + cleanWithin)) {
    isClean = isClean && removal.removed;
    removal.removed ? m_context.console.note(printable(removal.text))
                    : m_context.console.error(printable(removal.text));
  }
  return isClean;
}

std::optional<verify::TestRowWish> TestRowCommand::wish() {
  verify::TestRowWish wish;
  wish.place = m_choice.place == "users" ? TestRowPlace::usersTable : TestRowPlace::ownTable;
  wish.writer = m_choice.writer;
  if (m_choice.insertFile.empty())
    return wish;
  auto text = readAll(m_choice.insertFile);
  if (!text) {
    m_context.console.error(fmt::format("{} cannot be read, or is longer than an INSERT", m_choice.insertFile));
    return std::nullopt;
  }
  wish.insertSql = std::move(*text);
  wish.token = verify::tokenIn(wish.insertSql);
  if (!wish.token.empty())
    return wish;
  m_context.console.error("the INSERT does not hold a token: the row could not be found and removed again");
  m_context.console.note(
      fmt::format("Begin with the template: whichbase-cli verify {} --canary users --show-plan", m_project));
  return std::nullopt;
}

int TestRowCommand::refused(const verify::TestRowPlan& plan) {
  for (const auto& refusal : plan.refusals)
    m_context.console.error(printable(refusal));
  if (plan.refusals.empty()) {
    m_context.console.error("the INSERT is not complete: nothing was written");
    m_context.console.note(fmt::format("Save the INSERT of the plan as a file, fill it in, and give it with "
                                       "--insert-sql FILE: whichbase-cli verify {} --canary users --show-plan",
                                       m_project));
  }
  return exitSplit;
}

// The project's title, as it is: on a terminal it has to be typed.
bool TestRowCommand::isNamed() {
  const std::string& title = m_incident.project().title;
  const std::string wanted = title.empty() ? std::filesystem::path(m_project).filename().string() : title;
  std::optional<std::string> name = m_choice.projectName;
  if (name->empty() && m_context.console.canAsk())
    name = m_context.console.ask(
        printable(
            fmt::format("This writes into a production database. Type the project's name, {}, to go on: ", wanted)),
        true);
  if (name == wanted)
    return true;
  m_context.console.error(printable(fmt::format("this writes into a production database and was not confirmed by the "
                                                "project's name, {}: nothing was written",
                                                wanted)));
  if (!m_context.console.canAsk())
    m_context.console.note("Give it with --project-name.");
  return false;
}

bool TestRowCommand::isAgreedTo(const verify::TestRowPlan& plan) {
  if (plan.writesToProduction && !isNamed())
    return false;
  if (m_choice.yes || (plan.writesToProduction && m_context.console.canAsk() && m_choice.projectName.empty()))
    return true;
  if (!m_context.console.canAsk()) {
    m_context.console.error("nobody has agreed to this plan: nothing was written");
    m_context.console.note("Check the plan, then run again with --yes, or on a terminal.");
    return false;
  }
  const auto answer = m_context.console.ask("Write this row now, and delete it again? [y/N] ", true);
  if (answer && (*answer == "y" || *answer == "Y" || *answer == "yes"))
    return true;
  m_context.console.error("not agreed: nothing was written");
  return false;
}

void TestRowCommand::tell(const verify::TestRowLine& line) {
  const auto& check = line.check;
  std::string text;
  if (line.step == TestRowStep::inserting)
    text = fmt::format("Inserting through {} …", check.server);
  else if (line.step == TestRowStep::waiting && check.saw)
    text = fmt::format("  {} sees it ({:.1f} ms)", check.server, check.seenAfterMs.value_or(0));
  else if (line.step == TestRowStep::waiting)
    text = fmt::format("  {} does not see it{}", check.server, check.note.empty() ? "" : ": " + check.note);
  else if (line.step == TestRowStep::deleting)
    text = fmt::format("Deleting through {} …", check.server);
  else if (line.step == TestRowStep::confirming)
    text = fmt::format("  {} {}", check.server,
                       check.confirmedDeletion ? "sees that it is gone" : "did not confirm the deletion");
  if (!text.empty())
    m_context.console.note(printable(text));
}

int TestRowCommand::told(const verify::TestRowResult& result) {
  const bool isPrinted = m_context.console.print(m_output.json() ? verify::toJson(result)
                                                                 : printable(verify::toText(result), m_output.ascii));
  if (!isPrinted)
    return exitUnusable;
  if (m_context.interrupt.requested())
    return exitInterrupted;
  if (result.verification.everyoneSees && result.deleted)
    return exitFine;
  return result.refused || result.provenApart || !result.leftBehind.empty() ? exitSplit : exitUndetermined;
}

int TestRowCommand::run(std::optional<topology::Verification>& verification) {
  const auto wished = wish();
  if (!wished)
    return m_choice.insertFile.empty() ? exitUnusable : exitSplit;
  probe::Connector connector(m_context.interrupt.token(), m_incident.routes());
  const auto plan = verify::planTestRow(m_participants, *wished, connector, pg::Clock::now() + planWithin);
  if (m_context.interrupt.requested())
    return exitInterrupted;
  if (!plan) {
    m_context.console.error(plan.error().text);
    if (!plan.error().remedy.empty())
      m_context.console.note(plan.error().remedy);
    return exitUndetermined;
  }
  const std::string shown = printable(verify::toText(*plan), m_output.ascii);
  const bool isPossible = plan->refusals.empty() && plan->isComplete;
  if (m_choice.showPlan)
    return m_context.console.print(shown) ? (plan->refusals.empty() ? exitFine : exitSplit) : exitUnusable;
  m_context.console.note(shown);
  if (!isPossible)
    return refused(*plan);
  if (!isAgreedTo(*plan))
    return m_context.interrupt.requested() ? exitInterrupted : exitUnusable;
  const verify::TestRowOptions options{.project = m_project, .title = m_incident.project().title};
  const auto result = verify::writeTestRow(*plan, m_participants, options, m_journal, connector,
                                           m_context.interrupt.token(), [this](const auto& line) { tell(line); });
  if (result.inserted)
    verification = result.verification;
  return told(result);
}

} // namespace whichbase::cli
