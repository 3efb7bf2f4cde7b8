#include "support/run_program.h"

#include "support/paths.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace whichbase::test {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void become(const std::vector<std::string>& command, const RunOptions& options) {
  for (const auto& [name, value] : options.environment)
    ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const auto& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

int exitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// False at the end of the stream.
bool take(int descriptor, std::string& into) {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0)
    into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

void interruptOrKill(pid_t child, const RunOptions& options, double elapsed, bool& interrupted) {
  if (options.interruptAfter > 0 && !interrupted && elapsed > options.interruptAfter) {
    ::kill(child, SIGINT);
    interrupted = true;
  }
  if (elapsed > options.seconds)
    ::kill(child, SIGKILL);
}

} // namespace

RunResult runProgram(const std::vector<std::string>& command, const RunOptions& options) {
  std::array<int, 2> in{}, out{}, err{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipes");
  const auto start = Clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int output = options.outputFile.empty() ? out[1] : ::open(options.outputFile.c_str(), O_WRONLY);
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    become(command, options);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  [[maybe_unused]] const auto written = ::write(in[1], options.input.data(), options.input.size());
  ::close(in[1]);
  RunResult result;
  bool outOpen = true, errOpen = true, interrupted = false;
  while (outOpen || errOpen) {
    pollfd waiting[2] = {{outOpen ? out[0] : -1, POLLIN, 0}, {errOpen ? err[0] : -1, POLLIN, 0}};
    ::poll(waiting, 2, 50);
    interruptOrKill(child, options, since(start), interrupted);
    if (waiting[0].revents != 0)
      outOpen = take(out[0], result.output);
    if (waiting[1].revents != 0)
      errOpen = take(err[0], result.errors);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(out[0]);
  ::close(err[0]);
  result.pid = child;
  result.exitCode = exitCodeOf(status);
  result.seconds = since(start);
  return result;
}

RunResult runOnTerminal(const std::vector<std::string>& command, const std::vector<Answer>& answers,
                        const RunOptions& options) {
  int terminal = -1;
  winsize size{50, 120, 0, 0};
  const auto start = Clock::now();
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0)
    become(command, options);
  RunResult result;
  std::size_t next = 0, searchFrom = 0;
  bool open = true, interrupted = false;
  while (open) {
    pollfd waiting{terminal, POLLIN, 0};
    ::poll(&waiting, 1, 50);
    interruptOrKill(child, options, since(start), interrupted);
    if (waiting.revents != 0)
      open = take(terminal, result.output);
    if (next >= answers.size())
      continue;
    const auto found = result.output.find(answers[next].question, searchFrom);
    if (found == std::string::npos)
      continue;
    searchFrom = found + answers[next].question.size();
    ::usleep(20'000); // a person answers after the echo was turned off
    [[maybe_unused]] const auto written = ::write(terminal, answers[next].typed.data(), answers[next].typed.size());
    ++next;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  result.pid = child;
  result.exitCode = exitCodeOf(status);
  result.seconds = since(start);
  return result;
}

std::string schemaViolation(const std::string& json, const std::string& schemaName) {
  std::array<char, 32> name{"/tmp/whichbase-json-XXXXXX"};
  const int descriptor = ::mkstemp(name.data());
  ::close(descriptor);
  std::ofstream(name.data()) << json;
  const auto schemas = (sourceFolder() / "resources").string() + "/";
  const auto result = runProgram({"python3", "-W", "ignore", "-m", "jsonschema", "--base-uri", "file://" + schemas,
                                  "-i", name.data(), schemas + schemaName});
  ::unlink(name.data());
  return result.exitCode == 0
             ? ""
             : "validator said (" + std::to_string(result.exitCode) + "): " + result.output + result.errors;
}

} // namespace whichbase::test
