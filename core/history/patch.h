// What changed between two JSON values, small enough to be stored for every change.
#pragma once

#include <nlohmann/json.hpp>

#include <expected>
#include <string>
#include <string_view>

namespace whichbase::history {

// A list of steps, each a list: ["/path", value] replaces, ["+/path", value] adds, ["-/path"] removes; paths are JSON
// pointers (RFC 6901), applied in this order, as in RFC 6902.
nlohmann::json patchBetween(const nlohmann::json& from, const nlohmann::json& to);

// The steps may come from anybody's file: a step that does not fit is an error, and nothing can be copied or moved, so
// that the result is never larger than its parts together. After an error `value` is of no use.
std::expected<void, std::string> applyPatch(nlohmann::json& value, const nlohmann::json& patch);

// JSON of at most 64 levels, whatever its bytes are.
std::expected<nlohmann::json, std::string> parseBounded(std::string_view text);

} // namespace whichbase::history
