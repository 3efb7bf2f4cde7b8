#include "probe/answer.h"

#include <charconv>

namespace whichbase::probe::answer {

using nlohmann::json;
using topology::Known;
using topology::UtcTime;

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<UtcTime> time(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number())
    return std::nullopt;
  return UtcTime(std::chrono::microseconds(found->get<std::int64_t>()));
}

std::optional<std::int64_t> integer(const std::optional<std::string>& digits) {
  std::int64_t value = 0;
  if (!digits || std::from_chars(digits->data(), digits->data() + digits->size(), value).ec != std::errc())
    return std::nullopt;
  return value;
}

std::optional<std::uint64_t> bigNumber(const json& object, const char* key) {
  const std::string digits = text(object, key);
  std::uint64_t value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return code == std::errc() && !digits.empty() && end == digits.data() + digits.size() ? std::optional(value)
                                                                                        : std::nullopt;
}

const json& listOf(const json& object, const char* key) {
  static const json empty = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : empty;
}

topology::Clients readClients(const json& list) {
  topology::Clients clients;
  for (const auto& entry : list) {
    const int sessions = number(entry, "sessions", 1);
    if (flag(entry, "hidden"))
      clients.hidden += sessions;
    else
      clients.groups.push_back({text(entry, "address"), text(entry, "application"), text(entry, "user"), sessions});
  }
  return clients;
}

Known<std::chrono::microseconds> readLag(const json& lag) {
  return lag.is_number() ? Known<std::chrono::microseconds>::of(std::chrono::microseconds(lag.get<std::int64_t>()))
                         : Known<std::chrono::microseconds>::unknown("nothing was replayed yet");
}

} // namespace whichbase::probe::answer
