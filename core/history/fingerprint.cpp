#include "history/fingerprint.h"

#include "history/secret_key.h"
#include "topology/wording.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <utility>

namespace whichbase::history {
namespace {

constexpr std::array kindNames{
    std::pair{KeyKind::number, "number"},       std::pair{KeyKind::text, "text"},
    std::pair{KeyKind::uuid, "uuid"},           std::pair{KeyKind::bytes, "bytes"},
    std::pair{KeyKind::boolean, "boolean"},     std::pair{KeyKind::date, "date"},
    std::pair{KeyKind::timestamp, "timestamp"}, std::pair{KeyKind::timestampTz, "timestamptz"},
};

// id bigint; (tenant bigint, email text)
std::string columnsText(const std::vector<KeyColumn>& columns, bool withTypes) {
  std::vector<std::string> names;
  for (const auto& column : columns)
    names.push_back(withTypes ? column.name + " " + column.type : column.name);
  return topology::inWords(names);
}

std::string usersOf(const Fingerprint& fingerprint) {
  return topology::counted(fingerprint.hashes.size(), "user");
}

std::string asOf(const Fingerprint& fingerprint, topology::UtcTime now) {
  return fmt::format("(as of {})", topology::toShortClock(fingerprint.at, now));
}

std::string limitsOf(const Fingerprint& first, const Fingerprint& second) {
  std::vector<std::string> notes;
  if (std::ranges::all_of(first.columns, [](const KeyColumn& column) { return column.kind == KeyKind::number; }))
    notes.push_back(fmt::format("Their keys are numbers: that {} has a user with the same {} does not prove that it is "
                                "the same person.",
                                second.database, columnsText(first.columns, false)));
  for (const auto* one : {&first, &second})
    if (!one->settled)
      notes.push_back(fmt::format("The users of {} may have changed while they were read.", one->database));
  std::string text;
  for (const auto& note : notes)
    text += (text.empty() ? "" : " ") + note;
  return text;
}

std::string missingText(const Fingerprint& first, const Fingerprint& second, std::size_t missing,
                        topology::UtcTime now) {
  if (first.hashes.size() == 1)
    return fmt::format("The one user of {} {} is not in {}.", first.database, asOf(first, now), second.database);
  const std::string of = fmt::format("{}'s {} {}", first.database, usersOf(first), asOf(first, now));
  if (missing == first.hashes.size())
    return fmt::format("None of {} is in {}.", of, second.database);
  return fmt::format("{} of {} {} not in {}.", topology::withCommas(static_cast<std::int64_t>(missing)), of,
                     missing == 1 ? "is" : "are", second.database);
}

std::string allText(const Fingerprint& first, const Fingerprint& second, topology::UtcTime now) {
  const std::string by = columnsText(first.columns, false);
  if (first.hashes.empty())
    return fmt::format("{} had no users {}: none can be missing in {}.", first.database, asOf(first, now),
                       second.database);
  if (first.hashes.size() == 1)
    return fmt::format("The one user of {} {} is in {}, by {}.", first.database, asOf(first, now), second.database, by);
  return fmt::format("All {} of {} {} are in {}, by {}.", usersOf(first), first.database, asOf(first, now),
                     second.database, by);
}

} // namespace

struct KeyHasher::State {
  EVP_MAC* mac = nullptr;
  EVP_MAC_CTX* context = nullptr;
  ~State() {
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
  }
};

KeyHasher::KeyHasher(const SecretKey& key, const std::vector<KeyKind>& kinds)
    : m_state(std::make_unique<State>()), m_kinds(kinds) {
  m_state->mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  m_state->context = m_state->mac == nullptr ? nullptr : EVP_MAC_CTX_new(m_state->mac);
  char digest[] = "SHA256";
  const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                              OSSL_PARAM_construct_end()};
  if (m_state->context == nullptr ||
      EVP_MAC_init(m_state->context, key.bytes().data(), key.bytes().size(), parameters.data()) != 1)
    m_failed = true;
}

KeyHasher::~KeyHasher() = default;

void KeyHasher::add(const std::vector<std::string>& values) {
  if (m_failed)
    return;
  // Kind and length before each value: no two keys have one text.
  m_text.clear();
  for (std::size_t at = 0; at < m_kinds.size(); ++at) {
    const std::string value = canonicalValue(values.at(at), m_kinds[at]);
    fmt::format_to(std::back_inserter(m_text), "{} {}:", toString(m_kinds[at]), value.size());
    m_text += value;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  if (EVP_MAC_init(m_state->context, nullptr, 0, nullptr) != 1 ||
      EVP_MAC_update(m_state->context, reinterpret_cast<const unsigned char*>(m_text.data()), m_text.size()) != 1 ||
      EVP_MAC_final(m_state->context, digest.data(), &size, digest.size()) != 1) {
    m_failed = true;
    return;
  }
  KeyHash hash = 0;
  for (std::size_t at = 0; at < sizeof hash; ++at)
    hash = hash << 8 | digest[at];
  m_hashes.push_back(hash);
}

std::vector<KeyHash> KeyHasher::take() {
  std::ranges::sort(m_hashes);
  m_hashes.erase(std::ranges::unique(m_hashes).begin(), m_hashes.end());
  return std::exchange(m_hashes, {});
}

std::string canonicalValue(const std::string& value, KeyKind kind) {
  if (kind != KeyKind::number || value.find('.') == std::string::npos)
    return value;
  std::size_t end = value.find_last_not_of('0');
  if (value[end] == '.')
    --end;
  return value.substr(0, end + 1);
}

std::string whyNotComparable(const Fingerprint& first, const Fingerprint& second) {
  if (first.keyId != second.keyId)
    return fmt::format("The fingerprint of {} was made with another key than that of {}: they cannot be compared.",
                       first.database, second.database);
  const auto alike = [](const KeyColumn& a, const KeyColumn& b) { return a.name == b.name && a.kind == b.kind; };
  if (std::ranges::equal(first.columns, second.columns, alike))
    return {};
  return fmt::format("The key of {}'s users is {}, that of {}'s is {}: they cannot be compared.", first.database,
                     columnsText(first.columns, true), second.database, columnsText(second.columns, true));
}

Overlap overlap(const Fingerprint& first, const Fingerprint& second) {
  Overlap result;
  auto a = first.hashes.begin();
  auto b = second.hashes.begin();
  while (a != first.hashes.end() && b != second.hashes.end()) {
    result.both += *a == *b ? 1 : 0;
    const bool forward = *a <= *b;
    if (*b <= *a)
      ++b;
    if (forward)
      ++a;
  }
  result.onlyFirst = first.hashes.size() - result.both;
  result.onlySecond = second.hashes.size() - result.both;
  return result;
}

Answer usersOfIn(const Fingerprint& first, const Fingerprint& second, topology::UtcTime now) {
  if (auto why = whyNotComparable(first, second); !why.empty())
    return {Presence::unknown, std::move(why), {}};
  const Overlap found = overlap(first, second);
  if (found.onlyFirst == 0)
    return {Presence::all, allText(first, second, now), first.hashes.empty() ? "" : limitsOf(first, second)};
  return {Presence::missing, missingText(first, second, found.onlyFirst, now), limitsOf(first, second)};
}

Answer unknownIn(const Fingerprint& first, const std::string& database, const std::string& reason,
                 topology::UtcTime now) {
  return {Presence::unknown,
          fmt::format("Whether {}'s {} {} are in {} cannot be told: {}.", first.database, usersOf(first),
                      asOf(first, now), database, reason),
          {}};
}

std::optional<KeyKind> keyKindOfType(std::string_view type) {
  static constexpr std::array types{
      std::pair{"int2", KeyKind::number},
      std::pair{"int4", KeyKind::number},
      std::pair{"int8", KeyKind::number},
      std::pair{"numeric", KeyKind::number},
      std::pair{"text", KeyKind::text},
      std::pair{"varchar", KeyKind::text},
      std::pair{"bpchar", KeyKind::text},
      std::pair{"name", KeyKind::text},
      std::pair{"enum", KeyKind::text},
      std::pair{"uuid", KeyKind::uuid},
      std::pair{"bytea", KeyKind::bytes},
      std::pair{"bool", KeyKind::boolean},
      std::pair{"date", KeyKind::date},
      std::pair{"timestamp", KeyKind::timestamp},
      std::pair{"timestamptz", KeyKind::timestampTz},
  };
  for (const auto& [name, kind] : types)
    if (type == name)
      return kind;
  return std::nullopt;
}

std::string toString(KeyKind kind) {
  return std::ranges::find(kindNames, kind, &std::pair<KeyKind, const char*>::first)->second;
}

std::optional<KeyKind> keyKindFrom(std::string_view name) {
  for (const auto& [kind, text] : kindNames)
    if (name == text)
      return kind;
  return std::nullopt;
}

} // namespace whichbase::history
