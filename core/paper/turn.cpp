#include "paper/turn.h"

namespace whichbase::paper {

std::unique_lock<std::mutex> takeTurn() {
  static std::mutex fonts;
  return std::unique_lock(fonts);
}

} // namespace whichbase::paper
