#include "diagram/spoken_diagram.h"

#include "style/locale_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstddef>

namespace whichbase::ui {

namespace {

using layout::Box;
using layout::BoxKind;

bool isCard(const Box& box) {
  return box.members.empty();
}

QString tr(const char* text) {
  return QCoreApplication::translate("SpokenDiagram", text);
}

QString spokenServer(const Box& box) {
  QStringList parts{QString::fromStdString(box.title)};
  for (const std::string* text : {&box.environment, &box.role, &box.moved, &box.failure})
    if (!text->empty())
      parts << QString::fromStdString(*text);
  return parts.join(QLatin1Char(' '));
}

QString spokenCard(const layout::Diagram& diagram, const Box& card) {
  QString text =
      card.identityProven
          ? tr("Database %1, %2").arg(QString::fromStdString(card.databaseId), QString::fromStdString(card.title))
          : tr("Database of unknown identity, %1").arg(QString::fromStdString(card.title));
  if (card.kind != BoxKind::database)
    text += QStringLiteral(", ") + QString::fromStdString(card.subtitle);
  if (!card.usersText.empty())
    text += QStringLiteral(", %1 %2").arg(localCount(card.usersText), QString::fromStdString(card.usersWord));
  for (const auto& line : card.lines)
    text += QStringLiteral(", ") + QString::fromStdString(line.text);
  QStringList servers;
  for (const Box& box : diagram.boxes)
    if (!isCard(box) && box.databaseId == card.databaseId)
      servers << spokenServer(box);
  return servers.isEmpty() ? text + QLatin1Char('.')
                           : text + QStringLiteral(": ") + servers.join(QStringLiteral(", ")) + QLatin1Char('.');
}

} // namespace

QString spoken(const layout::Diagram& diagram) {
  std::size_t databases = 0;
  std::size_t servers = 0;
  for (const Box& box : diagram.boxes) {
    databases += isCard(box) ? 1 : 0;
    servers += box.members.size();
  }
  QStringList sentences{
      tr("%1, %2.").arg(counted("SpokenDiagram", "1 database", QT_TRANSLATE_N_NOOP("SpokenDiagram", "%Ln databases"),
                                static_cast<std::int64_t>(databases)),
                        counted("SpokenDiagram", "1 server", QT_TRANSLATE_N_NOOP("SpokenDiagram", "%Ln servers"),
                                static_cast<std::int64_t>(servers)))};
  if (diagram.boxes.size() > 60) // a text of minutes helps nobody; the table beside the diagram has it all
    return sentences.front();
  for (const Box& box : diagram.boxes)
    if (isCard(box))
      sentences << spokenCard(diagram, box);
  for (const Box& box : diagram.boxes)
    if (box.kind == BoxKind::notReached)
      sentences << tr("Not reached: %1.").arg(spokenServer(box));
  return sentences.join(QLatin1Char(' '));
}

} // namespace whichbase::ui
