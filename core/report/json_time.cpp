#include "report/json_time.h"

#include <fmt/format.h>

namespace whichbase::report {

using namespace std::chrono;

std::string timeText(topology::UtcTime time) {
  const auto beyondMillis = (time - floor<milliseconds>(time)).count();
  std::string text = topology::toIso8601(floor<milliseconds>(time));
  if (beyondMillis != 0 && text.ends_with('Z')) {
    text.pop_back();
    text += fmt::format("{:03}Z", beyondMillis);
  }
  return text;
}

std::optional<topology::UtcTime> timeFromText(std::string_view text) {
  // Digits beyond the milliseconds are read here, so that only one form of time text is asked of topology.
  constexpr std::size_t millisLength = std::string_view("2026-01-01T00:00:00.000").size();
  if (text.size() != millisLength + 4 || !text.ends_with('Z'))
    return topology::fromIso8601(text);
  const auto micros = text.substr(millisLength, 3);
  auto time = topology::fromIso8601(std::string(text.substr(0, millisLength)) + "Z");
  if (!time || micros.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return *time + microseconds((micros[0] - '0') * 100 + (micros[1] - '0') * 10 + (micros[2] - '0'));
}

} // namespace whichbase::report
