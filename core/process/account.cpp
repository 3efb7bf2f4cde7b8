#include "process/account.h"

#include <pwd.h>

#include <cerrno>
#include <vector>

namespace whichbase::process {

std::optional<Account> accountOf(const std::string& name) {
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> buffer(1024);
  int result = 0;
  while ((result = ::getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found)) == ERANGE &&
         buffer.size() < std::size_t(1) << 20)
    buffer.resize(2 * buffer.size());
  if (result != 0 || found == nullptr)
    return std::nullopt;
  return Account{found->pw_uid, found->pw_gid};
}

} // namespace whichbase::process
