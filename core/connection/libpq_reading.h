// The strict reading: what libpq itself makes of a connection string.
#pragma once

#include "connection/connection_string.h"

namespace whichbase::connection {

struct LibpqReading {
  bool accepts = false;
  Parameters parameters; // in libpq's own order
  std::string message;   // libpq's own text where it refuses; it can hold the password
};

// Opens nothing, and reads neither the environment nor a service file.
LibpqReading readByLibpq(const std::string& text);

} // namespace whichbase::connection
