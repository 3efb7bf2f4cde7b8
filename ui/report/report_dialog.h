// The incident's report: its preview, what somebody has to write into it, and every way in which it leaves the program.
// It follows what the window shows.
#pragma once

#include "report/print.h"
#include "report/report_copy.h"
#include "report/report_files.h"
#include "report/report_maker.h"
#include "style/theme.h"
#include "window/document.h"
#include "window/sign.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;

namespace whichbase::ui {

class DiagramThumbnail;
class PagePreview;
class PromptsForm;

class ReportDialog : public QDialog {
  Q_OBJECT
public:
  ReportDialog(ProbeController& controller, Document& document, const Theme& theme, QWidget* parent);

  void setTheme(const Theme& theme);
  // Writes it to that file, of the kind that its ending names; tells by saved() or in the dialog, which asks where the
  // file has other answers.
  void save(const QString& file);
  void copy(CopyAs as);
  paper::Format format() const;

  PagePreview& preview() { return *m_preview; }
  PromptsForm& prompts() { return *m_prompts; }
  DiagramThumbnail& thumbnail() { return *m_thumbnail; }
  QString message() const; // what is told below; empty: nothing

Q_SIGNALS:
  void made();
  void saved(const QString& file);
  void copied(const QString& what);

protected:
  void showEvent(QShowEvent* event) override;

private:
  QWidget* makePreview();
  QWidget* makeForm();
  QWidget* makeDiagram();
  QWidget* makeButtons();
  void makeFormats(QWidget* row);
  void refresh(); // soon, and once for many changes
  void make();
  void take(const ReportMaker::Made& made);
  void refreshNotes();
  void refreshPages();
  void chooseFile();
  void print();
  void write(const SaveWish& wish);
  void finishSaving(const SaveWish& wish, const SaveResult& result, bool isNewest);
  void askWhatToKeep(const SaveWish& wish, const QStringList& questions);
  void tell(Sign sign, const QString& text);
  ReportSource source() const;

  ProbeController& m_controller;
  Document& m_document;
  ReportMaker m_maker;
  ReportPrint m_print;
  ReportMaker::Made m_made;
  QTimer m_soon;
  std::map<QString, Answers> m_inFiles; // what was written into which report from here
  quint64 m_copying = 0, m_saving = 0;  // the newest
  QLabel* m_moment = nullptr;           // which is replayed
  PagePreview* m_preview = nullptr;
  QLabel* m_pages = nullptr;
  QLabel* m_where = nullptr; // what is written is kept
  PromptsForm* m_prompts = nullptr;
  DiagramThumbnail* m_thumbnail = nullptr;
  QComboBox* m_format = nullptr;
  QPushButton* m_copy = nullptr;
  SignLabel* m_sign = nullptr;
  QLabel* m_message = nullptr;
};

} // namespace whichbase::ui
