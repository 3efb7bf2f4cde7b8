#include "window/connection_test.h"

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

// Of `wanted`, what nobody agreed to and `project` brought along.
project::Requests refusedOf(const project::Requests& wanted, const project::Project& project,
                            const std::filesystem::path& folder) {
  const auto brought = project::requestsOf(project, folder);
  auto refused = project::untrusted(wanted, project::trustFile());
  std::erase_if(refused.commands, [&](const auto& each) { return std::ranges::count(brought.commands, each) == 0; });
  std::erase_if(refused.secrets, [&](const auto& each) { return std::ranges::count(brought.secrets, each) == 0; });
  return refused;
}

} // namespace

ConnectionTest::ConnectionTest(TestSurroundings surroundings, QObject* parent)
    : QObject(parent), m_surroundings(std::move(surroundings)) {
  connect(&m_controller, &ProbeController::finished, this, &ConnectionTest::onFinished);
}

void ConnectionTest::start(project::Server server, topology::Side side, const std::string& users,
                           const std::map<std::string, std::string>& secrets) {
  if (side == topology::Side::before)
    server.present = server.before;
  server.before.reset();
  if (!server.present)
    return;
  project::Project project;
  project.users = users;
  project.servers.push_back(std::move(server));
  m_controller.cancel();
  const auto generation = ++m_generation;
  Q_EMIT told(tr("Connecting…"));
  m_controller.run(
      [project, folder = m_surroundings.folder, untrusted = m_surroundings.untrusted](const std::stop_token&) {
        const auto wanted = project::requestsOf(project, folder);
        return std::pair(wanted, untrusted ? refusedOf(wanted, *untrusted, folder) : project::Requests{});
      },
      [this, generation, project, secrets](const std::pair<project::Requests, project::Requests>& asked) {
        if (generation != m_generation)
          return;
        if (!asked.second.empty())
          Q_EMIT told(tr("Not tried: nobody has agreed yet to what this project runs or sends. Close this, press Probe "
                         "now, and look at the list."));
        else
          launch(project, asked.first, secrets);
      });
}

void ConnectionTest::launch(project::Project project, const project::Requests& requests,
                            const std::map<std::string, std::string>& secrets) {
  ProbeController::Request request;
  request.secrets = secrets;
  const auto supply = [&](const std::string& name) {
    if (!m_surroundings.secret || request.secrets.contains(name))
      return;
    if (auto value = m_surroundings.secret(name))
      request.secrets[name] = std::move(*value);
  };
  for (const auto& use : requests.secrets)
    supply(use.variable);
  for (const auto& name : project::variables(project.servers.front().present->url))
    supply(name);
  request.project = std::move(project);
  request.folder = m_surroundings.folder;
  request.keychain = m_surroundings.keychain;
  request.typed = m_surroundings.typed;
  request.routes = ProbeController::makeRoutes();
  m_controller.start(std::move(request));
}

void ConnectionTest::onFinished(const ProbeController::Result& result) {
  if (!result.after || result.after->servers.empty())
    return;
  const auto& server = result.after->servers.front();
  if (const auto& failure = server.failure) {
    const QString login = failure->loginCommand.empty()
                              ? QString()
                              : tr(" Run in a terminal: %1").arg(QString::fromStdString(failure->loginCommand));
    Q_EMIT told(tr("✕ Not reached, %1: %2 %3")
                    .arg(QString::fromStdString(topology::toString(failure->stage)),
                         QString::fromStdString(failure->text), QString::fromStdString(failure->remedy)) +
                login);
    return;
  }
  if (const auto* database = result.after->database(server.database))
    Q_EMIT told(tr("✓ Reached %1, PostgreSQL %2, %3 users")
                    .arg(QString::fromStdString(database->name), QString::fromStdString(database->serverVersion),
                         QString::fromStdString(topology::usersText(database->users))));
}

} // namespace whichbase::ui
