// Passwords that exist only as long as a throwaway cluster does.
#pragma once

#include <string>

namespace whichbase::demo {

// 24 letters and digits from the kernel's random numbers.
std::string randomPassword();

} // namespace whichbase::demo
