// Tries one connection of a project that is being edited, and tells in a sentence what came of it.
#pragma once

#include "probe_controller.h"
#include "project/trust.h"

#include <optional>

namespace whichbase::ui {

// What a test needs besides the project itself.
struct TestSurroundings {
  probe::SecretLookup secret{};   // of ${NAME}; may be empty
  std::filesystem::path folder{}; // the project file's
  ProbeController::KeychainLookup keychain{};
  std::map<probe::PasswordKey, std::string> typed{};
  // A project from elsewhere that nobody agreed to yet: what it asks for is not run and not sent by a test either.
  std::optional<project::Project> untrusted{};
};

class ConnectionTest : public QObject {
  Q_OBJECT
public:
  explicit ConnectionTest(TestSurroundings surroundings, QObject* parent = nullptr);

  // The connection of `server` on that side. `secrets` were typed beside it. A newer test replaces an older one.
  void start(project::Server server, topology::Side side, const std::string& users,
             const std::map<std::string, std::string>& secrets);

Q_SIGNALS:
  void told(const QString& text);

private:
  void launch(project::Project project, const project::Requests& requests,
              const std::map<std::string, std::string>& secrets);
  void onFinished(const ProbeController::Result& result);

  TestSurroundings m_surroundings;
  ProbeController m_controller;
  quint64 m_generation = 0;
};

} // namespace whichbase::ui
