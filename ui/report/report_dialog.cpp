#include "report/report_dialog.h"

#include "report/diagram_thumbnail.h"
#include "report/page_preview.h"
#include "report/prompts_form.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace whichbase::ui {

namespace {

constexpr std::chrono::milliseconds afterTyping{300};

QLabel* noteLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setProperty("caption", true);
  return label;
}

QLabel* headLabel(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(textFont(13, QFont::DemiBold));
  return label;
}

// Where people write inches they print on Letter.
bool printsOnLetter() {
  return QLocale::system().measurementSystem() == QLocale::ImperialUSSystem;
}

} // namespace

ReportDialog::ReportDialog(ProbeController& controller, Document& document, const Theme& theme, QWidget* parent)
    : QDialog(parent), m_controller(controller), m_document(document), m_maker(controller) {
  setWindowTitle(tr("Incident report"));
  setMinimumSize(720, 480);
  resize(1080, 760);
  if (const auto* on = parent ? parent->screen() : nullptr)
    resize(size().boundedTo(on->availableSize() - QSize(40, 60)));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(10);
  m_moment = new QLabel(this);
  m_moment->setWordWrap(true);
  m_moment->setFont(textFont(13, QFont::DemiBold));
  layout->addWidget(m_moment);
  auto* sides = new QSplitter(Qt::Horizontal, this);
  sides->setChildrenCollapsible(false);
  sides->addWidget(makePreview());
  sides->addWidget(makeForm());
  sides->setStretchFactor(0, 3);
  sides->setStretchFactor(1, 2);
  layout->addWidget(sides, 1);
  layout->addWidget(makeButtons());
  m_soon.setSingleShot(true);
  m_soon.setInterval(afterTyping);
  connect(&m_soon, &QTimer::timeout, this, &ReportDialog::make);
  connect(&m_maker, &ReportMaker::made, this, &ReportDialog::take);
  connect(&m_print, &ReportPrint::progressed, this,
          [this](int done, int total) { tell(Sign::none, tr("Printing: page %1 of %2").arg(done).arg(total)); });
  connect(&m_print, &ReportPrint::finished, this, [this](const QString& problem) {
    tell(problem.isEmpty() ? Sign::good : Sign::bad, problem.isEmpty() ? tr("It is with the printer") : problem);
  });
  connect(&m_document, &Document::viewChanged, this, &ReportDialog::refresh);
  connect(&m_document, &Document::historyChanged, this, &ReportDialog::refresh);
  connect(&m_document, &Document::writtenChanged, this, &ReportDialog::refresh);
  connect(&m_document, &Document::projectChanged, this, &ReportDialog::refreshNotes);
  connect(&m_document, &Document::problem, this, [this](const QString& topic, Sign sign, const QString& text) {
    if (topic == QLatin1String("history"))
      tell(sign, text); // what was written is not kept
  });
  setTheme(theme);
  refreshNotes();
  make();
}

QWidget* ReportDialog::makePreview() {
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  m_preview = new PagePreview(side);
  m_preview->setFrameShape(QFrame::StyledPanel); // which shows the focus
  layout->addWidget(m_preview, 1);
  m_pages = noteLabel(side);
  layout->addWidget(m_pages);
  connect(m_preview, &PagePreview::changed, this, &ReportDialog::refreshPages);
  return side;
}

void ReportDialog::refreshPages() {
  if (const QString problem = m_preview->problem(); !problem.isEmpty())
    m_pages->setText(problem);
  else if (m_preview->pages() == 0)
    m_pages->setText(tr("The pages are being laid out…"));
  else
    m_pages->setText(tr("Page %1 of %2, as it is printed and saved as PDF. Ctrl and the wheel zoom.")
                         .arg(m_preview->currentPage() + 1)
                         .arg(m_preview->pages()));
}

QWidget* ReportDialog::makeForm() {
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(8, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(headLabel(tr("What only you can say"), side));
  m_where = noteLabel(side);
  layout->addWidget(m_where);
  auto* scroll = new QScrollArea(side);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus); // its fields have it
  m_prompts = new PromptsForm(scroll);
  scroll->setWidget(m_prompts);
  layout->addWidget(scroll, 1);
  layout->addWidget(makeDiagram());
  connect(m_prompts, &PromptsForm::written, &m_document, &Document::setWritten);
  return side;
}

QWidget* ReportDialog::makeDiagram() {
  auto* part = new QWidget(this);
  auto* layout = new QVBoxLayout(part);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(headLabel(tr("The diagram: drag it into another program"), part));
  m_thumbnail = new DiagramThumbnail(part);
  layout->addWidget(m_thumbnail);
  connect(m_thumbnail, &DiagramThumbnail::copyRequested, this, [this] { copy(CopyAs::picture); });
  return part;
}

void ReportDialog::makeFormats(QWidget* row) {
  m_format = new QComboBox(row);
  m_format->setAccessibleName(tr("Paper of the PDF and of print"));
  m_format->addItem(tr("A4"), static_cast<int>(paper::Format::a4));
  m_format->addItem(tr("Letter"), static_cast<int>(paper::Format::letter));
  m_format->setCurrentIndex(printsOnLetter() ? 1 : 0);
  connect(m_format, &QComboBox::currentIndexChanged, this, [this] { m_preview->show(m_made.report, format()); });
}

QWidget* ReportDialog::makeButtons() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  m_sign = new SignLabel(15, row);
  m_message = new QLabel(row);
  m_message->setWordWrap(true);
  m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto room = m_message->sizePolicy(); // while it is hidden, too: what can be selected may have the keyboard
  room.setRetainSizeWhenHidden(true);
  m_message->setSizePolicy(room);
  auto* paper = new QLabel(tr("Pa&per"), row);
  makeFormats(row);
  paper->setBuddy(m_format);
  m_copy = new QPushButton(tr("&Copy"), row);
  auto* menu = new QMenu(m_copy);
  const auto add = [&](const QString& text, CopyAs as) {
    connect(menu->addAction(text), &QAction::triggered, this, [this, as] { copy(as); });
  };
  add(tr("The diagram as a &picture"), CopyAs::picture);
  add(tr("The report as &Markdown"), CopyAs::markdown);
  add(tr("The report as &text"), CopyAs::text);
  m_copy->setMenu(menu);
  auto* save = new QPushButton(tr("&Save as…"), row);
  save->setDefault(true);
  connect(save, &QPushButton::clicked, this, &ReportDialog::chooseFile);
  auto* print = new QPushButton(tr("P&rint…"), row);
  print->setAutoDefault(false);
  connect(print, &QPushButton::clicked, this, &ReportDialog::print);
  auto* close = new QPushButton(tr("Close"), row);
  close->setAutoDefault(false);
  m_copy->setAutoDefault(false);
  connect(close, &QPushButton::clicked, this, &QDialog::reject);
  layout->addWidget(m_sign);
  layout->addWidget(m_message, 1);
  for (QWidget* each : std::initializer_list<QWidget*>{paper, m_format, m_copy, print, save, close})
    layout->addWidget(each);
  tell(Sign::none, {});
  return row;
}

void ReportDialog::setTheme(const Theme& theme) {
  m_sign->setTheme(theme);
  m_thumbnail->setTheme(theme);
  setPalette(theme.toPalette()); // a dialog does not take over its window's
  m_preview->setStyleSheet(QStringLiteral("whichbase--ui--PagePreview { border: 1px solid %1; }"
                                          "whichbase--ui--PagePreview:focus { border: 2px solid %2; }")
                               .arg(theme.border.name(), theme.accent.name()));
  m_preview->setPalette(theme.toPalette()); // which a style sheet takes back
  m_moment->setStyleSheet(QStringLiteral("color: %1").arg(theme.warning.name()));
}

paper::Format ReportDialog::format() const {
  return static_cast<paper::Format>(m_format->currentData().toInt());
}

QString ReportDialog::message() const {
  return m_message->text();
}

ReportSource ReportDialog::source() const {
  return {m_document.view(), m_document.replay().overview(), m_document.written()};
}

void ReportDialog::refresh() {
  refreshNotes();
  if (isVisible())
    m_soon.start();
}

void ReportDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  if (m_made.report) // of an earlier time
    make();
}

void ReportDialog::make() {
  if (!m_document.view().empty())
    m_maker.make(source());
}

void ReportDialog::take(const ReportMaker::Made& made) {
  m_made = made;
  m_preview->show(made.report, format());
  m_prompts->setPrompts(made.prompts);
  m_thumbnail->setPicture(made.thumbnail, made.png, fileNameOf(made.source.view));
  if (!made.problem.isEmpty())
    tell(Sign::bad, made.problem);
  Q_EMIT this->made();
}

void ReportDialog::refreshNotes() {
  const auto& view = m_document.view();
  m_moment->setVisible(view.replayedAt.has_value());
  if (view.replayedAt)
    m_moment->setText(tr("This report is of %1, the moment that is replayed, and not of now.")
                          .arg(QString::fromStdString(topology::toClockAndDay(*view.replayedAt))));
  if (const QString file = m_document.historyFile(); !file.isEmpty())
    m_where->setText(
        tr("Kept in %1 as you write, and there again when the report is made again.").arg(QFileInfo(file).fileName()));
  else if (m_document.project())
    m_where->setText(tr("The project is not saved: what you write is kept until it is closed. Save the project, and "
                        "it is kept in the incident’s file."));
  else
    m_where->setText(tr("Recordings have no incident’s file: what you write is kept until something else is opened."));
}

void ReportDialog::tell(Sign sign, const QString& text) {
  m_sign->setSign(sign);
  m_sign->setVisible(sign != Sign::none);
  m_message->setText(text);
  m_message->setVisible(!text.isEmpty());
}

void ReportDialog::copy(CopyAs as) {
  tell(Sign::none, tr("Copying…"));
  m_controller.run([source = source(), as](const std::stop_token&) { return copyOf(source, as); },
                   [self = QPointer(this), copying = ++m_copying](const ReportCopy& copy) {
                     if (!self || self->m_copying != copying)
                       return;
                     if (!copy.problem.isEmpty()) {
                       self->tell(Sign::bad, copy.problem);
                       return;
                     }
                     QApplication::clipboard()->setMimeData(mimeDataOf(copy).release());
                     const QString what = copiedText(copy.as);
                     self->tell(Sign::good, what);
                     Q_EMIT self->copied(what);
                   });
}

void ReportDialog::print() {
  if (m_made.report)
    m_print.ask(m_made.report, format(), this);
}

void ReportDialog::chooseFile() {
  auto* dialog = new QFileDialog(this, tr("Save the report"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  const auto filters = reportFilters();
  dialog->setNameFilters(filters);
  if (const QString file = m_document.isHistory() ? m_document.historyFile() : m_document.file(); !file.isEmpty())
    dialog->setDirectory(QFileInfo(file).absolutePath());
  dialog->setDefaultSuffix(reportEnding(filters.front()));
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
    dialog->setDefaultSuffix(reportEnding(filter));
    if (const auto files = dialog->selectedFiles(); !files.isEmpty())
      dialog->selectFile(QFileInfo(files.front()).completeBaseName() + QLatin1Char('.') + reportEnding(filter));
  });
  dialog->selectFile(fileNameOf(m_document.view()) + QLatin1Char('.') + reportEnding(filters.front()));
  connect(dialog, &QFileDialog::fileSelected, this, &ReportDialog::save);
  dialog->open();
}

void ReportDialog::save(const QString& file) {
  write({.file = file, .options = {.format = format()}, .known = m_inFiles[file]});
}

void ReportDialog::write(const SaveWish& wish) {
  if (const QString problem = problemOfName(wish.file); !problem.isEmpty()) {
    tell(Sign::bad, problem);
    return;
  }
  tell(Sign::none, tr("Writing %1…").arg(QFileInfo(wish.file).fileName()));
  m_controller.run([source = source(), wish](const std::stop_token&) { return saveReport(source, wish); },
                   [self = QPointer(this), wish, saving = ++m_saving](const SaveResult& result) {
                     if (self)
                       self->finishSaving(wish, result, self->m_saving == saving);
                   });
}

void ReportDialog::finishSaving(const SaveWish& wish, const SaveResult& result, bool isNewest) {
  if (!result.problem.isEmpty()) {
    tell(Sign::bad, result.problem);
    return;
  }
  if (!result.differing.isEmpty()) {
    tell(Sign::none, {});
    askWhatToKeep(wish, result.differing);
    return;
  }
  m_inFiles[wish.file] = result.written;
  for (const auto& [key, text] : result.taken)
    m_document.setWritten(key, QString::fromStdString(text));
  const QString file = QDir::toNativeSeparators(wish.file);
  if (isNewest)
    tell(Sign::good, result.taken.empty()
                         ? tr("Written: %1").arg(file)
                         : tr("Written: %1. What was written there stays, and is here, too.").arg(file));
  Q_EMIT saved(wish.file);
}

void ReportDialog::askWhatToKeep(const SaveWish& wish, const QStringList& questions) {
  auto* box = new QMessageBox(QMessageBox::Question, tr("Save the report"),
                              tr("%1 has other answers than this window.").arg(QFileInfo(wish.file).fileName()),
                              QMessageBox::Cancel, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setInformativeText(questions.join(QLatin1Char('\n')));
  const auto offer = [&](const QString& text, QMessageBox::ButtonRole role, SaveWish::Differing differing) {
    auto* button = box->addButton(text, role);
    connect(button, &QPushButton::clicked, this, [this, wish, differing] {
      auto decided = wish;
      decided.differing = differing;
      write(decided);
    });
    return button;
  };
  box->setDefaultButton(offer(tr("Keep &both"), QMessageBox::AcceptRole, SaveWish::Differing::keepBoth));
  offer(tr("&Replace the file’s"), QMessageBox::DestructiveRole, SaveWish::Differing::replace);
  box->open();
}

} // namespace whichbase::ui
