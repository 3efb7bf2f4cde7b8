// What may be seen of a connection, and under which name its password is kept and asked for.
#pragma once

#include "connection/connection_string.h"
#include "probe/plan.h"
#include "project/project.h"

namespace whichbase::probe {

// `text` is the string as configured, which may hold its password.
topology::MaskedConnection shownOf(const std::string& text, const connection::ConnectionString& connection);

// Which ${NAME} of the URL holds its password: "${EXTERNAL_PASSWORD}", or "the string" where it stands there itself.
std::string passwordSourceIn(const std::string& url);

// `via` as the project has it. User, database and hosts are percent-encoded, so that no two targets have one key.
PasswordKey passwordKeyOf(const connection::Parameters& parameters, const std::string& via);

} // namespace whichbase::probe
