// The commands of whichbase-cli. Each adds its options to the program, and a callback that sets the exit code.
#pragma once

#include "cli/console.h"
#include "cli/interrupt.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11 is called so
class App;
}

namespace whichbase::cli {

// What a command runs in.
struct Context {
  Console& console;
  const Interrupt& interrupt;
  std::function<std::optional<std::string>(const std::string& name)> environment; // as the program was started with it
  int exitCode = 0;
};

void addProbe(CLI::App& program, Context& context);
void addCompare(CLI::App& program, Context& context);
void addExplain(CLI::App& program, Context& context);
void addSame(CLI::App& program, Context& context);
void addImport(CLI::App& program, Context& context);
void addWatch(CLI::App& program, Context& context);
void addDemo(CLI::App& program, Context& context);
void addAddFromSsh(CLI::App& program, Context& context);
void addDiff(CLI::App& program, Context& context);
void addFingerprint(CLI::App& program, Context& context);
void addHistory(CLI::App& program, Context& context);
void addSnapshot(CLI::App& program, Context& context);
void addCanStop(CLI::App& program, Context& context);
void addReport(CLI::App& program, Context& context);
void addVerify(CLI::App& program, Context& context);

// The whole program: reads the command line, runs one command, returns the exit code. `dropped` are the variables that
// main() took out of the environment: ${PGPASSWORD} in a project still means one.
int run(int argc, char** argv, const std::map<std::string, std::string>& dropped);

} // namespace whichbase::cli
