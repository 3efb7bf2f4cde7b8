#include "document/report.h"

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/report_source.h"
#include "paper/render.h"
#include "report/json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whichbase::cli {
namespace {

using paper::Kind;

struct Options {
  ReportSource source;
  std::vector<std::string> outputs;
  std::string format, paper = "a4", theme = "light";
  std::optional<double> scale;
  bool ascii = false;
};

constexpr std::array<std::pair<const char*, Kind>, 8> names{{{"markdown", Kind::markdown},
                                                             {"html", Kind::html},
                                                             {"pdf", Kind::pdf},
                                                             {"svg", Kind::svg},
                                                             {"png", Kind::png},
                                                             {"json", Kind::json},
                                                             {"mermaid", Kind::mermaid},
                                                             {"text", Kind::text}}};

// By its name, or by the ending of a file of that kind.
std::optional<Kind> kindNamed(const std::string& name) {
  const auto* found = std::ranges::find(names, name, [](const auto& each) { return std::string(each.first); });
  return found != names.end() ? std::optional(found->second) : paper::kindOf("report." + name);
}

std::string endings() {
  std::string list;
  for (const Kind kind : paper::allKinds())
    list += (list.empty() ? "." : ", .") + paper::endingOf(kind);
  return list;
}

// Where it goes, and as what.
struct Target {
  std::string file; // empty: standard output
  Kind kind = Kind::markdown;
};

// Empty: one of them is none; it was told.
std::vector<Target> targetsOf(const Options& options, Console& console) {
  std::vector<Target> targets;
  const auto named = options.format.empty() ? std::nullopt : kindNamed(options.format);
  for (const std::string& file : options.outputs) {
    const auto kind = named ? named : paper::kindOf(file);
    if (!kind) {
      console.error(
          fmt::format("\"{}\" has no ending that tells what to write: {}; or say it with --format", file, endings()));
      return {};
    }
    targets.push_back({file, *kind});
  }
  if (!targets.empty())
    return targets;
  const Kind kind = named.value_or(Kind::text);
  if ((kind == Kind::pdf || kind == Kind::png) && console.outputIsTerminal()) {
    console.error(fmt::format("a {} is nothing for a terminal; name a file: --output report.{}",
                              kind == Kind::pdf ? "PDF" : "picture", paper::endingOf(kind)));
    return {};
  }
  return {{"", kind}};
}

paper::RenderOptions renderOptions(const Options& options, const Target& target, Console& console) {
  paper::RenderOptions render;
  render.format = options.paper == "letter" ? paper::Format::letter : paper::Format::a4;
  render.scale = options.scale;
  render.look = options.theme == "dark" ? picture::Look::dark : picture::Look::light;
  const auto look = console.textOptions(options.ascii, !target.file.empty());
  render.ascii = look.ascii;
  render.columns = look.columns;
  return render;
}

// What was written into the Markdown file that is about to be replaced stays; so does what the incident's file has.
std::optional<document::Incident> withWritten(document::Incident incident, const Target& target, Console& console) {
  if (target.kind != Kind::markdown || target.file.empty())
    return incident;
  auto written = document::writtenInFile(target.file);
  if (!written) {
    console.error(written.error());
    return std::nullopt;
  }
  for (auto& [key, text] : *written)
    incident.written[key] = std::move(text);
  return incident;
}

// All that is to be written is made before anything is.
int writeReport(const Options& options, Context& context) {
  const auto targets = targetsOf(options, context.console);
  int exitCode = exitUnusable;
  if (targets.empty())
    return exitCode;
  const auto incident = incidentFrom(options.source, context, exitCode);
  if (!incident)
    return exitCode;
  std::vector<std::string> contents;
  for (const Target& target : targets) {
    const auto kept = withWritten(*incident, target, context.console);
    if (!kept)
      return exitUnusable;
    auto content = paper::render(*kept, target.kind, renderOptions(options, target, context.console));
    if (!content) {
      context.console.error(content.error().text);
      return exitUnusable;
    }
    contents.push_back(std::move(*content));
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].file.empty())
      return context.console.print(contents[i]) ? exitFine : exitUnusable;
    if (const auto saved = report::saveText(contents[i], targets[i].file); !saved) {
      context.console.error(saved.error().text);
      return exitUnusable;
    }
  }
  return exitFine;
}

} // namespace

void addReport(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("report", "Write the incident's report from what was recorded");
  auto options = std::make_shared<Options>();
  addReportSource(*command, options->source);
  command
      ->add_option("--output", options->outputs,
                   "Write it into FILE, whole or not at all, as its ending says: " + endings() +
                       "; may be given more than once")
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--format", options->format, "What to write where no ending tells it; on standard output, text")
      ->type_name("KIND")
      ->check([](const std::string& name) {
        return kindNamed(name) ? std::string() : "there is no kind \"" + name + "\": " + endings();
      });
  command->add_option("--paper", options->paper, "Size of a PDF's pages: a4 or letter")
      ->check(CLI::IsMember({"a4", "letter"}));
  command
      ->add_option("--scale", options->scale,
                   "A picture's pixels for each of the diagram's own, 0.1 to 8; 2 where it is left out, fewer for very "
                   "large ones")
      ->check(CLI::Range(0.1, 8.0));
  command->add_option("--theme", options->theme, "Look of a picture: light or dark")
      ->check(CLI::IsMember({"light", "dark"}));
  command->add_flag("--ascii", options->ascii,
                    "Draw with +-| instead of lines; so it is where the locale is not UTF-8");
  command->footer("md, html, pdf, json and txt hold the whole report; svg, png and mmd (Mermaid) the diagram alone.\n"
                  "Lessons, actions and the like are asked for and not invented. What was written in a Markdown report "
                  "stays when it\n"
                  "is written again.\n"
                  "Exit codes: 0 written, 2 usage, nothing recorded, unreadable input or unwritable output.\n"
                  "Examples:\n"
                  "  whichbase-cli report tovplay.whichbase.toml --output report.md --output report.pdf\n"
                  "  whichbase-cli report before.json after.json --output report.html");
  command->callback([options, &context] { context.exitCode = writeReport(*options, context); });
}

} // namespace whichbase::cli
