// An account of this computer, by its name.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace whichbase::process {

struct Account {
  uid_t user = 0;
  gid_t group = 0;
};

// Nothing where there is no such account, or it cannot be looked up. Unlike getpwnam() it may be called on several
// threads at once.
std::optional<Account> accountOf(const std::string& name);

} // namespace whichbase::process
