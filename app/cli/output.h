// The options that say how and where a result is written, the same for every command that has one.
#pragma once

#include "cli/console.h"

#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11 is called so
class App;
}

namespace whichbase::cli {

struct OutputOptions {
  std::string format; // "text" or "json"; empty: text, or JSON where the output file's name ends in .json
  std::string file;   // empty: standard output
  bool ascii = false;

  bool json() const;
};

// Adds --format and --ascii, and --output where `withFile`.
void addOutputOptions(CLI::App& command, OutputOptions& options, bool withFile);

// Writes a result of any type that report has as text and as JSON. False: it could not be written, and why was told.
bool deliver(const std::string& text, const OutputOptions& options, Console& console);

template <class Result>
bool deliverResult(const Result& result, const OutputOptions& options, Console& console);

} // namespace whichbase::cli
