#include "window/about_dialog.h"

#include "about/libraries.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {
namespace {

QString allText() {
  return QString::fromStdString(about::versionText("Whichbase", windowLibraries()));
}

QLabel* makeHead(QWidget* parent) {
  auto* head =
      new QLabel(AboutDialog::tr("<p style='font-size:large'><b>Whichbase %1</b></p>"
                                 "<p>Which PostgreSQL database is each server really using? Whichbase visits the "
                                 "database that each of your servers has configured, proves which servers share "
                                 "one, and shows it before and after a fix. It reads only, in short "
                                 "transactions, and writes nothing but a test row that you asked for.</p>"
                                 "<p>Free software under the GNU General Public License, version 3 or later "
                                 "(GPL-3.0-or-later). It comes without any warranty.</p>")
                     .arg(QString::fromStdString(about::version()).toHtmlEscaped()),
                 parent);
  head->setTextFormat(Qt::RichText);
  head->setWordWrap(true);
  head->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return head;
}

// One a line, so that it can be read and selected.
QPlainTextEdit* makeLibraries(QWidget* parent) {
  auto* libraries = new QPlainTextEdit(parent);
  libraries->setObjectName(QStringLiteral("libraries"));
  libraries->setAccessibleName(AboutDialog::tr("Libraries"));
  libraries->setReadOnly(true);
  libraries->setTabChangesFocus(true);
  auto lines = windowLibraries();
  for (auto& library : about::libraries())
    lines.push_back(std::move(library));
  QStringList texts;
  for (const auto& line : lines)
    texts << QString::fromStdString(line);
  libraries->setPlainText(texts.join(QLatin1Char('\n')));
  return libraries;
}

} // namespace

std::vector<std::string> windowLibraries() {
  return {std::string("Qt ") + qVersion(), "QtKeychain " WHICHBASE_KEYCHAIN_VERSION};
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("About Whichbase"));
  setAttribute(Qt::WA_DeleteOnClose);
  setMinimumWidth(560);
  resize(560, 520);
  auto* layout = new QVBoxLayout(this);
  auto* top = new QHBoxLayout;
  auto* icon = new QLabel(this);
  icon->setPixmap(QIcon(QStringLiteral(":/icons/whichbase.svg")).pixmap(QSize(64, 64), devicePixelRatio()));
  top->addWidget(icon, 0, Qt::AlignTop);
  top->addSpacing(12);
  top->addWidget(makeHead(this), 1);
  layout->addLayout(top);
  auto* label = new QLabel(tr("&Libraries that it runs with:"), this);
  auto* libraries = makeLibraries(this);
  label->setBuddy(libraries);
  layout->addWidget(label);
  layout->addWidget(libraries, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  auto* copy = buttons->addButton(tr("&Copy versions"), QDialogButtonBox::ActionRole);
  copy->setObjectName(QStringLiteral("copyVersions"));
  copy->setAutoDefault(false);
  connect(copy, &QPushButton::clicked, this, [] { QApplication::clipboard()->setText(allText()); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  layout->addWidget(buttons);
  auto* close = buttons->button(QDialogButtonBox::Close);
  close->setDefault(true);
  close->setFocus();
}

} // namespace whichbase::ui
