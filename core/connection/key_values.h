// libpq's key/value form ("host=db1 password='a b'"), taken apart as libpq does it, with the places of its parts.
#pragma once

#include "connection/characters.h"

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::connection {

struct KeyValue {
  Span key;
  Span value; // as written, with the quotes
  bool quoted = false;
  std::string text; // the value itself
};

enum class KeyValueFault {
  none,
  missingEquals,   // a word stands without "="
  unfinishedQuote, // a ' is not closed
  afterPassword,   // an unknown key follows a password: most likely the rest of it
};

struct KeyValues {
  std::vector<KeyValue> pairs; // those before the fault
  KeyValueFault fault = KeyValueFault::none;
  std::size_t faultAt = 0;
};

// It begins as a key/value string does: a word, then "=".
bool looksLikeKeyValues(std::string_view text);

KeyValues readKeyValues(std::string_view text);

// value, or 'value' with \ and ' escaped where libpq needs that.
std::string keyValueQuoted(std::string_view value);

} // namespace whichbase::connection
