// What the readings of all drivers are made from: pieces of the text that know whether they show a piece of a password.
#pragma once

#include "connection/characters.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::connection {

struct Piece {
  std::string value;
  bool secret = false; // it is made from a piece of the text where a password stands
};

// How a driver undoes percent-encoding.
enum class Decoding { none, percent, plusAndPercent };

struct QueryPair {
  std::string key;
  Piece value;
  bool hasEquals = true;
};

// A text and where the passwords stand in it.
class Source {
public:
  explicit Source(std::string_view text);

  std::string_view text() const { return m_text; }
  const std::vector<Span>& secrets() const { return m_secrets; }
  bool isSecret(Span span) const;
  // What is no valid escape stays as it stands.
  Piece piece(Span span, Decoding decoding) const;
  // key=value pairs, separated by &; a key without = has no value.
  std::vector<QueryPair> query(Span span, Decoding decoding) const;
  // The first place of one of `characters` in the span, or its end.
  std::size_t find(std::string_view characters, Span span) const;

private:
  std::string_view m_text;
  std::vector<Span> m_secrets;
};

struct Draft {
  bool accepts = true;
  std::optional<Piece> user, host, port, dbname;
  std::optional<std::string> problem;

  // The part that libpq calls `key`: user, host, port or dbname; null for every other key.
  std::optional<Piece>* part(std::string_view key);
  // Keeps the first problem.
  void refuse(std::string why) {
    accepts = false;
    problem = problem.value_or(std::move(why));
  }
};

// Refuses a port that is no number, in the words that fit all drivers; an empty one is absent.
void checkPort(Draft& draft);

Draft readAsLibpq(const Source& source);
Draft readAsAsyncpg(const Source& source);
Draft readAsSqlAlchemy(const Source& source);
Draft readAsNode(const Source& source);
Draft readAsPgx(const Source& source);
Draft readAsRuby(const Source& source);

} // namespace whichbase::connection
