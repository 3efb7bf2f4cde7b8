#include "window/keychain.h"

#include <QTimer>
#include <qt6keychain/keychain.h>

#include <chrono>
#include <memory>
#include <utility>

namespace whichbase::ui {

namespace {

// Under this name entries stand in the keychain's own program, too.
const QString service = QStringLiteral("Whichbase");

// A keychain that asks somebody for its password takes as long as they do; one that hangs must still be told.
constexpr std::chrono::minutes patience{2};

QString sentenceOf(const QKeychain::Job& job) {
  switch (job.error()) {
  case QKeychain::NoError:
  case QKeychain::EntryNotFound:
    return {};
  case QKeychain::AccessDenied:
  case QKeychain::AccessDeniedByUser:
    return Keychain::tr("The keychain stayed locked: unlock it, or type the passwords for this run.");
  case QKeychain::NoBackendAvailable:
  case QKeychain::NotImplemented:
    return Keychain::tr("No keychain runs here (GNOME Keyring, KWallet, KeePassXC …): passwords are kept for this "
                        "run only.");
  case QKeychain::CouldNotDeleteEntry:
    return Keychain::tr("The keychain did not let go of the entry: delete it in the keychain's own program.");
  case QKeychain::OtherError:
    break;
  }
  const QString why = job.errorString().trimmed();
  return why.isEmpty() ? Keychain::tr("The keychain did not do it, and gave no reason.")
                       : Keychain::tr("The keychain did not do it: %1").arg(why);
}

} // namespace

Keychain::Keychain(QObject* parent) : QObject(parent) {}

template <class Job, class ValueOf>
void Keychain::run(Job* job, const QString& name, ValueOf valueOf, Done done) {
  job->setKey(name);
  const auto once = std::make_shared<Done>(std::move(done));
  const auto answer = [once](const Answer& given) {
    if (const auto call = std::exchange(*once, nullptr))
      call(given);
  };
  connect(job, &QKeychain::Job::finished, this, [answer, valueOf](QKeychain::Job* ended) {
    answer(
        {ended->error() == QKeychain::NoError ? valueOf(*static_cast<Job*>(ended)) : std::nullopt, sentenceOf(*ended)});
  });
  QTimer::singleShot(patience, this, [answer] {
    answer({std::nullopt, tr("The keychain does not answer: passwords are kept for this run only.")});
  });
  job->start();
}

void Keychain::read(const QString& name, Done done) {
  run(
      new QKeychain::ReadPasswordJob(service), name,
      [](QKeychain::ReadPasswordJob& job) { return std::optional(job.textData()); }, std::move(done));
}

void Keychain::store(const QString& name, const QString& value, Done done) {
  auto* job = new QKeychain::WritePasswordJob(service);
  job->setTextData(value);
  run(job, name, [](QKeychain::WritePasswordJob&) { return std::optional<QString>(); }, std::move(done));
}

void Keychain::forget(const QString& name, Done done) {
  run(
      new QKeychain::DeletePasswordJob(service), name,
      [](QKeychain::DeletePasswordJob&) { return std::optional<QString>(); }, std::move(done));
}

} // namespace whichbase::ui
