// Parameters that libpq does not know, or that must not be followed here: translated where another program's word has
// one in libpq, else left out with a note.
#pragma once

#include "connection/connection_string.h"

namespace whichbase::connection {

// Adds key=value to `parameters` as libpq would take it, or a sentence to `notes`. A later value replaces an earlier
// one. `jdbc`: the string is one of Java's, with its own names and values.
void addParameter(Parameters& parameters, std::vector<std::string>& notes, const std::string& key,
                  const std::string& value, bool jdbc);

// Keys that libpq knows and that are left out all the same: those that take settings from this computer (service), that
// make another kind of session (replication), or that have effects beside it (sslkeylogfile and oauth_*, libpq 18).
bool isLeftOut(std::string_view key);

} // namespace whichbase::connection
