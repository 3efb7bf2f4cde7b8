// The desktop's keychain: passwords that somebody chose to keep, one entry a target. Lives on the GUI thread; every
// answer comes later, since the keychain may ask for a password of its own first.
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace whichbase::ui {

class Keychain : public QObject {
  Q_OBJECT
public:
  struct Answer {
    std::optional<QString> value; // of a read; empty where the keychain holds no such entry
    QString problem;              // one sentence where the keychain could not be asked: absent, locked, refused
  };
  using Done = std::function<void(const Answer& answer)>;

  explicit Keychain(QObject* parent = nullptr);

  // The names of entries hold no secret: "app@db.example.org:5432/shop via ssh prod".
  void read(const QString& name, Done done);
  void store(const QString& name, const QString& value, Done done);
  void forget(const QString& name, Done done);

private:
  template <class Job, class ValueOf>
  void run(Job* job, const QString& name, ValueOf valueOf, Done done);
};

} // namespace whichbase::ui
