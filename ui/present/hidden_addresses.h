// Takes addresses and connection strings out of texts that are shown to a whole room.
#pragma once

#include "model/view.h"

#include <QString>
#include <QStringList>

namespace whichbase::ui {

// What both sides call an address: of servers, databases and connections, whole connection strings and their users with
// an @. The longest first, so that none is a part of a later one.
QStringList addressesOf(const View& view);

// The text with "•••" in place of those, and of whatever else looks like one: IP addresses, HOST:PORT, URLs, NAME@HOST.
QString withoutAddresses(QString text, const QStringList& addresses);

} // namespace whichbase::ui
