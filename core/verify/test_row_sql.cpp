#include "verify/test_row_sql.h"

#include "probe/statements.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace whichbase::verify {
namespace {

constexpr std::string_view prefix = "whichbase-";
constexpr std::size_t digits = 24;

bool isHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) > 127;
}

// A piece of SQL as PostgreSQL's scanner cuts it (scan.l), comments left out.
struct Piece {
  enum class Kind { word, quotedName, literal, dollarLiteral, sign } kind = Kind::sign;
  std::string text; // a word in lower case, a quoted name or a literal without its quotes, a sign of one character
};

// Takes SQL apart. What is not closed, or reads otherwise with another setting, is a problem.
class Pieces {
public:
  explicit Pieces(std::string_view sql) : m_sql(sql) {}
  std::expected<std::vector<Piece>, std::string> read();

private:
  bool starts(std::string_view text) const { return m_sql.substr(m_at).starts_with(text); }
  bool skipComment();
  bool readQuoted(char quote, Piece::Kind kind, bool escapes);
  bool readDollar();
  bool readWord();

  std::string_view m_sql;
  std::size_t m_at = 0;
  std::vector<Piece> m_pieces;
  std::string m_problem;
};

bool Pieces::skipComment() {
  if (starts("--")) {
    m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
    return true;
  }
  if (!starts("/*"))
    return false;
  int depth = 0; // they nest
  do {
    depth += starts("/*") ? 1 : starts("*/") ? -1 : 0;
    m_at += starts("/*") || starts("*/") ? 2 : 1;
  } while (depth > 0 && m_at < m_sql.size());
  if (depth > 0)
    m_problem = "a comment is not closed";
  return true;
}

bool Pieces::readQuoted(char quote, Piece::Kind kind, bool escapes) {
  if (m_at >= m_sql.size() || m_sql[m_at] != quote)
    return false;
  Piece piece{kind, {}};
  for (++m_at; m_at < m_sql.size(); ++m_at) {
    const char c = m_sql[m_at];
    if (c == '\\' && kind == Piece::Kind::literal) {
      if (!escapes)
        m_problem = "a backslash in a text means one thing or another by a setting: write it as E'…'";
      ++m_at;
      if (m_at < m_sql.size())
        piece.text += m_sql[m_at];
    } else if (c != quote) {
      piece.text += c;
    } else if (m_sql.substr(m_at + 1).starts_with(quote)) {
      piece.text += c;
      ++m_at;
    } else {
      ++m_at;
      m_pieces.push_back(std::move(piece));
      return true;
    }
  }
  m_problem = "a quote is not closed";
  return true;
}

bool Pieces::readDollar() {
  if (m_sql[m_at] != '$')
    return false;
  std::size_t end = m_at + 1;
  while (end < m_sql.size() && m_sql[end] != '$' && isWord(m_sql[end]))
    ++end;
  const bool opens = end < m_sql.size() && m_sql[end] == '$' &&
                     (end == m_at + 1 || std::isdigit(static_cast<unsigned char>(m_sql[m_at + 1])) == 0);
  if (!opens)
    return false;
  const std::string_view tag = m_sql.substr(m_at, end + 1 - m_at);
  const std::size_t close = m_sql.find(tag, end + 1);
  if (close == std::string_view::npos) {
    m_problem = "a quote is not closed";
    m_at = m_sql.size();
    return true;
  }
  m_pieces.push_back({Piece::Kind::dollarLiteral, std::string(m_sql.substr(end + 1, close - end - 1))});
  m_at = close + tag.size();
  return true;
}

bool Pieces::readWord() {
  if (!isWord(m_sql[m_at]) || m_sql[m_at] == '$')
    return false;
  Piece piece{Piece::Kind::word, {}};
  for (; m_at < m_sql.size() && isWord(m_sql[m_at]); ++m_at)
    piece.text += static_cast<char>(std::tolower(static_cast<unsigned char>(m_sql[m_at])));
  // E'…' and U&"…", B'…', X'…', N'…' belong to what follows.
  if (m_at < m_sql.size() && m_sql[m_at] == '\'' && piece.text.size() == 1)
    return readQuoted('\'', Piece::Kind::literal, piece.text == "e");
  if (piece.text == "u" && starts("&"))
    m_problem = "texts and names with U& are not read here: write them plainly";
  m_pieces.push_back(std::move(piece));
  return true;
}

std::expected<std::vector<Piece>, std::string> Pieces::read() {
  while (m_at < m_sql.size() && m_problem.empty()) {
    if (std::isspace(static_cast<unsigned char>(m_sql[m_at])) != 0)
      ++m_at;
    else if (!skipComment() && !readQuoted('\'', Piece::Kind::literal, false) &&
             !readQuoted('"', Piece::Kind::quotedName, false) && !readDollar() && !readWord())
      m_pieces.push_back({Piece::Kind::sign, std::string(1, m_sql[m_at++])});
  }
  if (!m_problem.empty())
    return std::unexpected(m_problem);
  return std::move(m_pieces);
}

bool isName(const Piece& piece) {
  return piece.kind == Piece::Kind::word || piece.kind == Piece::Kind::quotedName;
}

bool isSign(const Piece& piece, char sign) {
  return piece.kind == Piece::Kind::sign && piece.text[0] == sign;
}

bool isKeyword(const Piece& piece, std::string_view word) {
  return piece.kind == Piece::Kind::word && piece.text == word;
}

// The names of "public"."User", as pieces.
std::vector<std::string> namesOf(const std::vector<Piece>& pieces, std::size_t from) {
  std::vector<std::string> names;
  for (std::size_t at = from; at < pieces.size() && isName(pieces[at]); at += 2) {
    names.push_back(pieces[at].text);
    if (at + 1 >= pieces.size() || !isSign(pieces[at + 1], '.'))
      break;
  }
  return names;
}

// The clause that would change another row than a new one.
bool changesOthers(const std::vector<Piece>& pieces) {
  for (std::size_t at = 0; at + 1 < pieces.size(); ++at)
    if (isKeyword(pieces[at], "on") && isKeyword(pieces[at + 1], "conflict"))
      return true;
  return false;
}

} // namespace

std::string newToken() {
  std::array<unsigned char, digits / 2> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    return {};
  std::string token(prefix);
  for (const auto byte : bytes)
    token += fmt::format("{:02x}", byte);
  return token;
}

bool isToken(std::string_view text) {
  return text.starts_with(prefix) && text.size() == prefix.size() + digits &&
         std::ranges::all_of(text.substr(prefix.size()), isHex);
}

std::string tokenIn(std::string_view text) {
  for (std::size_t at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at + 1))
    if (isToken(text.substr(at, prefix.size() + digits)))
      return std::string(text.substr(at, prefix.size() + digits));
  return {};
}

std::string literalOf(const std::string& text) {
  return text.find_first_of("'\\") == std::string::npos ? "'" + text + "'" : probe::literal(text);
}

std::vector<std::string> placesToFill(std::string_view sql) {
  std::vector<std::string> places;
  for (std::size_t at = sql.find(fillIn); at != std::string_view::npos; at = sql.find(fillIn, at + 1)) {
    const std::size_t end = std::min(sql.find("*/", at), sql.size());
    const std::size_t start = std::min(at + std::string_view(fillIn).size(), end);
    // Who puts a value in its place may leave the comment.
    const std::size_t next = sql.find_first_not_of(" \t\r\n", std::min(end + 2, sql.size()));
    if (next != std::string_view::npos && sql.substr(next, 4) != "NULL")
      continue;
    std::string place(sql.substr(start, end - start));
    place.erase(0, place.find_first_not_of(": "));
    place.erase(place.find_last_not_of(' ') + 1);
    places.push_back(std::move(place));
  }
  return places;
}

std::expected<std::string, std::string> checkedInsert(std::string_view sql, const std::string& relation,
                                                      const std::string& value) {
  auto read = Pieces(sql).read();
  if (!read)
    return std::unexpected(fmt::format("the INSERT cannot be read: {}", read.error()));
  auto& pieces = *read;
  if (!pieces.empty() && isSign(pieces.back(), ';'))
    pieces.pop_back();
  if (std::ranges::any_of(pieces, [](const Piece& piece) { return isSign(piece, ';'); }))
    return std::unexpected("more than one statement is refused: only the INSERT of the test row may run");
  if (pieces.size() < 3 || !isKeyword(pieces[0], "insert") || !isKeyword(pieces[1], "into"))
    return std::unexpected(fmt::format("the statement is not an INSERT INTO {}", relation));
  const auto wanted = Pieces(relation).read();
  if (!wanted || namesOf(pieces, 2) != namesOf(*wanted, 0))
    return std::unexpected(
        fmt::format("the INSERT goes into another relation: it must begin with INSERT INTO {}", relation));
  if (changesOthers(pieces))
    return std::unexpected("ON CONFLICT is refused: it may change a row that was there before");
  const bool holds = std::ranges::any_of(pieces, [&](const Piece& piece) {
    return (piece.kind == Piece::Kind::literal || piece.kind == Piece::Kind::dollarLiteral) && piece.text == value;
  });
  if (!holds)
    return std::unexpected(fmt::format("the INSERT does not hold the token: the text {} must stand in it, so that the "
                                       "row can be found and removed",
                                       literalOf(value)));
  const std::size_t start = sql.find_first_not_of(" \t\r\n");
  return std::string(sql.substr(start, sql.find_last_not_of(" \t\r\n;") + 1 - start));
}

} // namespace whichbase::verify
