#include "import/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = 4U << 20U;

std::unexpected<Error> failed(const std::string& shown, std::string_view why) {
  return std::unexpected(Error{fmt::format("{}: {}", shown, why)});
}

void removeCarriageReturns(std::string& text) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r' || at + 1 == text.size() || text[at + 1] != '\n') {
      text[to++] = text[at];
    }
  }
  text.resize(to);
}

} // namespace

std::string shownName(const fs::path& file, const fs::path& folder) {
  const auto relative = file.lexically_normal().lexically_relative(folder.lexically_normal());
  const bool isInside = !relative.empty() && *relative.begin() != "..";
  return isInside ? relative.string() : file.lexically_normal().string();
}

bool isBelow(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const auto base = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, error);
  const auto real = error ? fs::path() : fs::weakly_canonical(file, error);
  const auto relative = error ? fs::path() : real.lexically_relative(base);
  return !relative.empty() && *relative.begin() != "..";
}

std::expected<std::string, Error> readTextFile(const fs::path& file, const std::string& shown) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) {
    return failed(shown, "there is no such file.");
  }
  if (error) {
    return failed(shown, fmt::format("it cannot be read: {}.", error.message()));
  }
  if (!fs::is_regular_file(status)) {
    return failed(shown, fs::is_directory(status) ? "this is a folder; name a file." : "this is no regular file.");
  }
  if (fs::file_size(file, error) > largest && !error) {
    return failed(shown, "it is larger than 4 MiB, which no configuration file is.");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  if (stream) {
    text.assign(std::istreambuf_iterator<char>(stream), {});
  }
  if (!stream || stream.bad()) {
    return failed(shown, fmt::format("it cannot be read: {}.", std::strerror(errno)));
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return failed(shown, "it is written in UTF-16: save it as UTF-8.");
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.erase(0, 3);
  }
  if (const auto nul = text.find('\0'); nul != std::string::npos) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    return failed(fmt::format("{}:{}", shown, line), "a NUL character stands here: this is no text file.");
  }
  removeCarriageReturns(text);
  return text;
}

} // namespace whichbase::imports
