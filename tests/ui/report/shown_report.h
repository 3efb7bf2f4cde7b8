// A report's dialog on the reference incident, with its document and folder.
#pragma once

#include "report/diagram_thumbnail.h"
#include "report/page_preview.h"
#include "report/prompts_form.h"
#include "report/report_dialog.h"
#include "support/sample_snapshots.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace whichbase::test {

constexpr int patience = 60'000;

// The threads that have a history open let go of it a little later than the window, and take away what stood beside it.
struct PatientFolder : QTemporaryDir {
  ~PatientFolder() {
    setAutoRemove(false);
    EXPECT_TRUE(QTest::qWaitFor([this] { return QDir(path()).removeRecursively(); }, patience));
  }
};

struct ShownReport {
  PatientFolder folder;
  ui::ProbeController controller;
  ui::Document document{controller, folder.filePath(QStringLiteral("kept"))};
  std::unique_ptr<ui::ReportDialog> dialog;

  static ui::View incident() {
    auto view = ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                             std::make_shared<const topology::Snapshot>(samples::incidentAfter()));
    view.beforeRecorded = true;
    return view;
  }

  void showView(ui::View view = incident()) {
    document.openView(std::move(view));
    show();
  }
  // A history that is written as the program writes it.
  QString recorded() const {
    const QString file = folder.filePath(QStringLiteral("tovplay.whichbase"));
    auto history =
        history::History::open(QFile::encodeName(file).toStdString(), history::History::Mode::record).value();
    EXPECT_TRUE(history->record(topology::Side::before, samples::incidentBefore()));
    EXPECT_TRUE(history->record(topology::Side::after, samples::incidentAfter()));
    return file;
  }
  void showHistory(const QString& file) {
    document.open(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.view().empty(); }, patience));
    show();
  }
  void show() {
    bool made = false;
    dialog = std::make_unique<ui::ReportDialog>(controller, document, ui::Theme::light(), nullptr);
    QObject::connect(dialog.get(), &ui::ReportDialog::made, dialog.get(), [&made] { made = true; });
    dialog->show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return made; }, patience));
    dialog->disconnect(SIGNAL(made()));
  }
  // The first thing that a report asks.
  QPlainTextEdit* field() const {
    auto* field = dialog->prompts().findChild<QPlainTextEdit*>();
    EXPECT_NE(field, nullptr) << "nothing is asked";
    return field;
  }
  static std::string keyOf(const QPlainTextEdit* field) {
    return field->objectName().mid(qstrlen("prompt-")).toStdString();
  }
  QByteArray saved(const QString& name) const {
    const QString file = folder.filePath(name);
    bool written = false;
    QObject::connect(dialog.get(), &ui::ReportDialog::saved, dialog.get(),
                     [&](const QString& it) { written = it == file; });
    dialog->save(file);
    EXPECT_TRUE(QTest::qWaitFor([&] { return written; }, patience)) << dialog->message().toStdString();
    dialog->disconnect(SIGNAL(saved(QString)));
    QFile reading(file);
    EXPECT_TRUE(reading.open(QIODevice::ReadOnly));
    return reading.readAll();
  }
};

} // namespace whichbase::test
