#include "demo/random_password.h"

#include <random>
#include <string_view>

namespace whichbase::demo {

std::string randomPassword() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  std::random_device random;
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string password;
  while (password.size() < 24)
    password += letters[any(random)];
  return password;
}

} // namespace whichbase::demo
