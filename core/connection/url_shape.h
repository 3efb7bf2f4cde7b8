// Where the parts of a database URL stand, read as its author meant it: an unescaped @, # or / in a user name or
// password does not end it where only one reading makes sense.
#pragma once

#include "connection/characters.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::connection {

struct UrlShape {
  struct Host {
    Span name; // without the brackets of an IPv6 address
    std::optional<Span> port;
  };
  struct Query {
    Span key;
    Span value;
  };
  std::string scheme; // in lower case: "postgresql", "postgresql+psycopg2", "jdbc:postgresql", "mysql"
  std::optional<Span> user;
  std::optional<Span> password;
  std::vector<Host> hosts; // at least one, which may be empty
  std::optional<Span> dbname;
  std::vector<Query> query;
};

enum class UrlMeaning { clear, ambiguous, unreadable };

struct UrlReading {
  UrlMeaning meaning = UrlMeaning::unreadable;
  UrlShape shape; // only where the meaning is clear
};

// The scheme that `text` starts with, in lower case, "://" left off; "jdbc:" belongs to it. "" for no URL.
std::string schemeOf(std::string_view text);

// Reads a text for which schemeOf() is not empty.
UrlReading readUrl(std::string_view text);

} // namespace whichbase::connection
