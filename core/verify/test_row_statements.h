// The catalog statements of a test row: each gives one JSON text.
#pragma once

#include <string>
#include <vector>

namespace whichbase::verify {

// `version` is the server's: 150018.
std::string ownTableGroundStatement(int version, const std::vector<std::string>& roles,
                                    const std::string& usersRelation);
std::string usersGroundStatement(int version, const std::string& relation);

} // namespace whichbase::verify
