// Other programs that we run: to their end, or for as long as we want them. They die with this process, however it
// ends, and see none of its PG* environment.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::process {

struct Command {
  std::filesystem::path program;
  std::vector<std::string> arguments{};
  std::map<std::string, std::string> environment{}; // on top of ours without PG*; where passwords go
  std::string user{};                               // to run as; needs root. Empty: as we are
  std::filesystem::path folder = "/";               // to work in
  std::stop_token stop{};                           // ends it before its time
};

struct RunResult {
  int exitCode = 0; // 128 + n where signal n ended it, as shells count
  std::string output;
  std::string errors;
};

// Runs to the end with `input` as standard input. Fails with a sentence where the program cannot be started, or was
// stopped.
std::expected<RunResult, std::string> run(const Command& command, const std::string& input = {});

// A program that runs beside us, whatever becomes of command.stop, in a process group of its own so that Ctrl-C does
// not reach it.
class ChildProcess {
public:
  // Output and errors go to the end of `log`. With `keepInputOpen` its standard input stays open and silent until the
  // destructor; otherwise it is /dev/null. `deathSignal` is what it gets should this process die first.
  struct Options {
    std::filesystem::path log{};
    bool keepInputOpen = false;
    int deathSignal = 9;
  };
  static std::expected<std::unique_ptr<ChildProcess>, std::string> start(const Command& command,
                                                                         const Options& options);
  ~ChildProcess(); // kills it where it still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const;
  bool write(const std::string& text); // to its standard input, where that was kept open
  void signal(int number);             // nothing where it has ended
  // Its exit code, counted as in RunResult; nothing where it still runs after `timeout`.
  std::optional<int> wait(std::chrono::milliseconds timeout);

private:
  ChildProcess();
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace whichbase::process
