#include "history/secret_key.h"

#include "process/descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>

namespace whichbase::history {
namespace {

std::unexpected<Error> failed(const std::filesystem::path& file, const std::string& doing, int error) {
  return std::unexpected(
      Error{fmt::format("the key of fingerprints cannot be {} in {}: {}", doing, file.string(), std::strerror(error))});
}

std::string hexOf(const unsigned char* bytes, std::size_t size) {
  std::string text;
  for (std::size_t at = 0; at < size; ++at)
    text += fmt::format("{:02x}", bytes[at]);
  return text;
}

std::optional<SecretKey> keyFrom(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  SecretKey::Bytes bytes{};
  if (text.size() != bytes.size() * 2)
    return std::nullopt;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char* const digits = text.data() + at * 2;
    if (std::from_chars(digits, digits + 2, bytes[at], 16).ptr != digits + 2)
      return std::nullopt;
  }
  return SecretKey(bytes);
}

std::expected<SecretKey, Error> readKey(const std::filesystem::path& file, int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0)
    return failed(file, "read", errno);
  if (!S_ISREG(status.st_mode) || status.st_uid != ::geteuid())
    return std::unexpected(Error{fmt::format("{} is not a file of yours: it is not used as the key of fingerprints. "
                                             "Move it away, and a new one is made.",
                                             file.string())});
  if ((status.st_mode & 077) != 0)
    return std::unexpected(
        Error{fmt::format("{} can be read by others, and who has it can look for users in fingerprints. Delete it, and "
                          "a new one is made (older fingerprints cannot be checked any more); or, if you are sure that "
                          "nobody has read it: chmod 600 {}",
                          file.string(), file.string())});
  std::array<char, 128> text{};
  const ssize_t got = ::read(descriptor, text.data(), text.size());
  if (got < 0)
    return failed(file, "read", errno);
  const auto key = keyFrom({text.data(), static_cast<std::size_t>(got)});
  OPENSSL_cleanse(text.data(), text.size());
  if (!key)
    return std::unexpected(Error{fmt::format("{} holds no key of fingerprints (64 hexadecimal digits). Move it away, "
                                             "and a new one is made; older fingerprints cannot be checked without it.",
                                             file.string())});
  return *key;
}

// Under its name only when it is whole, and never over another one.
std::expected<void, Error> makeKey(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error)
    return failed(file, "made", error.value());
  SecretKey::Bytes bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    return failed(file, "made", EIO);
  std::string text = hexOf(bytes.data(), bytes.size()) + "\n";
  OPENSSL_cleanse(bytes.data(), bytes.size());
  std::string unfinished = file.string() + ".XXXXXX";
  const process::Descriptor made(::mkostemp(unfinished.data(), O_CLOEXEC)); // mode 0600
  if (made.number() < 0)
    return failed(file, "made", errno);
  const bool written = ::write(made.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(made.number()) == 0;
  int problem = written ? 0 : errno == 0 ? ENOSPC : errno;
  OPENSSL_cleanse(text.data(), text.size());
  if (problem == 0 && ::link(unfinished.c_str(), file.c_str()) != 0 && errno != EEXIST)
    problem = errno;
  ::unlink(unfinished.c_str());
  if (problem != 0)
    return failed(file, "made", problem);
  return {};
}

} // namespace

SecretKey::~SecretKey() {
  OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
}

std::string SecretKey::id() const {
  static constexpr std::string_view purpose = "whichbase: id of a fingerprint's key";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), m_bytes.data(), static_cast<int>(m_bytes.size()),
       reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(), digest.data(), &size);
  return hexOf(digest.data(), 8);
}

std::filesystem::path secretKeyFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config && config[0] == '/')
    return std::filesystem::path(config) / "whichbase/fingerprint.key";
  const char* home = std::getenv("HOME");
  if (home && home[0] == '/')
    return std::filesystem::path(home) / ".config/whichbase/fingerprint.key";
  return {};
}

std::expected<SecretKey, Error> secretKey(const std::filesystem::path& file) {
  if (file.empty())
    return std::unexpected(Error{"a fingerprint's key can be kept nowhere: neither XDG_CONFIG_HOME nor HOME is set"});
  for (const bool isNew : {false, true}) {
    if (isNew)
      if (const auto made = makeKey(file); !made)
        return std::unexpected(made.error());
    const process::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (opened.number() >= 0)
      return readKey(file, opened.number());
    if (errno != ENOENT || isNew)
      return failed(file, "read", errno);
  }
  return failed(file, "read", ENOENT);
}

} // namespace whichbase::history
