#include "window/recorder.h"

#include "history/proofs.h"
#include "model/carried_proofs.h"

#include <QFile>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <utility>

namespace whichbase::ui {

namespace {
constexpr std::size_t longestQueue = 64; // of sightings; beyond that a newer one takes the last one's place
constexpr std::chrono::seconds longestFarewell{2};
} // namespace

struct Recorder::Job {
  bool begins = false;
  SnapshotPtr before, after;
  topology::Proofs proofs; // of after
  std::optional<history::Event> event;
  std::optional<history::Moment> moment;
  std::optional<std::pair<std::string, std::string>> text; // by key
  bool isSighting() const { return !event && !moment && !text; }
  bool isTextOf(const std::string& key) const { return text && text->first == key; }
};

struct Recorder::Session {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> jobs;
  bool closing = false, ended = false;

  std::filesystem::path file;
  std::shared_ptr<Mailbox> mailbox;
  Recorder* recorder = nullptr; // only for what the mailbox delivers

  // Of the thread alone.
  std::unique_ptr<history::History> history;
  SnapshotPtr lastBefore;
  topology::Proofs kept; // the latest in the file, as far as this one knows
  std::string lastProblem;

  std::optional<Job> next();
  void tell(void (Recorder::*signal)(const QString&), const std::string& text);
  std::expected<void, history::Error> write(const Job& job);
  std::expected<void, history::Error> keep(const topology::Proofs& proofs);
  std::expected<void, history::Error> open();
};

std::optional<Recorder::Job> Recorder::Session::next() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return closing || !jobs.empty(); });
  if (jobs.empty())
    return std::nullopt;
  auto job = std::move(jobs.front());
  jobs.pop_front();
  return job;
}

void Recorder::Session::tell(void (Recorder::*signal)(const QString&), const std::string& text) {
  mailbox->post(
      [recorder = recorder, signal, text = QString::fromStdString(text)] { Q_EMIT(recorder->*signal)(text); });
}

std::expected<void, history::Error> Recorder::Session::open() {
  auto opened = history::History::open(file, history::History::Mode::record);
  if (!opened)
    return std::unexpected(opened.error());
  history = std::move(*opened);
  if (auto proofs = history::proofsIn(*history))
    kept = std::move(*proofs);
  if (const auto aside = history->setAside(); !aside.empty())
    tell(&Recorder::setAside,
         Recorder::tr("The history %1 was damaged. It was put aside as %2, and a new one was begun.")
             .arg(QString::fromStdString(file.filename().string()), QString::fromStdString(aside.filename().string()))
             .toStdString());
  return {};
}

std::expected<void, history::Error> Recorder::Session::write(const Job& job) {
  if (job.event)
    return history->add(*job.event);
  if (job.text)
    return history->setText(job.text->first, job.text->second);
  if (job.moment) {
    const auto moment = history->keepMoment(job.moment->at, job.moment->reason);
    return moment ? std::expected<void, history::Error>() : std::unexpected(moment.error());
  }
  const auto& any = job.after ? job.after : job.before;
  if (job.begins && any)
    if (auto begun = history->begin(any->finishedAt); !begun)
      return begun;
  for (const auto side : {topology::Side::before, topology::Side::after}) {
    const auto snapshot = side == topology::Side::before ? job.before : proven(job.after, job.proofs);
    if (!snapshot || (side == topology::Side::before && snapshot == lastBefore))
      continue;
    if (const auto events = history->record(side, *snapshot); !events)
      return std::unexpected(events.error());
    if (side == topology::Side::before)
      lastBefore = snapshot;
  }
  return keep(job.proofs);
}

// What is new among them, each with its mark on the time axis.
std::expected<void, history::Error> Recorder::Session::keep(const topology::Proofs& proofs) {
  for (const auto& rows : proofs.rows) {
    if (std::ranges::find(kept.rows, rows) != kept.rows.end())
      continue;
    if (auto done = history::keep(*history, rows); !done)
      return done;
    kept.rows.push_back(rows);
  }
  if (proofs.verification && proofs.verification != kept.verification) {
    if (auto done = history::keep(*history, *proofs.verification); !done)
      return done;
    kept.verification = proofs.verification;
  }
  return {};
}

void Recorder::work(const std::shared_ptr<Session>& session) {
  while (const auto job = session->next()) {
    auto done = session->history ? std::expected<void, history::Error>() : session->open();
    if (done)
      done = session->write(*job);
    const std::string problem = done ? std::string() : done.error().text;
    if (problem != std::exchange(session->lastProblem, problem)) {
      if (problem.empty())
        session->mailbox->post([recorder = session->recorder] { Q_EMIT recorder->mended(); });
      else
        session->tell(&Recorder::failed, problem);
    }
    if (done)
      session->mailbox->post([recorder = session->recorder] { Q_EMIT recorder->recorded(); });
    else
      session->history = nullptr; // another try with the next thing to write
  }
  session->history = nullptr;
  const std::lock_guard lock(session->mutex);
  session->ended = true;
  session->changed.notify_all();
}

Recorder::Recorder(QObject* parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

Recorder::~Recorder() {
  const auto session = m_session;
  open({});
  m_mailbox->close();
  if (!session)
    return;
  std::unique_lock lock(session->mutex);
  session->changed.wait_for(lock, longestFarewell, [&] { return session->ended; });
}

void Recorder::open(const QString& historyFile) {
  if (m_session) {
    const std::lock_guard lock(m_session->mutex);
    m_session->closing = true;
    m_session->changed.notify_all();
  }
  m_mailbox->close(); // what an earlier file still says concerns nobody
  m_mailbox = std::make_shared<Mailbox>(this);
  m_session = nullptr;
  if (historyFile.isEmpty())
    return;
  m_session = std::make_shared<Session>();
  m_session->file = QFile::encodeName(historyFile).toStdString();
  m_session->mailbox = m_mailbox;
  m_session->recorder = this;
  launchThread([session = m_session] { work(session); });
}

void Recorder::queue(Job job) {
  if (!m_session)
    return;
  const std::lock_guard lock(m_session->mutex);
  auto& jobs = m_session->jobs;
  if (job.text)
    std::erase_if(jobs, [&](const Job& each) { return each.isTextOf(job.text->first); });
  if (jobs.size() >= longestQueue && job.isSighting() && !job.begins && jobs.back().isSighting()) {
    if (job.before)
      jobs.back().before = std::move(job.before);
    if (job.after) {
      jobs.back().after = std::move(job.after);
      jobs.back().proofs = std::move(job.proofs);
    }
  } else {
    jobs.push_back(std::move(job));
  }
  m_session->changed.notify_all();
}

void Recorder::record(const SnapshotPtr& before, const SnapshotPtr& after, bool begins,
                      const topology::Proofs& proofs) {
  if (before || after)
    queue({begins, before, after, proofs, {}, {}, {}});
}

void Recorder::add(const history::Event& event) {
  queue({false, nullptr, nullptr, {}, event, {}, {}});
}

void Recorder::keepMoment(topology::UtcTime at, const QString& reason) {
  queue({false, nullptr, nullptr, {}, {}, history::Moment{0, at, reason.toStdString()}, {}});
}

void Recorder::setText(const std::string& key, const std::string& text) {
  queue({false, nullptr, nullptr, {}, {}, {}, std::pair(key, text)});
}

} // namespace whichbase::ui
