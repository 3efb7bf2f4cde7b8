#include "report/json_reader.h"

#include "report/json_time.h"

#include <charconv>

namespace whichbase::report {

std::string ObjectReader::text(const char* key) const {
  const nlohmann::json* value = find(key);
  if (!value)
    return {};
  if (!value->is_string()) {
    m_problem.add(placeOf(key), "a text");
    return {};
  }
  return value->get<std::string>();
}

std::string ObjectReader::requiredText(const char* key) const {
  std::string value = text(key);
  if (value.empty())
    m_problem.add(placeOf(key), "a text that is not empty");
  return value;
}

bool ObjectReader::flag(const char* key, bool absent) const {
  const nlohmann::json* value = find(key);
  if (!value)
    return absent;
  if (!value->is_boolean()) {
    m_problem.add(placeOf(key), "true or false");
    return absent;
  }
  return value->get<bool>();
}

double ObjectReader::number(const nlohmann::json& value, const std::string& place) const {
  if (!value.is_number()) {
    m_problem.add(place, "a number");
    return 0;
  }
  return value.get<double>();
}

std::optional<std::int64_t> ObjectReader::integer(const char* key, std::int64_t least, std::int64_t most) const {
  const nlohmann::json* value = find(key);
  if (!value)
    return std::nullopt;
  const bool fits = value->is_number_integer() &&
                    (!value->is_number_unsigned() ||
                     value->get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()));
  if (!fits || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most) {
    m_problem.add(placeOf(key), "a whole number that fits");
    return std::nullopt;
  }
  return value->get<std::int64_t>();
}

std::optional<std::uint64_t> ObjectReader::identifier(const char* key) const {
  if (!find(key))
    return std::nullopt;
  const std::string digits = text(key);
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
    m_problem.add(placeOf(key), "a text of digits, as \"7711035956328493398\"");
    return std::nullopt;
  }
  return id;
}

std::optional<topology::UtcTime> ObjectReader::time(const char* key) const {
  if (!find(key))
    return std::nullopt;
  const auto time = timeFromText(text(key));
  if (!time)
    m_problem.add(placeOf(key), "a time as \"2026-01-01T00:00:00.000Z\"");
  return time;
}

std::vector<std::string> ObjectReader::texts(const char* key) const {
  std::vector<std::string> values;
  const nlohmann::json* array = find(key);
  if (!array)
    return values;
  if (!array->is_array()) {
    m_problem.add(placeOf(key), "a list of texts");
    return values;
  }
  for (const auto& element : *array) {
    if (element.is_string())
      values.push_back(element.get<std::string>());
    else
      m_problem.add(placeOf(key), "a list of texts");
  }
  return values;
}

} // namespace whichbase::report
