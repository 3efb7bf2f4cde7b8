// What the keychain holds for the targets of a sweep. The sweep's threads ask and wait a moment; a keychain that first
// wants a password of its own is not waited for, and its answer makes another probe worth while.
#pragma once

#include "probe_controller.h"
#include "window/keychain.h"

namespace whichbase::ui {

class KeptPasswords : public QObject {
  Q_OBJECT
public:
  explicit KeptPasswords(QObject* parent = nullptr);
  ~KeptPasswords() override;

  // For a request: may be called from any thread, and after our end.
  ProbeController::KeychainLookup lookup() const;
  void keep(const probe::PasswordKey& key, const std::string& password);
  void forget(const probe::PasswordKey& key);
  // Asks the keychain anew at the next sweep: somebody may have changed or unlocked it.
  void refresh();
  // Of values that the window itself asks for: in order, as they are known. `done` always comes.
  void readAll(const std::vector<std::string>& names,
               const std::function<void(std::map<std::string, std::string>)>& done);
  // Why the keychain cannot be used; empty while it can, or was not asked yet.
  const QString& problem() const { return m_problem; }

Q_SIGNALS:
  void arrived(); // an entry that a sweep did not wait for
  void problemChanged();
  void noted(const QString& text);
  void failed(const QString& text); // to keep or forget something

private:
  struct Shared;
  void read(const probe::PasswordKey& key);
  void setProblem(const QString& problem);

  std::shared_ptr<Shared> m_shared;
  Keychain m_keychain;
  QString m_problem;
};

} // namespace whichbase::ui
