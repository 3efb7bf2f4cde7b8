#include "connection/characters.h"
#include "connection/connection_string.h"
#include "connection/keywords.h"
#include "connection/schemes.h"
#include "connection/secret_forms.h"
#include "connection/secret_keys.h"
#include "connection/url_shape.h"
#include "connection/written.h"

#include <array>

namespace whichbase::connection {

namespace {

using Spans = std::vector<Span>;

bool isSchemeCharacter(char c) {
  return isWordCharacter(c) || c == '+' || c == '.' || c == '-';
}

// The end of the URL that starts at `begin`: white space, or the quote that it stands in. A password with a space in it
// ends at the @ behind it.
std::size_t urlEnd(std::string_view text, std::size_t begin, std::size_t body) {
  std::size_t end = wordEnd(text, body);
  const auto line = text.substr(0, std::min(text.find('\n', body), text.size()));
  if (readUrl(text.substr(begin, end - begin)).meaning != UrlMeaning::clear) {
    const auto sign = line.find('@', end);
    end = sign == std::string_view::npos ? end : wordEnd(text, sign);
  }
  const char before = begin > 0 ? text[begin - 1] : '\0';
  if (before == '"' || before == '\'' || before == '`') {
    const auto quote = text.substr(0, end).rfind(before);
    end = quote != std::string_view::npos && quote > body ? quote : end;
  }
  return end;
}

// Every scheme://user:password@… in the text.
void findUrls(std::string_view text, Spans& spans) {
  for (auto sign = text.find("://"); sign != std::string_view::npos; sign = text.find("://", sign + 3)) {
    std::size_t begin = sign;
    while (begin > 0 && isSchemeCharacter(text[begin - 1])) {
      --begin;
    }
    while (begin < sign && !isLetter(text[begin])) {
      ++begin;
    }
    begin -= text.substr(0, begin).ends_with("jdbc:") ? 5 : 0;
    const auto url = text.substr(begin, urlEnd(text, begin, sign + 3) - begin);
    const auto scheme = schemeOf(url);
    if (scheme.empty() || (refusalOf(scheme) && url.find('@') == std::string_view::npos)) {
      continue;
    }
    for (const auto& secret : secretSpans(url)) {
      spans.push_back({begin + secret.begin, begin + secret.end});
    }
  }
}

// libpq's own messages quote what it took for a port, a host or a database name; where it misread the URL, that is (a
// piece of) the password: invalid integer value "pw@host:5432" for connection option "port".
void findMisreadings(std::string_view text, Spans& spans) {
  constexpr std::array<std::string_view, 7> anything{
      "percent-encoded token: ", "percent-encoded value: ", "\"=\" after ", "connection option ",
      "query parameter: ",       "integer value ",          "port number: "};
  for (auto open = text.find('"'); open != std::string_view::npos;) {
    const auto close = text.find('"', open + 1);
    if (close == std::string_view::npos) {
      return;
    }
    const Span quoted{open + 1, close};
    const auto content = quoted.in(text);
    const auto before = text.substr(0, open);
    const bool suspect = std::ranges::any_of(anything, [&](auto words) { return before.ends_with(words); });
    const bool isUser = before.ends_with("user ") || before.ends_with("role ");
    const auto sign = content.rfind('@');
    if (suspect && !isNumber(content) && !isKnownKeyword(content)) {
      spans.push_back(quoted);
    } else if (sign != std::string_view::npos && sign > 0 && !isUser && content.find("://") == std::string_view::npos) {
      spans.push_back({quoted.begin, quoted.begin + sign});
    }
    open = text.find('"', close + 1);
  }
}

} // namespace

std::string redact(std::string_view text, const std::vector<std::string>& secrets) {
  Spans spans;
  findUrls(text, spans);
  findSecretKeys(text, spans);
  findMisreadings(text, spans);
  for (const auto& secret : secrets) {
    findSecret(text, secret, spans);
  }
  return covered(text, joined(std::move(spans)));
}

} // namespace whichbase::connection
