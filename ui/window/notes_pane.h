// The pane beside the chart: what changed between before and after, or, of a lone side, how its databases are known.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"
#include "style/theme.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace whichbase::ui {

class NotesPane : public QWidget {
  Q_OBJECT
public:
  explicit NotesPane(QWidget* parent = nullptr);
  void setView(const View& view);
  void setTheme(const Theme& theme);
  QString title() const { return m_title; } // "What changed", or "How this is known"
  QWidget* header() const;                  // a line that says between when; to be placed beside the title

Q_SIGNALS:
  void titleChanged(const QString& title);
  void selected(const whichbase::ui::Selection& selection);

private:
  enum class Mark { none, arrow, tick };
  struct Note {
    Mark mark = Mark::none;
    std::string text;
    Selection about;
    bool operator==(const Note&) const = default;
  };
  static std::vector<Note> changesOf(const topology::Comparison& comparison);
  static std::vector<Note> evidenceOf(const topology::Snapshot& snapshot);
  static QIcon iconOf(Mark mark, const Theme& theme);
  void refresh();

  std::vector<Note> m_notes;
  Theme m_theme = Theme::light();
  QString m_title;
  QLabel* m_when;
  QListWidget* m_list;
  QLabel* m_empty;
};

} // namespace whichbase::ui
