#include "connection/password_masks.h"

#include "connection/characters.h"

#include <array>

namespace whichbase::connection {

bool isPasswordMask(std::string_view password) {
  if (password.size() < 3) {
    return false;
  }
  for (const std::string_view sign : {"*", "x", "X", ".", "\u2022", "\u25cf", "\u2026"}) {
    std::size_t at = 0;
    while (password.substr(at).starts_with(sign)) {
      at += sign.size();
    }
    if (at == password.size()) {
      return true;
    }
  }
  const bool bracketed = (password.front() == '<' && password.back() == '>') ||
                         (password.front() == '[' && password.back() == ']') ||
                         (password.front() == '{' && password.back() == '}');
  if (bracketed) {
    return true;
  }
  std::string word = lowered(password);
  std::ranges::replace(word, '-', '_');
  std::ranges::replace(word, ' ', '_');
  constexpr std::array<std::string_view, 9> words{"your_password",    "yourpassword", "your_password_here",
                                                  "my_password_here", "redacted",     "filtered",
                                                  "masked",           "hidden",       "password_here"};
  return std::ranges::find(words, word) != words.end();
}

} // namespace whichbase::connection
