// Reads values out of the JSON texts that our statements answer with. What is absent, or of another type, is empty.
#pragma once

#include "topology/observation.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace whichbase::probe::answer {

std::string text(const nlohmann::json& object, const char* key);
bool flag(const nlohmann::json& object, const char* key);
// Microseconds since 1970.
std::optional<topology::UtcTime> time(const nlohmann::json& object, const char* key);
// A column's value as it comes: digits. Empty where it is NULL or no number.
std::optional<std::int64_t> integer(const std::optional<std::string>& digits);
// Numbers beyond 2^53 travel as text.
std::optional<std::uint64_t> bigNumber(const nlohmann::json& object, const char* key);
const nlohmann::json& listOf(const nlohmann::json& object, const char* key);

template <class T>
T number(const nlohmann::json& object, const char* key, T otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<T>() : otherwise;
}

topology::Clients readClients(const nlohmann::json& list);
topology::Known<std::chrono::microseconds> readLag(const nlohmann::json& lag);

} // namespace whichbase::probe::answer
