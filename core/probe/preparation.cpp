#include "probe/preparation.h"

#include "connection/password_file.h"
#include "probe/printed_answers.h"
#include "probe/shown_connection.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::probe {
namespace {

using connection::ConnectionString;
using imports::From;
using project::ConnectionSpec;
using topology::Failure;
using topology::Stage;

Failure failure(Stage stage, std::string text, std::string remedy) {
  return {stage, std::move(text), std::move(remedy), false, {}};
}

Failure configuration(std::string text, std::string remedy) {
  return failure(Stage::configuration, std::move(text), std::move(remedy));
}

// Of a command that did not end as it should.
Failure commandFailed(Stage stage, const std::string& what, const route::Problem& problem) {
  Failure failed = failure(stage, fmt::format("{}: {}", what, problem.text), problem.remedy);
  failed.loginCommand = problem.loginCommand;
  return failed;
}

// The URL with a word for each ${NAME}, to be read without any.
std::string withoutSecrets(const std::string& url) {
  return project::substitute(url, [](const std::string&) { return std::optional<std::string>("hidden"); })
      .value_or(url);
}

std::optional<Failure> localhostRefused(const connection::Parameters& parameters, const std::string& server) {
  for (const auto& endpoint : connection::endpoints(parameters)) {
    const std::string& host = endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr;
    if (connection::isThisComputer(host))
      return failure(Stage::route, fmt::format("{} is this computer, not {}", host.empty() ? "no host" : host, server),
                     "Look from the server: via = \"ssh HOST\", as you log in there, or via = \"command …\". Or write "
                     "the address that leads there from this computer, or via = \"direct\" where this computer is the "
                     "server.");
  }
  return std::nullopt;
}

std::optional<Failure> socketRefused(const connection::Parameters& parameters) {
  for (const auto& endpoint : connection::endpoints(parameters))
    if (endpoint.hostaddr.empty() && (endpoint.host.starts_with('/') || endpoint.host.starts_with('@')))
      return failure(Stage::route,
                     fmt::format("{} is the folder of a Unix socket, to which ssh -W does not lead", endpoint.host),
                     fmt::format("Join the socket itself: via = \"command ssh HOST nc -U {}/.s.PGSQL.{}\".",
                                 endpoint.host, endpoint.port));
  return std::nullopt;
}

// Why the string leads nowhere, wherever one looks from; or nothing.
std::optional<Failure> incomplete(const ConnectionString& connection) {
  // What a service file adds is on the server, out of sight: port and database could come from there.
  for (const auto& note : connection.notes)
    if (note.starts_with("service"))
      return configuration("the connection string names a service, which is defined in a file, not in the string",
                           "Where that pg_service.conf is on this computer, write from = \"service NAME\" instead of "
                           "url; else write host, port, database and user into the string.");
  if (std::ranges::find(connection.lacks, "user") != connection.lacks.end())
    return configuration("the connection string names no user",
                         "Write the user into it; this computer's own user name would prove nothing.");
  if (std::ranges::find(connection.lacks, "host") != connection.lacks.end())
    return configuration("the connection string names no host", "Write host and port into it.");
  return std::nullopt;
}

std::expected<project::Configured, Failure> textIn(std::expected<project::Configured, project::Error> configured) {
  if (!configured)
    return std::unexpected(configuration(configured.error().text, {}));
  return std::move(*configured);
}

void set(connection::Parameters& parameters, const std::string& key, const std::string& value) {
  std::erase_if(parameters, [&](const auto& parameter) { return parameter.first == key; });
  parameters.emplace_back(key, value);
}

} // namespace

std::set<std::string> commandsFor(const ConnectionSpec& spec, const SecretLookup& secret) {
  std::set<std::string> commands;
  if (const auto from = imports::parseFrom(spec.from); from && from->kind == From::Kind::command)
    commands.insert(from->command);
  if (!spec.resolve.empty())
    commands.insert(spec.resolve);
  // Where the string has a password of its own, nobody is to be asked for a touch or a passphrase.
  const auto text = project::substitute(
      spec.url, [&](const std::string& name) { return secret ? secret(name) : std::optional<std::string>(); });
  const auto parsed = connection::parse(text.value_or(""));
  const bool hasOwn = parsed.value && !parsed.value->passwordIsMask &&
                      !connection::valueOf(parsed.value->parameters, "password").empty();
  if (!spec.passwordCommand.empty() && text && !hasOwn)
    commands.insert(spec.passwordCommand);
  return commands;
}

const Printed& Preparation::printedBy(const std::string& command) const {
  static const Printed none = std::unexpected(route::Problem{"it was not run", "Probe again.", {}, false});
  const auto found = m_printed.find(command);
  return found == m_printed.end() ? none : found->second;
}

std::optional<Failure> Preparation::notAgreed(const std::vector<project::SecretUse>& uses,
                                              const ConnectionSpec& spec) const {
  if (m_sources.agreed)
    for (const auto& use : uses)
      if (std::ranges::find(*m_sources.agreed, use) == m_sources.agreed->end())
        return configuration(fmt::format("nobody has agreed yet that {} would send {}",
                                         spec.from.empty() ? "its url" : spec.from, project::toText(use)),
                             "Its files were changed since you were asked: open the project again, or probe it again, "
                             "to be asked anew.");
  return std::nullopt;
}

Preparation::Text Preparation::textInFiles(const ConnectionSpec& spec, const From& from) {
  const auto uses = project::secretUsesOf(spec, m_sources.folder, m_sources.secret);
  if (auto refused = notAgreed(uses, spec))
    return std::unexpected(*refused);
  const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
    const bool mayBeUsed = std::ranges::any_of(uses, [&](const auto& use) { return use.variable == name; });
    return mayBeUsed && m_sources.secret ? m_sources.secret(name) : std::nullopt;
  };
  return textIn(project::configuredIn(from, spec.variable, imports::read(from, m_sources.folder, lookup)));
}

Preparation::Text Preparation::printedText(const ConnectionSpec& spec, const From& from) {
  const Printed& printed = printedBy(from.command);
  if (!printed)
    return std::unexpected(
        commandFailed(Stage::configuration, "the command that prints its configuration failed", printed.error()));
  return textIn(project::configuredIn(from, spec.variable, imports::readPrinted(from, *printed)));
}

Preparation::Text Preparation::textOf(const ConnectionSpec& spec) {
  if (spec.from.empty()) {
    if (auto refused = notAgreed(project::secretUsesOf(spec, m_sources.folder), spec))
      return std::unexpected(*refused);
    auto text = project::substitute(spec.url, [&](const std::string& name) {
      return m_sources.secret ? m_sources.secret(name) : std::optional<std::string>();
    });
    if (!text)
      return std::unexpected(configuration(text.error().text, "Set it in the environment, or type it when asked."));
    return project::Configured{*text};
  }
  const auto from = imports::parseFrom(spec.from);
  if (!from)
    return std::unexpected(configuration(from.error(), "Correct \"from\" in the project."));
  if (from->kind == From::Kind::command)
    return printedText(spec, *from);
  const auto key = std::tuple(spec.from, spec.variable, spec.via);
  if (const auto known = m_files.find(key); known != m_files.end())
    return known->second;
  return m_files.emplace(key, textInFiles(spec, *from)).first->second;
}

void Preparation::usePassword(Prepared& prepared, const std::string& password, const std::string& from) {
  set(prepared.target.parameters, "password", password);
  prepared.shown.passwordFrom = from;
  m_secrets.push_back(password);
}

// By the original host and port of each endpoint, whatever leads there.
bool Preparation::usePasswordFile(const ConnectionSpec& spec, Prepared& prepared) {
  const std::string user = connection::valueOf(prepared.target.parameters, "user");
  const auto from = imports::parseFrom(spec.from);
  const bool isPrinted = from && from->kind == From::Kind::command;
  // Whoever prints the string and joins us to its address could choose which of our passwords to be told.
  if (isPrinted && prepared.target.via.isElsewhere()) {
    prepared.target.passwordNote = "~/.pgpass is not used for a string that a command printed, over a route; "
                                   "give the password by password_command.";
    return false;
  }
  std::vector<std::string> passwords;
  for (const auto& endpoint : connection::endpoints(prepared.target.parameters)) {
    const bool otherAddress =
        !endpoint.host.empty() && !endpoint.hostaddr.empty() && endpoint.host != endpoint.hostaddr;
    // What a command printed was agreed to by nobody: the password of one host must not go to another.
    if (otherAddress && isPrinted)
      return false;
    const auto answer =
        connection::passwordFromFile(m_sources.passwordFile, endpoint.host.empty() ? endpoint.hostaddr : endpoint.host,
                                     endpoint.port, prepared.shown.dbname, user);
    if (!answer.problem.empty() && prepared.target.passwordNote.empty())
      prepared.target.passwordNote = answer.problem;
    passwords.push_back(answer.password.value_or(""));
  }
  if (std::ranges::all_of(passwords, &std::string::empty))
    return false;
  for (const auto& password : passwords)
    if (!password.empty())
      m_secrets.push_back(password);
  prepared.target.hostPasswords = std::move(passwords);
  prepared.shown.passwordFrom = "~/.pgpass";
  return true;
}

// From where the string itself has none. A failure where the command that was to print it did not.
std::optional<Failure> Preparation::findPassword(const ConnectionSpec& spec, Prepared& prepared) {
  if (!spec.passwordCommand.empty()) {
    const Printed& printed = printedBy(spec.passwordCommand);
    if (!printed)
      return commandFailed(Stage::configuration, "password_command failed", printed.error());
    const auto password = passwordIn(*printed);
    if (!password)
      return configuration("password_command gave no password: " + password.error(),
                           "Run the command on a terminal: the password must be its first line.");
    usePassword(prepared, *password, "password_command");
    return std::nullopt;
  }
  if (!m_sources.passwordFile.empty() && usePasswordFile(spec, prepared))
    return std::nullopt;
  if (m_sources.keychain)
    if (const auto kept = m_sources.keychain(prepared.key); kept && !kept->empty()) {
      usePassword(prepared, *kept, "the keychain");
      return std::nullopt;
    }
  if (const auto typed = m_sources.typed.find(prepared.key); typed != m_sources.typed.end() && !typed->second.empty())
    usePassword(prepared, typed->second, "typed");
  return std::nullopt;
}

std::optional<Failure> Preparation::resolve(const ConnectionSpec& spec, Prepared& prepared) const {
  if (spec.resolve.empty())
    return std::nullopt;
  const Printed& printed = printedBy(spec.resolve);
  if (!printed)
    return commandFailed(Stage::route, "the command of resolve failed", printed.error());
  const auto address = addressIn(*printed);
  if (!address)
    return failure(Stage::route, "the command of resolve gave no address: " + address.error(),
                   "Run the command on a terminal: it must print one address, and nothing else.");
  if (connection::endpoints(prepared.target.parameters).size() > 1)
    return failure(Stage::route, "resolve gives one address, but the connection string names several hosts",
                   "Leave resolve out, or name one host.");
  if (!prepared.target.via.isElsewhere() && !isNumericAddress(*address))
    return failure(Stage::route, fmt::format("resolve printed the name {}, not an address", *address),
                   "Let it print an IP address, or write the name into the url.");
  set(prepared.target.parameters, "hostaddr", *address);
  return std::nullopt;
}

// The password, by the order of the sources. What is a mask of one is none.
std::optional<Failure> Preparation::complete(const ConnectionSpec& spec, bool masked, Prepared& prepared) {
  auto& parameters = prepared.target.parameters;
  if (masked)
    std::erase_if(parameters, [](const auto& parameter) { return parameter.first == "password"; });
  if (!connection::valueOf(parameters, "password").empty())
    prepared.shown.passwordFrom = spec.from.empty() ? passwordSourceIn(spec.url) : "the string";
  else if (auto refused = findPassword(spec, prepared))
    return refused;
  if (!masked || !prepared.shown.passwordFrom.empty())
    return std::nullopt;
  Failure refused = configuration("the password is a mask (***), not the real one",
                                  "Put the real password into the string, or ${NAME} and the password into that "
                                  "variable.");
  refused.passwordMissing = true;
  return refused;
}

// Makes the target of what was read, as far as it goes.
std::optional<Failure> Preparation::aim(const ConnectionSpec& spec, const std::string& server,
                                        const ConnectionString& connection, Prepared& prepared) {
  Target& target = prepared.target;
  target.parameters = connection.parameters;
  for (auto& secret : connection::secretsOf(target.parameters))
    m_secrets.push_back(std::move(secret));
  const auto via = route::parseVia(spec.via);
  if (!via)
    return failure(Stage::route, via.error(), "Correct \"via\" in the project.");
  if (via->isElsewhere())
    target.via = *via; // else equal strings share one probe, whether the route is stated or not
  if (auto refused = incomplete(connection))
    return refused;
  if (via->kind == route::Via::Kind::ssh && spec.resolve.empty())
    if (auto refused = socketRefused(target.parameters))
      return refused;
  prepared.key = passwordKeyOf(target.parameters, spec.via);
  if (auto refused = complete(spec, connection.passwordIsMask, prepared))
    return refused;
  if (auto refused = resolve(spec, prepared))
    return refused;
  if (via->kind != route::Via::Kind::unstated)
    return std::nullopt;
  prepared.lookedFromHere = spec.resolve.empty() && connection::isSingleLabel(prepared.shown.host);
  return localhostRefused(target.parameters, server);
}

Prepared Preparation::prepare(const ConnectionSpec& spec, const std::string& server) {
  Prepared prepared;
  const auto text = textOf(spec);
  // What is shown of a string does not need the secret.
  const std::string written = !spec.from.empty() ? (text ? text->text : "") : spec.url;
  const auto parsed = connection::parse(text ? text->text : withoutSecrets(spec.url));
  if (parsed.value)
    prepared.shown = shownOf(written, *parsed.value);
  else
    prepared.shown.text = connection::mask(written);
  prepared.shown.passwordInProjectFile = spec.from.empty() && connection::passwordIsLiteral(spec.url);
  prepared.shown.origin = text ? text->origin : connection::redact(spec.from);
  if (!text)
    prepared.target.refused = text.error();
  else if (!parsed.value)
    prepared.target.refused = configuration(parsed.error.text, parsed.error.remedy);
  else {
    prepared.target.passwordNote = connection::redact(text->passwordProblem);
    prepared.target.refused = aim(spec, server, *parsed.value, prepared);
  }
  return prepared;
}

} // namespace whichbase::probe
