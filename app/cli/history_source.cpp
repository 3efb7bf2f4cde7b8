#include "cli/history_source.h"

#include <charconv>

namespace whichbase::cli {
namespace {

using topology::UtcTime;
using namespace std::chrono;

// "14:32" and "14:32:05", since midnight.
std::optional<seconds> clockFrom(const std::string& text) {
  if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':'))
    return std::nullopt;
  int parts[3] = {};
  for (std::size_t part = 0; part * 3 < text.size(); ++part) {
    const char* first = text.data() + part * 3;
    if (std::from_chars(first, first + 2, parts[part]).ptr != first + 2 || parts[part] < 0)
      return std::nullopt;
  }
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59)
    return std::nullopt;
  return hours(parts[0]) + minutes(parts[1]) + seconds(parts[2]);
}

// "-10min".
std::optional<seconds> agoFrom(const std::string& text) {
  if (!text.starts_with('-'))
    return std::nullopt;
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data() + 1, end, number);
  constexpr std::int64_t most = 1'000'000;
  if (error != std::errc{} || number < 0 || number > most)
    return std::nullopt;
  const std::string_view name(unit, std::size_t(end - unit));
  if (name == "s")
    return seconds(number);
  if (name == "min" || name == "m")
    return minutes(number);
  if (name == "h")
    return hours(number);
  return name == "d" ? std::optional<seconds>(days(number)) : std::nullopt;
}

} // namespace

std::filesystem::path historyFileFrom(const std::string& projectOrFile) {
  const std::filesystem::path file = projectOrFile;
  return file.extension() == ".toml" ? history::historyFileOf(file) : file;
}

std::optional<UtcTime> endOf(const history::Overview& overview) {
  std::optional<UtcTime> end;
  const auto reach = [&](UtcTime time) { end = end ? std::max(*end, time) : time; };
  for (const auto& span : overview.spans)
    reach(span.until);
  if (!overview.events.empty())
    reach(overview.events.back().at);
  return end;
}

std::optional<UtcTime> timeFrom(const std::string& text, UtcTime end) {
  if (const auto ago = agoFrom(text))
    return end - *ago;
  if (const auto clock = clockFrom(text)) {
    const UtcTime today = floor<days>(end) + *clock;
    return today <= end ? today : today - days(1);
  }
  if (const auto time = topology::fromIso8601(text))
    return time;
  if (const auto time = topology::fromIso8601(text + "Z"))
    return time;
  return topology::fromIso8601(text + ":00Z");
}

} // namespace whichbase::cli
