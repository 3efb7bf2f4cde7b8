// The report's dialog: what is written into it, and every way in which the report leaves it.
#include "document/recorded.h"
#include "shown_report.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace whichbase {
namespace {

using test::patience;
using test::ShownReport;

std::string textInFile(const QString& file, const std::string& key) {
  const auto history = history::History::open(QFile::encodeName(file).toStdString(), history::History::Mode::read);
  return history ? (*history)->text(document::writtenPrefix + key).value_or(std::string()) : std::string();
}

QByteArray contents(const QString& file) {
  QFile reading(file);
  EXPECT_TRUE(reading.open(QIODevice::ReadOnly));
  return reading.readAll();
}

void overwrite(const QString& file, const QByteArray& text) {
  QFile writing(file);
  EXPECT_TRUE(writing.open(QIODevice::WriteOnly | QIODevice::Truncate) && writing.write(text) == text.size());
}

TEST(ReportDialog, KeepsWhatIsWrittenInTheIncidentsFileAtOnce) {
  QString file;
  std::string key;
  QTemporaryDir elsewhere;
  {
    ShownReport shown;
    file = shown.recorded();
    shown.showHistory(file);
    key = ShownReport::keyOf(shown.field());
    QTest::keyClicks(shown.field(), QStringLiteral("The map of URLs was wrong"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return textInFile(file, key) == "The map of URLs was wrong"; }, patience));
    const QString kept = elsewhere.filePath(QStringLiteral("tovplay.whichbase"));
    auto reading = history::History::open(QFile::encodeName(file).toStdString(), history::History::Mode::read).value();
    ASSERT_TRUE(reading->copyTo(QFile::encodeName(kept).toStdString()));
    file = kept;
  }
  ShownReport again;
  again.showHistory(file);
  const auto* field = again.dialog->prompts().field(key);
  ASSERT_NE(field, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !field->toPlainText().isEmpty(); }, patience));
  EXPECT_EQ(field->toPlainText(), QStringLiteral("The map of URLs was wrong"));
  EXPECT_TRUE(again.saved(QStringLiteral("again.md")).contains("The map of URLs was wrong"));
}

TEST(ReportDialog, WhatIsClearedIsAQuestionAgain) {
  ShownReport shown;
  const QString file = shown.recorded();
  shown.showHistory(file);
  auto* field = shown.field();
  const auto key = ShownReport::keyOf(field);
  field->setPlainText(QStringLiteral("gone soon"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return textInFile(file, key) == "gone soon"; }, patience));
  field->setPlainText({});
  ASSERT_TRUE(QTest::qWaitFor([&] { return textInFile(file, key).empty(); }, patience));
  EXPECT_FALSE(shown.document.written().contains(key));
}

TEST(ReportDialog, SaysThatRecordingsHaveNoFileAndKeepsTheTextForTheSession) {
  ShownReport shown;
  shown.showView();
  const auto labels = shown.dialog->findChildren<QLabel*>();
  EXPECT_TRUE(std::ranges::any_of(labels, [](const QLabel* label) {
    return label->isVisible() && label->text().contains(QStringLiteral("no incident’s file"));
  }));
  auto* field = shown.field();
  const auto key = ShownReport::keyOf(field);
  field->setPlainText(QStringLiteral("Ask before the next move"));
  EXPECT_EQ(shown.document.written().at(key), "Ask before the next move");
  shown.show(); // another one
  EXPECT_EQ(shown.dialog->prompts().field(key)->toPlainText(), QStringLiteral("Ask before the next move"));
}

TEST(ReportDialog, WhatWasWrittenBeforeTheProjectWasSavedGoesIntoItsFileThen) {
  ShownReport shown;
  project::Project project;
  project.title = "TovPlay";
  shown.document.adopt(project, {}, {});
  shown.document.setWritten("lessons", QStringLiteral("Ask the database, not its name"));
  EXPECT_EQ(shown.document.written().at("lessons"), "Ask the database, not its name");
  shown.document.saveAs(shown.folder.filePath(QStringLiteral("tovplay.whichbase.toml")));
  const QString file = shown.document.historyFile();
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return textInFile(file, "lessons") == "Ask the database, not its name"; }, patience));
  shown.document.openView(ShownReport::incident());
  EXPECT_TRUE(shown.document.written().empty()) << "it was about something else";
}

TEST(ReportDialog, NeverKeepsAPasswordThatSomebodyWrites) {
  ShownReport shown;
  shown.showView();
  shown.field()->setPlainText(QStringLiteral("it was postgresql://ops:hunter2@db.example.org/TovPlay"));
  EXPECT_EQ(shown.document.written().begin()->second.find("hunter2"), std::string::npos);
  EXPECT_FALSE(shown.saved(QStringLiteral("report.html")).contains("hunter2"));
}

TEST(ReportDialog, SavesEachKindUnderItsEnding) {
  ShownReport shown;
  shown.showView();
  const std::map<std::string, std::vector<QByteArray>> beginnings = {
      {"md", {"#"}},
      {"html", {"<!DOCTYPE html", "<!doctype html"}},
      {"pdf", {"%PDF-"}},
      {"svg", {"<svg", "<?xml"}},
      {"png", {"\x89PNG"}},
      {"json", {"{"}},
      {"mmd", {"flowchart", "graph", "%%", "---"}},
      {"txt", {""}},
  };
  for (const auto kind : paper::allKinds()) {
    const auto ending = paper::endingOf(kind);
    ASSERT_TRUE(beginnings.contains(ending)) << ending;
    const auto bytes = shown.saved(QStringLiteral("Report.") + QString::fromStdString(ending));
    EXPECT_GT(bytes.size(), 100) << ending;
    EXPECT_TRUE(
        std::ranges::any_of(beginnings.at(ending), [&](const QByteArray& each) { return bytes.startsWith(each); }))
        << ending << ": " << bytes.left(40).toStdString();
  }
  EXPECT_EQ(ui::reportFilters().size(), static_cast<qsizetype>(paper::allKinds().size()));
}

TEST(ReportDialog, WhatSomebodyWroteIntoTheFileStaysAndIsTakenOver) {
  ShownReport shown;
  shown.showView();
  const auto key = ShownReport::keyOf(shown.field());
  const QString name = QStringLiteral("Report.md");
  QByteArray text = shown.saved(name);
  const QByteArray question = QByteArray("<!-- whichbase:") + key.c_str() + " -->";
  ASSERT_TRUE(text.contains(question));
  text.replace(question, question + "\n\nWritten in an editor.\n");
  overwrite(shown.folder.filePath(name), text);
  EXPECT_TRUE(shown.saved(name).contains("Written in an editor."));
  EXPECT_EQ(shown.document.written()[key], "Written in an editor.");
  EXPECT_TRUE(QTest::qWaitFor([&] { return !shown.field()->toPlainText().isEmpty(); }, patience));
  // What the window itself has written there is no reason to ask.
  shown.document.setWritten(key, QStringLiteral("Written in the window."));
  EXPECT_FALSE(shown.saved(name).contains("editor"));
  shown.document.setWritten(key, {});
  EXPECT_FALSE(shown.saved(name).contains("Written in"));
}

TEST(ReportDialog, AsksWhereTheFileHasOtherAnswersAndKeepsBoth) {
  ShownReport shown;
  shown.showView();
  const auto key = ShownReport::keyOf(shown.field());
  const QString name = QStringLiteral("Report.md");
  shown.document.setWritten(key, QStringLiteral("From the window."));
  QByteArray text = shown.saved(name);
  overwrite(shown.folder.filePath(name), text.replace("From the window.", "From an editor."));
  shown.dialog->save(shown.folder.filePath(name));
  QMessageBox* box = nullptr;
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return (box = shown.dialog->findChild<QMessageBox*>()) != nullptr && box->isVisible(); }, patience));
  EXPECT_TRUE(contents(shown.folder.filePath(name)).contains("From an editor.")) << "written without an answer";
  bool written = false;
  QObject::connect(shown.dialog.get(), &ui::ReportDialog::saved, shown.dialog.get(), [&] { written = true; });
  QTest::mouseClick(box->defaultButton(), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return written; }, patience));
  EXPECT_TRUE(contents(shown.folder.filePath(name)).contains("From an editor.\n\nFrom the window."));
  EXPECT_EQ(shown.document.written()[key], "From an editor.\n\nFrom the window.");
}

TEST(ReportDialog, WritesWhatTheCommandLineWritesOfTheSameRecording) {
  ShownReport shown;
  const QString file = shown.recorded();
  {
    auto history =
        history::History::open(QFile::encodeName(file).toStdString(), history::History::Mode::record).value();
    auto later = samples::incidentAfter();
    later.startedAt += std::chrono::minutes(7);
    later.finishedAt += std::chrono::minutes(7);
    ASSERT_TRUE(history->record(topology::Side::after, later)); // still so
  }
  std::string ofCommandLine;
  {
    const auto reading =
        history::History::open(QFile::encodeName(file).toStdString(), history::History::Mode::read).value();
    const auto incident = document::incidentIn(*reading);
    ASSERT_TRUE(incident);
    ofCommandLine = paper::render(*incident, paper::Kind::markdown).value();
  }
  shown.showHistory(file);
  EXPECT_EQ(shown.saved(QStringLiteral("Report.md")).toStdString(), ofCommandLine);
}

TEST(ReportDialog, TellsInASentenceWhatCannotBeWritten) {
  ShownReport shown;
  shown.showView();
  shown.dialog->save(shown.folder.filePath(QStringLiteral("report.docx")));
  EXPECT_TRUE(shown.dialog->message().contains(QStringLiteral(".pdf"))) << shown.dialog->message().toStdString();
  shown.dialog->save(shown.folder.filePath(QStringLiteral("nowhere/report.md")));
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return shown.dialog->message().contains(QStringLiteral("cannot be written")); }, patience))
      << shown.dialog->message().toStdString();
}

TEST(ReportDialog, TheDiagramIsDraggedAsAPictureAndAsAFileNamedAfterTheIncident) {
  ShownReport shown;
  shown.showView();
  const auto carried = shown.dialog->thumbnail().dragged();
  ASSERT_NE(carried, nullptr);
  const auto png = carried->data(QStringLiteral("image/png"));
  EXPECT_TRUE(png.startsWith("\x89PNG"));
  ASSERT_EQ(carried->urls().size(), 1);
  const QString file = carried->urls().front().toLocalFile();
  EXPECT_EQ(QFileInfo(file).fileName(), ui::fileNameOf(shown.document.view()) + QStringLiteral(".png"));
  QFile reading(file);
  ASSERT_TRUE(reading.open(QIODevice::ReadOnly));
  EXPECT_EQ(reading.readAll(), png);
}

TEST(ReportDialog, CopiesAsPictureAsMarkdownAndAsText) {
  ShownReport shown;
  shown.showView();
  const auto copied = [&](ui::CopyAs as) {
    bool done = false;
    QObject::connect(shown.dialog.get(), &ui::ReportDialog::copied, shown.dialog.get(), [&done] { done = true; });
    shown.dialog->copy(as);
    EXPECT_TRUE(QTest::qWaitFor([&] { return done; }, patience));
    shown.dialog->disconnect(SIGNAL(copied(QString)));
    return QApplication::clipboard()->mimeData();
  };
  const auto* picture = copied(ui::CopyAs::picture);
  EXPECT_TRUE(picture->data(QStringLiteral("image/png")).startsWith("\x89PNG"));
  EXPECT_GT(picture->imageData().value<QImage>().width(), 1000) << "the whole diagram, at twice its size";
  const auto* markdown = copied(ui::CopyAs::markdown);
  EXPECT_TRUE(markdown->text().startsWith(QLatin1Char('#'))) << markdown->text().left(60).toStdString();
  EXPECT_EQ(markdown->data(QStringLiteral("text/markdown")), markdown->text().toUtf8());
  EXPECT_TRUE(copied(ui::CopyAs::text)->text().contains(QStringLiteral("Production Backend")));
}

TEST(ReportDialog, OfAReplayedMomentSaysSo) {
  ShownReport shown;
  auto view = ShownReport::incident();
  view.replayedAt = view.after->finishedAt;
  shown.showView(view);
  const auto labels = shown.dialog->findChildren<QLabel*>();
  EXPECT_TRUE(std::ranges::any_of(labels, [](const QLabel* label) {
    return label->isVisible() && label->text().contains(QStringLiteral("the moment that is replayed"));
  }));
}

TEST(ReportDialog, ShowsThePagesOnThePaperThatIsChosen) {
  ShownReport shown;
  shown.showView();
  auto& preview = shown.dialog->preview();
  ASSERT_TRUE(QTest::qWaitFor([&] { return preview.pages() > 0 && !preview.drawing(); }, patience))
      << preview.problem().toStdString();
  EXPECT_EQ(preview.problem(), QString());
  auto* paper = shown.dialog->findChild<QComboBox*>();
  ASSERT_NE(paper, nullptr);
  const bool wasA4 = shown.dialog->format() == paper::Format::a4;
  const QByteArray before = shown.saved(QStringLiteral("one.pdf"));
  paper->setCurrentIndex(wasA4 ? 1 : 0);
  EXPECT_EQ(shown.dialog->format(), wasA4 ? paper::Format::letter : paper::Format::a4);
  EXPECT_NE(shown.saved(QStringLiteral("other.pdf")), before);
  EXPECT_TRUE(QTest::qWaitFor([&] { return preview.pages() > 0 && !preview.drawing(); }, patience));
}

TEST(ReportSource, NamesFilesWithoutWhatANameCannotHold) {
  auto snapshot = samples::incidentAfter();
  const auto named = [&](const char* title) {
    snapshot.title = title;
    return ui::fileNameOf(ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot))).toStdString();
  };
  EXPECT_EQ(named("TovPlay"), "TovPlay");
  EXPECT_EQ(named("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(named("a: b?"), "a- b-");
  EXPECT_EQ(named("  "), "incident");
}

TEST(ReportSource, OfAReplayedMomentHoldsNothingThatCameLater) {
  auto view = ShownReport::incident();
  const auto at = view.after->finishedAt;
  history::Overview overview;
  using namespace std::chrono_literals;
  overview.spans = {{at - 1h, at + 1h}};
  overview.events = {{at - 1min, history::EventKind::note, topology::Side::after, {}, "then"},
                     {at + 1min, history::EventKind::note, topology::Side::after, {}, "later"}};
  const auto shared = std::make_shared<const history::Overview>(overview);
  EXPECT_EQ(ui::incidentOf({view, shared, {}}).recorded->events.size(), 2u);
  view.replayedAt = at;
  const auto incident = ui::incidentOf({view, shared, {}});
  ASSERT_EQ(incident.recorded->events.size(), 1u);
  EXPECT_EQ(incident.recorded->spans.front().until, at);
}

} // namespace
} // namespace whichbase
