#include "paper/ink.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace whichbase::paper {

const Ink& ink() {
  static constexpr Ink light{0x1d2330, 0x5b6573, 0xd9dce1, 0xf4f5f7};
  return light;
}

Rgb databaseInk(std::string_view id) {
  static constexpr std::array<Rgb, 12> colours{0x2563c9, 0xa33c8c, 0x6f6808, 0x2e135f, 0x0b4453, 0x410421,
                                               0xca1572, 0x512fa3, 0x1d7297, 0x091a3e, 0x343214, 0x204fec};
  if (id.empty() || id.front() < 'A' || id.front() > 'Z')
    return ink().faint;
  std::size_t index = 0;
  for (const char letter : id)
    index = index * 26 + static_cast<std::size_t>(std::clamp(letter, 'A', 'Z') - 'A') + 1;
  return colours[(index - 1) % colours.size()];
}

Rgb onInk(Rgb) {
  return 0xffffff;
}

Rgb signInk(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return 0x187a48;
  case topology::Sign::warning:
    return 0x8a5a00;
  case topology::Sign::bad:
    return 0xb3261e;
  default:
    return ink().faint;
  }
}

} // namespace whichbase::paper
