// The texts of a diagram's boxes, written from the snapshot's values.
#pragma once

#include "topology/snapshot.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::layout {

// "writes" or "reads" as the project says; without that what the session may do: "can write", "read only", or "".
std::string roleText(const topology::Server& server);
std::string failureText(const topology::Server& server); // "connect: refused"; "" where it was reached
std::string titleOf(const topology::Database& database);
std::string subtitleOf(const topology::Database& database); // "postgres:5432 · TovPlay"
// "Staging ×14": what the names begin with, else the environment, else "Servers".
std::string stackTitle(const std::vector<const topology::Server*>& servers);
// "203.0.113.40 … .63"
std::string addressRange(const std::vector<const topology::Server*>& servers);
std::size_t lengthInCharacters(std::string_view utf8);

} // namespace whichbase::layout
