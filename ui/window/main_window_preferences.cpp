// What somebody prefers, applied at once to all of the window.
#include "window/main_window.h"
#include "window/preferences_dialog.h"
#include "window/workspace.h"

#include <QApplication>
#include <QStyle>

#include <utility>

namespace whichbase::ui {

namespace {

// Qt 6.4 has no hint of its own for it; desktops tell their style.
bool systemMoves() {
  return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

} // namespace

void MainWindow::showPreferences() {
  auto* dialog = new PreferencesDialog(m_preferences, theme(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &PreferencesDialog::changed, this, [this](const Preferences& preferences) {
    writePreferences(*m_settings, preferences);
    applyPreferences(preferences);
  });
  dialog->open();
}

void MainWindow::applyPreferences(const Preferences& preferences) {
  const Preferences before = std::exchange(m_preferences, preferences);
  m_document.setDefaults({preferences.sweepDeadline, preferences.probeDeadline, preferences.usersRelation});
  m_workspace->setAnimated(m_options.animated && !preferences.reducedMotion && systemMoves());
  if (preferences.theme != before.theme || preferences.environments != before.environments)
    applyTheme();
  if (preferences.interval != before.interval) {
    m_liveInterval.reset();
    if (m_document.interval().count() > 0)
      m_document.setInterval(preferences.interval);
  }
}

void MainWindow::toggleLive() {
  const bool on = m_document.interval().count() > 0;
  m_document.setInterval(on ? std::chrono::seconds(0) : m_liveInterval.value_or(m_preferences.interval));
}

Theme MainWindow::theme() const {
  Theme look = m_options.dark                              ? (*m_options.dark ? Theme::dark_() : Theme::light())
               : m_preferences.theme == ThemeChoice::dark  ? Theme::dark_()
               : m_preferences.theme == ThemeChoice::light ? Theme::light()
                                                           : Theme::fromPalette(QGuiApplication::palette());
  look.environments = m_preferences.environments;
  return look;
}

} // namespace whichbase::ui
