// What the dialogs that look into databases have in common: a question, what is being done with a way to end it, the
// answer's headline, "Copy as text", "Close". Only the newest look is ever shown, and closing ends it.
#pragma once

#include "window/document.h"

#include <QDialog>
#include <QPointer>

#include <memory>
#include <stop_token>
#include <utility>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace whichbase::ui {

class LookProgress;

class LookDialog : public QDialog {
  Q_OBJECT
public:
  ~LookDialog() override;
  void stop();

protected:
  LookDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme, QWidget* parent);

  // In the order in which they stand; a dialog puts its question above, and its answer between.
  void addProgressAndHeadline(const QString& whileNothingIsAsked);
  void addButtons();

  virtual void setRunning(bool running); // overridden to grey the question; starts and ends with this one

  // Begins a look: `work(std::stop_token)` on a thread of its own, holding values only; then `done(result)` here,
  // unless it was stopped or another one was begun since.
  template <class Work, class Done>
  void look(const QString& doing, const QString& headline, Work work, Done done) {
    beginLook(doing, headline);
    m_controller.run(
        [work = std::move(work), own = m_stop](const std::stop_token& stop) mutable {
          const std::stop_callback link(stop, [&own] { own.request_stop(); });
          return work(own.get_token());
        },
        [self = QPointer<LookDialog>(this), looking = m_looking, done = std::move(done)](const auto& result) {
          if (self && self->m_looking == looking)
            done(result);
        });
  }
  void setHeadline(const QString& text);
  void setText(const QString& text); // of the answer, to be copied

  QVBoxLayout& column() const;
  LookProgress& progress() const { return *m_progress; }
  const Document::Surroundings& surroundings() const { return m_surroundings; }
  const Theme& theme() const { return m_theme; }
  const std::shared_ptr<Mailbox>& mailbox() const { return m_mailbox; } // for what a look tells on its way

private:
  void beginLook(const QString& doing, const QString& headline);

  ProbeController& m_controller;
  const Document::Surroundings m_surroundings;
  const Theme m_theme;
  std::shared_ptr<Mailbox> m_mailbox;
  std::stop_source m_stop;
  quint64 m_looking = 0; // the newest look
  QString m_text;
  LookProgress* m_progress = nullptr;
  QLabel* m_headline = nullptr;
  QPushButton* m_copy = nullptr;
};

} // namespace whichbase::ui
