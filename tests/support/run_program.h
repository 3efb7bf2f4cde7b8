// Runs a program and keeps what it wrote; on a terminal of its own where a test needs one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::test {

struct RunOptions {
  std::string input;
  std::map<std::string, std::string> environment; // on top of ours
  std::string outputFile;                         // where standard output goes; empty: kept
  double seconds = 60;                            // then it is killed
  double interruptAfter = 0;                      // SIGINT after so many seconds; 0: never
};

struct RunResult {
  int exitCode = -1; // 128 + signal where one ended it
  std::string output;
  std::string errors;
  double seconds = 0;
  int pid = 0;
};

RunResult runProgram(const std::vector<std::string>& command, const RunOptions& options = {});

// On a pseudo terminal: what it shows is in `output`. Each answer is typed when its question is on the screen.
struct Answer {
  std::string question;
  std::string typed;
};
RunResult runOnTerminal(const std::vector<std::string>& command, const std::vector<Answer>& answers,
                        const RunOptions& options = {});

// The message of the JSON Schema validator; empty: valid. A validator that is missing is a message, too.
std::string schemaViolation(const std::string& json, const std::string& schemaName);

} // namespace whichbase::test
