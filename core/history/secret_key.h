// The random key that fingerprints are made with. It stays in the user's own configuration: who has an incident's file
// and not this key can neither guess users from it nor look for one.
#pragma once

#include "history/history.h"

#include <array>
#include <expected>
#include <filesystem>
#include <string>

namespace whichbase::history {

class SecretKey {
public:
  using Bytes = std::array<unsigned char, 32>;
  explicit SecretKey(const Bytes& bytes) : m_bytes(bytes) {}
  ~SecretKey(); // wipes it
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;

  const Bytes& bytes() const { return m_bytes; }
  // Tells one key from another and nothing about either: 16 hexadecimal digits.
  std::string id() const;

private:
  Bytes m_bytes;
};

// $XDG_CONFIG_HOME/whichbase/fingerprint.key, else ~/.config/whichbase/fingerprint.key. Empty where neither variable is
// set.
std::filesystem::path secretKeyFile();

// The key in the file, which only its user may be able to read (mode 0600). Where there is no such file, one is made
// with a new random key; two programs that do so at one time get the same.
std::expected<SecretKey, Error> secretKey(const std::filesystem::path& file);

} // namespace whichbase::history
