#include "gui_script.h"

#include "window/dropped.h"

#include <QApplication>
#include <QPixmap>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace whichbase::gui {

namespace {

// Until layouts, the move of an edge and the history's picture have come to rest.
constexpr std::chrono::milliseconds rest{1200};

} // namespace

Script::Script(ui::MainWindow& window, const Arguments& arguments)
    : QObject(&window), m_window(window), m_arguments(arguments) {
  auto& document = window.document();
  connect(&document, &ui::Document::viewChanged, this, &Script::onView);
  if (!isScripted())
    return; // somebody sits in front of it, and reads the message line
  connect(&document, &ui::Document::problem, this, [](const QString& topic, ui::Sign, const QString& text) {
    if (topic == QStringLiteral("file"))
      fail(text);
  });
  connect(&window, &ui::MainWindow::filesRefused, this, &Script::fail);
  connect(&window.demo(), &ui::DemoPlayer::failed, this, &Script::fail);
  if (!m_arguments.probe)
    return;
  connect(&document, &ui::Document::agreementNeeded, this, [] {
    fail(QStringLiteral("The project runs commands or sends secrets that nobody has agreed to yet: open it without "
                        "--probe once, and look at them."));
  });
  connect(&document, &ui::Document::secretsMissing, this, [](const QStringList& names) {
    fail(QStringLiteral("No value is known for %1: set the environment variable.")
             .arg(names.join(QStringLiteral(", "))));
  });
}

void Script::start() {
  if (m_arguments.demo)
    m_window.playDemo();
  else if (!m_arguments.before.isEmpty() || !m_arguments.after.isEmpty())
    m_window.openRecordings(m_arguments.before, m_arguments.after);
  else if (!m_arguments.files.isEmpty() && isScripted() && !ui::recognise(m_arguments.files).imports.isEmpty())
    QTimer::singleShot(0, this, [] {
      fail(QStringLiteral("Configuration files are looked through in a dialog first: open them without --screenshot, "
                          "--select and --probe."));
    });
  else if (!m_arguments.files.isEmpty())
    m_window.openFiles(m_arguments.files);
  else if (!m_arguments.screenshot.isEmpty())
    QTimer::singleShot(rest, this, &Script::shoot);
}

bool Script::isScripted() const {
  return !m_arguments.screenshot.isEmpty() || !m_arguments.select.isEmpty() || m_arguments.probe;
}

bool Script::isShown() const {
  const auto& view = m_window.document().view();
  if (m_arguments.demo)
    return m_window.demo().state() == ui::DemoPlayer::State::actTwo && view.comparison && !view.afterRecorded &&
           view.comparison->before.verdict.kind != view.after->verdict.kind;
  if (m_arguments.probe)
    return m_probed && ((view.after && !view.afterRecorded) || !view.stale.isEmpty());
  return true;
}

void Script::onView() {
  const auto& view = m_window.document().view();
  if (m_done)
    return;
  if (m_arguments.demo && m_window.demo().state() == ui::DemoPlayer::State::actOne && view.after &&
      !m_arguments.screenshot.isEmpty()) {
    QTimer::singleShot(0, this, [this] { m_window.demo().playActTwo(); });
    return;
  }
  if (m_arguments.probe && !std::exchange(m_probed, true)) {
    QTimer::singleShot(0, this, [this] { m_window.document().probe(); });
    return;
  }
  const bool watchesTheDemo = m_arguments.demo && m_arguments.screenshot.isEmpty() && view.after;
  if (!isShown() && !watchesTheDemo)
    return;
  m_done = true;
  QTimer::singleShot(0, this, &Script::show);
}

void Script::show() {
  using enum ui::ShownSides;
  if (m_arguments.side) {
    if (*m_arguments.side != after && !m_window.document().view().hasBefore) {
      fail(QStringLiteral("There is no before side in what is open."));
      return;
    }
    m_window.showSides(*m_arguments.side);
  }
  if (!m_arguments.select.isEmpty() && !m_window.select(m_arguments.select)) {
    fail(QStringLiteral("There is no server and no database \"%1\" in what is shown.%2")
             .arg(m_arguments.select, m_window.document().view().empty()
                                          ? QStringLiteral(" Nothing was probed yet: --probe does that first.")
                                          : QString()));
    return;
  }
  if (!m_arguments.screenshot.isEmpty())
    QTimer::singleShot(rest, this, &Script::shoot);
}

void Script::shoot() {
  const bool written = m_window.grab().save(m_arguments.screenshot);
  if (written)
    QApplication::exit(EXIT_SUCCESS);
  else
    fail(QStringLiteral("The picture cannot be written to %1: choose a writable file that ends in .png.")
             .arg(m_arguments.screenshot));
}

void Script::fail(const QString& why) {
  std::fprintf(stderr, "%s\n", qPrintable(why));
  QApplication::exit(2);
}

} // namespace whichbase::gui
