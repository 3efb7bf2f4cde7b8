// One line a server while a verification runs, as words and a sign.
#pragma once

#include "topology/card_lines.h"
#include "verify/check.h"
#include "verify/test_row.h"

#include <QString>

namespace whichbase::ui {

struct ServerLine {
  QString server;
  QString database;                           // letter; empty: not known
  topology::Sign sign = topology::Sign::none; // none: under way
  QString text;
  bool operator==(const ServerLine&) const = default;
};

ServerLine waitingLine(const QString& server, const QString& database);
ServerLine checkLine(const topology::ServerCheck& check, bool done);
// Of a server's result, with what its session may do.
ServerLine checkLine(const topology::ServerCheck& check, const verify::Ability& ability);
ServerLine testRowLine(const topology::ServerCheck& check, verify::TestRowStep step);

// "0.4 ms", "12 ms", "1.2 s".
QString delayText(double ms);

} // namespace whichbase::ui
