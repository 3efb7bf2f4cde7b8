#include "connection/keywords.h"

#include "connection/characters.h"

#include <libpq-fe.h>

#include <array>
#include <set>

namespace whichbase::connection {

namespace {

std::set<std::string, std::less<>> libpqKeywords() {
  std::set<std::string, std::less<>> keywords;
  // PQconninfoParse("") lists every key without looking at the environment, which PQconndefaults would.
  PQconninfoOption* options = PQconninfoParse("", nullptr);
  for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr; ++option) {
    keywords.emplace(option->keyword);
  }
  PQconninfoFree(options);
  return keywords;
}

} // namespace

bool isKnownKeyword(std::string_view key) {
  static const auto keywords = libpqKeywords();
  return keywords.contains(key);
}

bool isSecretKey(std::string_view key) {
  const std::string name = lowered(key);
  if (name.ends_with("file") || name.ends_with("path")) {
    return false;
  }
  constexpr std::array<std::string_view, 9> parts{"password", "passwd", "passphrase", "pwd",   "secret",
                                                  "token",    "apikey", "api_key",    "scram_"};
  return std::ranges::any_of(parts, [&](auto part) { return name.find(part) != std::string::npos; }) ||
         name == "pass" || name.ends_with("_pass") || name == "pw" || name.ends_with("_pw");
}

} // namespace whichbase::connection
