#include "picture/text_width.h"

#include "report/display_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace whichbase::picture {

namespace {

// Advances of U+0020 to U+007E in thousandths of the font's size, as the fonts themselves have them.
using Advances = std::array<std::uint16_t, 95>;
constexpr Advances interRegular = {281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357,
                                   625, 464, 605, 636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507,
                                   936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 563, 889, 753, 761,
                                   635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452,
                                   497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597,
                                   609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659};
constexpr Advances interBold = {232,  325, 392, 650, 655, 859, 674, 209,  409, 409, 565, 680, 303, 469, 298, 390,
                                688,  489, 630, 659, 678, 645, 660, 595,  661, 660, 298, 303, 680, 680, 680, 563,
                                1031, 748, 661, 752, 727, 613, 585, 761,  746, 281, 570, 690, 567, 915, 735, 782,
                                648,  783, 656, 655, 668, 729, 748, 1036, 714, 724, 667, 409, 390, 409, 488, 477,
                                497,  580, 635, 587, 635, 598, 386, 633,  624, 272, 272, 582, 272, 912, 622, 614,
                                632,  632, 409, 562, 388, 622, 586, 850,  574, 586, 572, 409, 374, 409, 680};
constexpr Advances dejavuRegular = {318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
                                    636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
                                    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
                                    603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
                                    500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
                                    635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};
constexpr Advances dejavuBold = {348,  456, 521, 838, 696, 1002, 872, 306,  457, 457, 523, 838, 380, 415,  380, 365,
                                 696,  696, 696, 696, 696, 696,  696, 696,  696, 696, 400, 400, 838, 838,  838, 580,
                                 1000, 774, 762, 734, 830, 683,  683, 821,  837, 372, 372, 775, 637, 995,  837, 850,
                                 733,  850, 770, 720, 682, 812,  774, 1103, 771, 724, 725, 457, 365, 457,  838, 500,
                                 500,  675, 716, 593, 716, 678,  435, 716,  712, 343, 343, 665, 343, 1042, 712, 687,
                                 716,  716, 493, 595, 478, 712,  652, 924,  645, 652, 582, 712, 365, 712,  838};

constexpr double spare = 1.015; // kerning and hinting may add a little
constexpr double fixedAdvance = 0.605;
constexpr std::string_view ellipsis = "…";
constexpr std::string_view joiner = "\u200D";

struct Range {
  char32_t first, last;
  double em; // of a character in it, at most
};
// Scripts and signs by what their letters are wide, from the fonts that Debian shows them with.
constexpr std::array<Range, 15> ranges{{
    {0x00A0, 0x00BF, 0.72}, // signs of Latin 1
    {0x00C0, 0x024F, 0.78}, // Latin with accents
    {0x0250, 0x036F, 0.75}, // phonetic
    {0x0370, 0x03FF, 0.80}, // Greek
    {0x0400, 0x052F, 0.92}, // Cyrillic
    {0x0530, 0x05FF, 0.76}, // Armenian, Hebrew
    {0x0600, 0x08FF, 0.90}, // Arabic, Syriac
    {0x0900, 0x0DFF, 1.00}, // scripts of India
    {0x0E00, 0x109F, 0.80}, // Thai, Lao, Tibetan
    {0x1E00, 0x1FFF, 0.85}, // Latin and Greek with more accents
    {0x2010, 0x2012, 0.60}, // hyphens
    {0x2018, 0x201F, 0.55}, // quotation marks
    {0x2022, 0x2022, 0.60}, // bullet
    {0x2026, 0x2026, 0.85}, // ellipsis
    {0xFB1D, 0xFDFF, 1.30}, // forms of Hebrew and Arabic
}};
constexpr double unknownEm = 1.1; // no letter but a few ligatures is wider

char32_t firstCharacter(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.empty())
    return 0;
  const unsigned lead = at(0);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (length == 1 || bytes.size() < length)
    return lead;
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    code = code << 6U | (at(i) & 0x3FU);
  return code;
}

double emOf(char32_t code, int cells, const Advances& advances) {
  if (code >= 0x20 && code <= 0x7E)
    return advances[code - 0x20] / 1000.0;
  if (cells >= 2)
    return 1.1; // Han, Kana, emoji
  for (const Range& range : ranges)
    if (code >= range.first && code <= range.last)
      return range.em;
  return unknownEm;
}

// Emoji that are one picture stay one: what follows a joiner, a skin, the second half of a flag.
bool joins(const report::Glyph& before, const report::Glyph& glyph) {
  const char32_t code = firstCharacter(glyph.bytes);
  const auto isFlag = [](const report::Glyph& one) {
    const char32_t half = firstCharacter(one.bytes);
    return half >= 0x1F1E6 && half <= 0x1F1FF && one.bytes.size() == 4;
  };
  return before.bytes.ends_with(joiner) || (code >= 0x1F3FB && code <= 0x1F3FF) || (isFlag(before) && isFlag(glyph));
}

struct Cluster {
  std::string bytes;
  double em = 0;
};

std::vector<Cluster> clustersOf(std::string_view text, const Advances& advances, bool monospace) {
  std::vector<Cluster> clusters;
  const auto glyphs = report::glyphs(text, report::Charset::unicode);
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const auto& glyph = glyphs[i];
    const char32_t code = firstCharacter(glyph.bytes);
    const bool fixed = monospace && code <= 0x052F;
    // Each part of a joined emoji has its own width where the font does not know the whole.
    const double em = fixed ? fixedAdvance : emOf(code, glyph.width, advances);
    if (i > 0 && joins(glyphs[i - 1], glyph)) {
      clusters.back().bytes += glyph.bytes;
      clusters.back().em += em;
    } else {
      clusters.push_back({glyph.bytes, em});
    }
  }
  return clusters;
}

std::vector<Cluster> clustersOf(std::string_view text, const Type& type) {
  return clustersOf(text, type.bold ? interBold : interRegular, type.monospace);
}

std::vector<Cluster> widestClustersOf(std::string_view text, const Type& type) {
  auto clusters = clustersOf(text, type.bold ? dejavuBold : dejavuRegular, type.monospace);
  for (Cluster& cluster : clusters)
    if (!type.monospace && firstCharacter(cluster.bytes) >= 0x80)
      cluster.em *= 1.15;
  return clusters;
}

double sumOf(const std::vector<Cluster>& clusters) {
  double em = 0;
  for (const Cluster& cluster : clusters)
    em += cluster.em;
  return em;
}

std::string joined(const std::vector<Cluster>& clusters, std::size_t from, std::size_t until) {
  std::string text;
  for (std::size_t i = from; i < until; ++i)
    text += clusters[i].bytes;
  return text;
}

// How many fit into `em`, from the front or from the back.
std::size_t fitting(const std::vector<Cluster>& clusters, double em, bool fromBack) {
  std::size_t count = 0;
  for (double used = 0; count < clusters.size(); ++count) {
    used += clusters[fromBack ? clusters.size() - 1 - count : count].em;
    if (used > em)
      break;
  }
  return count;
}

std::size_t afterBlanks(const std::vector<Cluster>& clusters, std::size_t at) {
  while (at < clusters.size() && clusters[at].bytes == " ")
    ++at;
  return at;
}

std::string elided(const std::vector<Cluster>& clusters, double em) {
  if (sumOf(clusters) <= em)
    return joined(clusters, 0, clusters.size());
  const double room = em - emOf(U'…', 1, interRegular);
  if (room <= 0)
    return {};
  // The end tells alike names apart more often than the middle, but the beginning is read first.
  const std::size_t tail = fitting(clusters, room * 0.4, true);
  double used = 0;
  for (std::size_t i = clusters.size() - tail; i < clusters.size(); ++i)
    used += clusters[i].em;
  const std::size_t head = std::min(fitting(clusters, room - used, false), clusters.size() - tail);
  const std::string ending = joined(clusters, clusters.size() - tail, clusters.size());
  std::string begin = joined(clusters, 0, head);
  std::string_view end = ending;
  // No second ellipsis, nor blanks, beside the one that is put in: "10.0.0.0….3.231".
  while (begin.ends_with(' ') || begin.ends_with(ellipsis))
    begin.resize(begin.size() - (begin.ends_with(' ') ? 1 : ellipsis.size()));
  while (end.starts_with(' ') || end.starts_with(ellipsis))
    end.remove_prefix(end.starts_with(' ') ? 1 : ellipsis.size());
  return begin.append(ellipsis).append(end);
}

bool isRightToLeftLetter(char32_t code) {
  return (code >= 0x0590 && code <= 0x08FF) || (code >= 0xFB1D && code <= 0xFDFF) ||
         (code >= 0xFE70 && code <= 0xFEFC) || (code >= 0x10800 && code <= 0x10FFF) ||
         (code >= 0x1E800 && code <= 0x1EFFF);
}

bool isLeftToRightLetter(char32_t code) {
  return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || (code >= 0x00C0 && code < 0x0590) ||
         (code >= 0x0900 && code < 0x2000) || (code >= 0x3040 && code < 0xA4D0) || (code >= 0xAC00 && code < 0xD7B0);
}

} // namespace

std::string cleaned(std::string_view text) {
  std::string line;
  for (const auto& glyph : report::glyphs(text, report::Charset::unicode))
    line += glyph.bytes;
  return line;
}

double widthOf(std::string_view text, const Type& type) {
  return sumOf(clustersOf(text, type)) * type.size * spare;
}

double widestOf(std::string_view text, const Type& type) {
  return sumOf(widestClustersOf(text, type)) * type.size * spare;
}

std::string elided(std::string_view text, double room, const Type& type) {
  const double em = room / type.size / spare;
  const auto clusters = clustersOf(text, type);
  return sumOf(clusters) <= em ? joined(clusters, 0, clusters.size()) : elided(widestClustersOf(text, type), em);
}

std::vector<std::string> wrapped(std::string_view text, double room, std::size_t rows, const Type& type) {
  const double em = room / type.size / spare;
  const auto narrow = clustersOf(text, type);
  if (sumOf(narrow) <= em && rows > 0)
    return narrow.empty() ? std::vector<std::string>{} : std::vector{joined(narrow, 0, narrow.size())};
  const auto clusters = widestClustersOf(text, type);
  std::vector<std::string> lines;
  std::size_t begin = afterBlanks(clusters, 0);
  while (begin < clusters.size() && lines.size() < rows) {
    const std::vector<Cluster> rest(clusters.begin() + static_cast<std::ptrdiff_t>(begin), clusters.end());
    const std::size_t count = fitting(rest, em, false);
    if (count == rest.size() || lines.size() + 1 == rows) {
      lines.push_back(elided(rest, em));
      break;
    }
    std::size_t end = count; // back to a blank, where there is one
    while (end > 0 && rest[end].bytes != " ")
      --end;
    if (end == 0)
      end = std::max<std::size_t>(1, count);
    lines.push_back(joined(rest, 0, end));
    begin = afterBlanks(clusters, begin + end);
  }
  for (std::string& line : lines)
    while (line.ends_with(' '))
      line.pop_back();
  return lines;
}

bool isRightToLeft(std::string_view text) {
  int rightToLeft = 0;
  int leftToRight = 0;
  bool begins = false;
  for (const auto& glyph : report::glyphs(text, report::Charset::unicode)) {
    const char32_t code = firstCharacter(glyph.bytes);
    if (isRightToLeftLetter(code)) {
      begins = begins || leftToRight == 0;
      ++rightToLeft;
    } else if (isLeftToRightLetter(code)) {
      ++leftToRight;
    }
  }
  return begins && rightToLeft >= leftToRight;
}

} // namespace whichbase::picture
