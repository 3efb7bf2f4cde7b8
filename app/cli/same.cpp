#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/same_answer.h"
#include "cli/side_probe.h"
#include "connection/connection_string.h"
#include "connection/password_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {
namespace {

struct Options {
  std::vector<std::string> urls;
  double deadline = 30;
  bool ascii = false;
};

bool isInPasswordFile(const connection::Parameters& parameters) {
  const std::string user = connection::valueOf(parameters, "user");
  const std::string dbname = connection::valueOf(parameters, "dbname");
  const auto endpoints = connection::endpoints(parameters);
  return std::ranges::any_of(endpoints, [&](const auto& endpoint) {
    return connection::passwordFromFile(connection::passwordFile(),
                                        endpoint.host.empty() ? endpoint.hostaddr : endpoint.host, endpoint.port,
                                        dbname.empty() ? user : dbname, user)
        .password.has_value();
  });
}

// The string with a password asked for where it has none, ~/.pgpass neither, or only a mask; empty when there is none
// to be had.
std::optional<std::string> complete(const std::string& url, const std::string& name, Console& console) {
  auto parsed = connection::parse(url);
  if (!parsed.value) // told by the probe, as the failure of that one
    return url;
  const std::string present = connection::valueOf(parsed.value->parameters, "password");
  const bool mask = parsed.value->passwordIsMask;
  if (!mask && (!present.empty() || isInPasswordFile(parsed.value->parameters)))
    return url;
  if (!console.canAsk()) {
    if (mask)
      console.error(name + " has *** as its password, which is a mask: give the real one, or run this on a terminal "
                           "to be asked");
    return mask ? std::nullopt : std::optional(url);
  }
  const auto password = console.ask(fmt::format("Password for {} ({}): ", name, parsed.value->masked), false);
  if (!password || (mask && password->empty()))
    return std::nullopt;
  if (password->empty())
    return url;
  auto& parameters = parsed.value->parameters;
  std::erase_if(parameters, [](const auto& parameter) { return parameter.first == "password"; });
  parameters.emplace_back("password", *password);
  return connection::safeUrl(*parsed.value, false);
}

int same(const Options& options, Context& context) {
  Console& console = context.console;
  project::Project project;
  project.title = "Do these lead to one database?";
  for (const auto& url : options.urls) {
    const std::string name = fmt::format("URL {}", project.servers.size() + 1);
    const auto whole = complete(url, name, console);
    if (!whole)
      return context.interrupt.requested() ? exitInterrupted : exitUnusable;
    if (const auto parsed = connection::parse(*whole); parsed.value)
      console.secrets.push_back(connection::valueOf(parsed.value->parameters, "password"));
    project::Server server;
    server.name = name;
    server.present = project::ConnectionSpec{*whole, "direct"}; // the question is where they lead from here
    project.servers.push_back(std::move(server));
  }
  std::erase(console.secrets, "");
  probe::Sources sources;
  sources.passwordFile = connection::passwordFile();
  const auto snapshot =
      probeShown(project, topology::Side::after, sources, nullptr, sweepOptions(options.deadline), context);
  if (!snapshot)
    return exitInterrupted;
  const SameAnswer answer = sameAnswer(*snapshot);
  std::string text = answer.line + "\n";
  for (const auto& detail : answer.details)
    text += "  " + detail + "\n";
  const std::string shown = connection::redact(text, console.secrets);
  return console.print(printable(shown, options.ascii)) ? answer.exitCode : exitUnusable;
}

} // namespace

void addSame(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("same", "Do these connection strings lead to one database?");
  auto options = std::make_shared<Options>();
  command->add_option("URL", options->urls, "Two or more connection strings; a missing password is asked for")
      ->required()
      ->expected(2, 1000);
  command->add_option("--deadline", options->deadline, "Give up after so many SECONDS")
      ->capture_default_str()
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86400.0));
  command->add_flag("--ascii", options->ascii, "No characters beyond ASCII");
  command->footer(
      "The first line of the answer is made to be pasted. Exit codes: 0 the same database, 1 different "
      "ones, 3 cannot tell.\nOther users of this computer can see arguments (ps): leave a password out to be "
      "asked for it. localhost is this computer; to look from where a "
      "server stands, probe a project with via = \"ssh HOST\".\nExample: whichbase-cli same \"$DATABASE_URL\" "
      "postgresql://app@db.example.org/app");
  command->callback([options, &context] { context.exitCode = same(*options, context); });
}

} // namespace whichbase::cli
