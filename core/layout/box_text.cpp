#include "layout/box_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>

namespace whichbase::layout {

namespace {

bool isContinuationByte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The beginning that all names share, cut back to whole characters and without a number or separator at its end.
std::string commonBeginning(const std::vector<const topology::Server*>& servers) {
  std::string_view common = servers.front()->name;
  for (const auto* server : servers) {
    const auto [end, other] = std::ranges::mismatch(common, server->name);
    common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
  }
  const std::string_view first = servers.front()->name;
  while (!common.empty() && common.size() < first.size() && isContinuationByte(first[common.size()]))
    common.remove_suffix(1);
  const auto isTail = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) || std::string_view(" -_.#(/:").contains(c);
  };
  while (!common.empty() && isTail(common.back()))
    common.remove_suffix(1);
  return std::string(common);
}

std::optional<std::uint32_t> ipv4(std::string_view text) {
  std::uint32_t value = 0;
  for (int part = 0; part < 4; ++part) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number > 255)
      return std::nullopt;
    value = value << 8U | number;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (part < 3) {
      if (!text.starts_with('.'))
        return std::nullopt;
      text.remove_prefix(1);
    }
  }
  return text.empty() ? std::optional(value) : std::nullopt;
}

bool addressBefore(const std::string& a, const std::string& b) {
  const auto first = ipv4(a);
  const auto second = ipv4(b);
  return first && second ? *first < *second : a < b;
}

} // namespace

std::size_t lengthInCharacters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return !isContinuationByte(c); }));
}

std::string roleText(const topology::Server& server) {
  if (server.role != topology::Role::unstated)
    return topology::toString(server.role);
  if (!server.reached())
    return {};
  if (server.readOnly || (server.canInsertUsers && !*server.canInsertUsers))
    return "read only";
  return server.canInsertUsers ? "can write" : "";
}

std::string failureText(const topology::Server& server) {
  if (server.reached())
    return {};
  return topology::toString(server.failure->stage) + ": " + server.failure->text;
}

std::string titleOf(const topology::Database& database) {
  for (const std::string* text : {&database.label, &database.address, &database.name})
    if (!text->empty())
      return *text;
  return "Database " + database.id;
}

std::string subtitleOf(const topology::Database& database) {
  if (database.address.empty() || database.name.empty())
    return database.address + database.name;
  return database.address + " · " + database.name;
}

std::string stackTitle(const std::vector<const topology::Server*>& servers) {
  std::string title = commonBeginning(servers);
  if (lengthInCharacters(title) < 3) {
    title = servers.front()->environment;
    if (!title.empty())
      title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  }
  return (title.empty() ? "Servers" : title) + " ×" + std::to_string(servers.size());
}

std::string addressRange(const std::vector<const topology::Server*>& servers) {
  std::vector<std::string> addresses;
  for (const auto* server : servers)
    if (!server->address.empty())
      addresses.push_back(server->address);
  if (addresses.empty())
    return {};
  const auto [lowest, highest] = std::ranges::minmax_element(addresses, addressBefore);
  if (*lowest == *highest)
    return *lowest;
  const auto lastDot = highest->rfind('.');
  const bool sameNetwork =
      ipv4(*lowest) && ipv4(*highest) && lowest->compare(0, lowest->rfind('.'), *highest, 0, lastDot) == 0;
  return *lowest + " … " + (sameNetwork ? highest->substr(lastDot) : *highest);
}

} // namespace whichbase::layout
