#include "connection/driver_draft.h"
#include "connection/libpq_reading.h"
#include "connection/percent.h"
#include "connection/url_shape.h"

namespace whichbase::connection {

namespace {

constexpr char sign = '\x01';

// The text with every character of a password replaced by a sign, but for those that part a connection string: libpq
// reads it to the same parts, and a part that shows the sign shows a piece of the password. libpq tells no places.
std::string withSigns(const Source& source) {
  std::string text(source.text());
  for (const auto& secret : source.secrets()) {
    for (std::size_t i = secret.begin; i < secret.end; ++i) {
      const bool escape = text[i] == '%' && i + 2 < secret.end && percentDecoded(source.text().substr(i, 3));
      if (escape) {
        text.replace(i, 3, "%01");
        i += 2;
      } else if (!isSpace(text[i]) && std::string_view("@:/?#&=%[],'\"\\").find(text[i]) == std::string_view::npos) {
        text[i] = sign;
      }
    }
  }
  return text;
}

// libpq's message on the text with signs: each run of signs becomes ***.
std::string cleared(std::string_view message) {
  std::string result;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const bool escape = message.substr(i).starts_with("%01");
    if (message[i] != sign && !escape) {
      result += message[i] == '\n' ? ' ' : message[i];
      continue;
    }
    result += result.ends_with("***") ? "" : "***";
    i += escape ? 2 : 0;
  }
  return std::string(trimmed(result));
}

std::optional<Piece> part(const Parameters& read, const Parameters& signs, std::string_view key) {
  auto value = valueOf(read, key);
  if (value.empty()) {
    return std::nullopt;
  }
  const auto shadow = valueOf(signs, key);
  return Piece{std::move(value), shadow.empty() || shadow.find(sign) != std::string::npos};
}

} // namespace

Draft readAsLibpq(const Source& source) {
  Draft draft;
  const auto scheme = schemeOf(source.text());
  if (!scheme.empty() && scheme != "postgresql" && scheme != "postgres") {
    draft.refuse("wants a URL that starts with postgresql:// or postgres://, or key=value");
    return draft;
  }
  if (!source.text().empty() && std::string_view("\"'`").find(source.text().front()) != std::string_view::npos) {
    draft.refuse("takes the quotes for a part of it");
    return draft;
  }
  const auto signs = readByLibpq(withSigns(source));
  const auto read = readByLibpq(std::string(source.text()));
  if (!read.accepts) {
    const auto why = cleared(signs.message);
    draft.refuse(why.empty() ? "refuses it" : "says: " + why);
    return draft;
  }
  draft.user = part(read.parameters, signs.parameters, "user");
  draft.host = part(read.parameters, signs.parameters, "host");
  draft.port = part(read.parameters, signs.parameters, "port");
  draft.dbname = part(read.parameters, signs.parameters, "dbname");
  if (!draft.host) {
    draft.host = part(read.parameters, signs.parameters, "hostaddr");
  }
  checkPort(draft);
  return draft;
}

} // namespace whichbase::connection
