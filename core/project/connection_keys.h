// The keys that say how a server is configured, in [[server]] and in [server.before], in the order they are written.
#pragma once

#include "project/project.h"

#include <array>
#include <string_view>

namespace whichbase::project {

struct ConnectionKey {
  std::string_view name;
  std::string ConnectionSpec::* member;
};

constexpr std::array<ConnectionKey, 6> connectionKeys{{{"url", &ConnectionSpec::url},
                                                       {"from", &ConnectionSpec::from},
                                                       {"variable", &ConnectionSpec::variable},
                                                       {"via", &ConnectionSpec::via},
                                                       {"resolve", &ConnectionSpec::resolve},
                                                       {"password_command", &ConnectionSpec::passwordCommand}}};

} // namespace whichbase::project
