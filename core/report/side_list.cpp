#include "report/side_diagram.h"

#include <fmt/format.h>

namespace whichbase::report {
namespace {

std::string wholeText(const CardText& line) {
  std::string text = line.text;
  for (const auto& part : line.more)
    text += (text.empty() ? "" : " · ") + part;
  return text;
}

std::string inOneLine(const std::vector<CardText>& lines, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < lines.size(); ++i)
    text += (text.empty() ? "" : " · ") + wholeText(lines[i]);
  return text;
}

void addServer(Canvas& canvas, const Card& card, int width) {
  const bool ascii = canvas.charset() == Charset::ascii;
  const char* foot = ascii                          ? (card.arrow == Stroke::solid ? "<--" : "<..")
                     : card.arrow == Stroke::solid  ? "◀──"
                     : card.arrow == Stroke::dashed ? "◀╌╌"
                                                    : "◀┈┈";
  const int row = canvas.rows();
  canvas.addWrapped(8, width, card.key + " · " + inOneLine(card.lines, 1));
  if (!card.database.empty())
    canvas.put(4, row, foot, card.ink);
  if (card.members.size() < 2)
    return;
  std::string names;
  for (const auto& member : card.members)
    names += (names.empty() ? "" : ", ") + member;
  canvas.addWrapped(8, width, names, {Ink::Kind::dim});
}

} // namespace

Canvas listSide(const SideCards& cards, int width, Charset charset) {
  Canvas canvas(charset);
  for (const Card& database : cards.databases) {
    const int row = canvas.rows();
    canvas.addWrapped(4, width, inOneLine(database.lines, 0), {Ink::Kind::bold});
    canvas.put(0, row, fmt::format("{:>2}", database.letter), database.ink);
    for (const Card& server : cards.servers)
      if (server.database == database.key)
        addServer(canvas, server, width);
  }
  bool first = true;
  for (const Card& server : cards.servers) {
    if (!server.database.empty())
      continue;
    if (first)
      canvas.addLine(0, " ✗  Not reached", {Ink::Kind::bad});
    first = false;
    addServer(canvas, server, width);
  }
  return canvas;
}

} // namespace whichbase::report
