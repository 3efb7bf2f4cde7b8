#include "connection/driver_readings.h"

namespace whichbase::connection {
std::string disagreement(std::string_view) {
  return {};
}
} // namespace whichbase::connection
