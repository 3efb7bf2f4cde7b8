#include "window/kept_passwords.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace whichbase::ui {

namespace {

// An unlocked keychain answers in milliseconds.
constexpr std::chrono::milliseconds waited{1500};

QString text(const std::string& plain) {
  return QString::fromStdString(plain);
}

} // namespace

struct KeptPasswords::Shared {
  struct Entry {
    bool asked = false;
    bool answered = false;
    bool missed = false; // a sweep went on without it
    std::optional<std::string> password;
  };
  std::mutex mutex;
  std::condition_variable_any changed;
  std::map<probe::PasswordKey, Entry> entries;
  bool unusable = false; // until it is asked anew
  KeptPasswords* owner = nullptr;

  std::optional<std::string> lookUp(const probe::PasswordKey& key, const std::stop_token& stop);
};

std::optional<std::string> KeptPasswords::Shared::lookUp(const probe::PasswordKey& key, const std::stop_token& stop) {
  std::unique_lock lock(mutex);
  if (unusable || !owner)
    return std::nullopt;
  if (auto& entry = entries[key]; !entry.asked) {
    entry.asked = true;
    QMetaObject::invokeMethod(owner, [keeper = owner, key] { keeper->read(key); }, Qt::QueuedConnection);
  }
  const auto answered = [&] { return unusable || !owner || entries[key].answered; };
  // A slow keychain is waited for once, not once a target.
  const bool slow = std::ranges::any_of(entries, [](const auto& each) { return each.second.missed; });
  if (slow || !changed.wait_for(lock, stop, waited, answered))
    entries[key].missed = !entries[key].answered;
  return entries[key].password;
}

KeptPasswords::KeptPasswords(QObject* parent) : QObject(parent), m_shared(std::make_shared<Shared>()) {
  m_shared->owner = this;
}

KeptPasswords::~KeptPasswords() {
  const std::lock_guard lock(m_shared->mutex);
  m_shared->owner = nullptr;
  m_shared->changed.notify_all();
}

ProbeController::KeychainLookup KeptPasswords::lookup() const {
  return [shared = m_shared](const probe::PasswordKey& key, const std::stop_token& stop) {
    return shared->lookUp(key, stop);
  };
}

void KeptPasswords::read(const probe::PasswordKey& key) {
  m_keychain.read(text(key), [this, key](const Keychain::Answer& answer) {
    bool late = false;
    {
      const std::lock_guard lock(m_shared->mutex);
      auto& entry = m_shared->entries[key];
      entry.asked = entry.answered = true;
      if (answer.value)
        entry.password = answer.value->toStdString();
      late = std::exchange(entry.missed, false) && entry.password;
      m_shared->unusable = m_shared->unusable || !answer.problem.isEmpty();
      m_shared->changed.notify_all();
    }
    setProblem(answer.problem);
    if (late)
      Q_EMIT arrived();
  });
}

void KeptPasswords::keep(const probe::PasswordKey& key, const std::string& password) {
  m_keychain.store(text(key), text(password), [this, key, password](const Keychain::Answer& answer) {
    setProblem(answer.problem);
    if (!answer.problem.isEmpty()) {
      Q_EMIT failed(answer.problem);
      return;
    }
    const std::lock_guard lock(m_shared->mutex);
    m_shared->entries[key] = {true, true, false, password};
    Q_EMIT noted(tr("Kept in the keychain: %1").arg(text(key)));
  });
}

void KeptPasswords::forget(const probe::PasswordKey& key) {
  m_keychain.forget(text(key), [this, key](const Keychain::Answer& answer) {
    setProblem(answer.problem);
    if (!answer.problem.isEmpty()) {
      Q_EMIT failed(answer.problem);
      return;
    }
    const std::lock_guard lock(m_shared->mutex);
    m_shared->entries[key] = {true, true, false, std::nullopt};
    Q_EMIT noted(tr("The keychain forgot %1").arg(text(key)));
  });
}

void KeptPasswords::refresh() {
  const std::lock_guard lock(m_shared->mutex);
  m_shared->unusable = false;
  std::erase_if(m_shared->entries, [](const auto& entry) { return entry.second.answered; });
}

void KeptPasswords::readAll(const std::vector<std::string>& names,
                            const std::function<void(std::map<std::string, std::string>)>& done) {
  struct Reading {
    std::map<std::string, std::string> values;
    std::size_t open = 0;
  };
  const auto reading = std::make_shared<Reading>();
  reading->open = names.size();
  if (names.empty())
    done({});
  for (const auto& name : names)
    m_keychain.read(text(name), [this, reading, name, done](const Keychain::Answer& answer) {
      setProblem(answer.problem);
      if (answer.value)
        reading->values[name] = answer.value->toStdString();
      if (--reading->open == 0)
        done(reading->values);
    });
}

void KeptPasswords::setProblem(const QString& problem) {
  if (problem == m_problem)
    return;
  m_problem = problem;
  Q_EMIT problemChanged();
}

} // namespace whichbase::ui
