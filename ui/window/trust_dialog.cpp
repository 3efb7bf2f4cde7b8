#include "window/trust_dialog.h"

#include "model/visible_text.h"
#include "style/theme.h"
#include "window/form_parts.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

// Each in a cell of its own: no line break inside one makes it look like two.
QString cells(const QStringList& lines, const Theme& theme) {
  QString html = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='7'>");
  for (qsizetype i = 0; i < lines.size(); ++i)
    html += QStringLiteral("<tr><td style='background-color:%1'>%2</td></tr>")
                .arg((i % 2 == 0 ? theme.button : theme.card).name(),
                     // Every blank counts in a command.
                     lines[i].toHtmlEscaped().replace(QStringLiteral("  "), QStringLiteral(" &nbsp;")));
  return html + QStringLiteral("</table>");
}

} // namespace

TrustDialog::TrustDialog(const project::Requests& requests, const QString& file, const Theme& theme, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Do you trust this project?"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(QSize(760, requests.commands.empty() || requests.secrets.empty() ? 420 : 560)
             .boundedTo(screen()->availableSize() - QSize(20, 50)));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(9);
  auto* heading = new QLabel(requests.commands.empty() ? tr("To be probed, this project sends secrets of yours")
                                                       : tr("To be probed, this project runs commands as you"),
                             this);
  heading->setFont(textFont(16, QFont::DemiBold));
  layout->addWidget(heading);
  layout->addWidget(captionLabel(
      this, tr("%1 asks for it. Agree only if you know who wrote it and what each line does. Nothing was run or sent "
               "yet; you are asked again when a line changes.")
                .arg(file.isEmpty() ? tr("The project") : file)));
  QStringList commands, secrets;
  for (const auto& command : requests.commands)
    commands << visibleText(command);
  for (const auto& use : requests.secrets)
    secrets << tr("${%1} to %2").arg(visibleText(use.variable), visibleText(use.host));
  addList(layout, tr("Commands, run on this computer at every probe"), commands, theme);
  addList(layout, tr("Values of your environment or keychain, sent to these addresses"), secrets, theme);
  auto* buttons = new QDialogButtonBox(this);
  auto* agree = buttons->addButton(tr("Agree and probe"), QDialogButtonBox::AcceptRole);
  auto* notNow = buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
  agree->setAutoDefault(false); // Return, pressed without reading, agrees to nothing
  notNow->setDefault(true);
  notNow->setFocus();
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void TrustDialog::addList(QVBoxLayout* layout, const QString& heading, const QStringList& lines, const Theme& theme) {
  if (lines.isEmpty())
    return;
  auto* label = new QLabel(QStringLiteral("%1 · %L2").arg(heading).arg(lines.size()), this);
  label->setFont(textFont(13, QFont::DemiBold));
  auto* list = new QTextBrowser(this);
  list->setOpenLinks(false);
  list->setFont(monoFont(12.5));
  list->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  list->setTabChangesFocus(true);
  list->setAccessibleName(heading);
  list->setHtml(cells(lines, theme));
  label->setBuddy(list);
  layout->addWidget(label);
  layout->addWidget(list, static_cast<int>(std::clamp<qsizetype>(lines.size(), 2, 6)));
}

} // namespace whichbase::ui
