#include "paper/ink.h"

#include "picture/palette.h"

namespace whichbase::paper {

const Ink& ink() {
  static const picture::Palette& light = picture::lightPalette();
  static const Ink inks{light.text, light.faint, light.frame, light.window};
  return inks;
}

Rgb databaseInk(std::string_view id) {
  const int index = picture::paletteIndex(id);
  const auto& databases = picture::lightPalette().databases;
  return index < 0 ? ink().faint : databases[static_cast<std::size_t>(index) % databases.size()];
}

Rgb onInk(Rgb ground) {
  return picture::inkOn(ground);
}

Rgb signInk(topology::Sign sign) {
  const picture::Palette& light = picture::lightPalette();
  switch (sign) {
  case topology::Sign::good:
    return light.good;
  case topology::Sign::warning:
    return light.warning;
  case topology::Sign::bad:
    return light.bad;
  default:
    return light.faint;
  }
}

} // namespace whichbase::paper
