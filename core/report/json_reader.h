// Reads values out of a JSON object and remembers the first thing that is not as expected, with its place.
#pragma once

#include "topology/observation.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::report {

// What went wrong first: "servers[2].outcome: expected \"reached\" or \"failed\"". Empty: nothing.
struct ReadProblem {
  std::string text;
  void add(const std::string& place, const std::string& expected) {
    if (text.empty())
      text = place + ": expected " + expected;
  }
};

// One object of the file. A key that is absent or null leaves the default; one of the wrong type is a problem.
class ObjectReader {
public:
  ObjectReader(const nlohmann::json& json, std::string place, ReadProblem& problem)
      : m_json(json), m_place(std::move(place)), m_problem(problem) {
    if (!json.is_object())
      m_problem.add(m_place.empty() ? "the file" : m_place, "an object");
  }

  // The value under a key; nullptr where it is absent or null.
  const nlohmann::json* find(const char* key) const {
    if (!m_json.is_object())
      return nullptr;
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
  }

  std::string text(const char* key) const;
  std::string requiredText(const char* key) const; // present and not empty
  bool flag(const char* key, bool absent = false) const;
  double number(const nlohmann::json& value, const std::string& place) const;
  std::optional<std::int64_t> integer(const char* key, std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                                      std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;
  std::optional<std::uint64_t> identifier(const char* key) const; // a decimal string
  std::optional<topology::UtcTime> time(const char* key) const;
  std::vector<std::string> texts(const char* key) const;

  template <class T, class Read>
  std::vector<T> list(const char* key, Read read) const {
    std::vector<T> values;
    const nlohmann::json* array = find(key);
    if (array && !array->is_array())
      m_problem.add(placeOf(key), "a list");
    if (!array || !array->is_array())
      return values;
    values.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i)
      values.push_back(read(ObjectReader((*array)[i], placeOf(key) + "[" + std::to_string(i) + "]", m_problem)));
    return values;
  }

  // A fact, with the reason beside it where it is unknown. `read` is called with the key when it is there.
  template <class T, class Read>
  topology::Known<T> known(const std::string& key, Read read) const {
    topology::Known<T> fact;
    fact.reason = text((key + "_reason").c_str());
    if (find(key.c_str()))
      fact.value = read(key.c_str());
    return fact;
  }

  ObjectReader child(const char* key) const { return ObjectReader(*find(key), placeOf(key), m_problem); }

  // One of a list of words, in the order of the enumeration's values.
  template <class Enum>
  Enum oneOf(const char* key, const std::vector<std::pair<std::string, Enum>>& words) const {
    const std::string word = text(key);
    std::string expected;
    for (const auto& [name, value] : words) {
      if (name == word)
        return value;
      expected += (expected.empty() ? "\"" : " or \"") + name + "\"";
    }
    m_problem.add(placeOf(key), expected);
    return words.front().second;
  }

  std::string placeOf(const std::string& key) const { return m_place.empty() ? key : m_place + "." + key; }
  ReadProblem& problem() const { return m_problem; }

private:
  const nlohmann::json& m_json;
  std::string m_place;
  ReadProblem& m_problem;
};

} // namespace whichbase::report
