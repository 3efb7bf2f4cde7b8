// One side: its name and time, the sentence to say aloud with the verdict's sign, and the diagram.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"
#include "window/sign.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace whichbase::ui {

class LegendWidget;
class LiveChip;

class SidePane : public QFrame {
  Q_OBJECT
public:
  explicit SidePane(QWidget* parent = nullptr);

  void setSideName(const QString& name); // BEFORE, AFTER, NOW
  void setWhen(const QString& when, const QString& tooltip = {});
  // "AS OF 14:11:03 UTC, 23 Nov" in place of when(), on a tint: not the present. Empty: the present.
  void setReplayed(const QString& asOf);
  void setSnapshot(const topology::Snapshot& snapshot, const QString& stale);
  // Nothing is known yet: says so and what to do. An empty button text hides the button.
  void setEmpty(const QString& title, const QString& text, const QString& button);
  void setDiagram(const layout::Diagram& diagram);
  void setProgress(int done, int total); // of a sweep; total 0 hides it, -1 shows that it has begun
  void setTheme(const Theme& theme);

  DiagramView* diagram() const { return m_diagram; }
  LiveChip* liveChip() const { return m_live; }
  bool showsDiagram() const;

Q_SIGNALS:
  void emptyButtonClicked();

private:
  QWidget* makeHeader();
  QWidget* makeHeadline();
  QWidget* makeProof(QWidget* parent);
  QString showProof(const topology::Snapshot& snapshot); // the detail without it
  void refreshProof();
  QWidget* makeEmptyPage();

  QLabel* m_side;
  QLabel* m_when;
  QLabel* m_replayed;
  LiveChip* m_live;
  SignLabel* m_sign;
  QLabel* m_headline;
  QLabel* m_detail;
  QWidget* m_proof; // what a verification told, with its sign
  SignLabel* m_proofSign;
  QLabel* m_proofText;
  QLabel* m_stale;
  QProgressBar* m_progress;
  QStackedWidget* m_pages;
  DiagramView* m_diagram;
  LegendWidget* m_legend;
  QLabel* m_emptyTitle;
  QLabel* m_emptyText;
  QPushButton* m_emptyButton;
  Theme m_theme = Theme::light();
  bool m_proofStands = true;
};

} // namespace whichbase::ui
