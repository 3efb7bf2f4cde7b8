#include "connection/secret_forms.h"

#include "connection/key_values.h"
#include "connection/percent.h"

#include <nlohmann/json.hpp>

#include <set>

namespace whichbase::connection {

namespace {

// JavaScript's encodeURIComponent leaves !'()* alone.
std::string asJavaScriptEncodes(std::string_view secret) {
  std::string result;
  for (const char c : secret) {
    result += std::string_view("!'()*").find(c) == std::string_view::npos ? percentEncoded({&c, 1}) : std::string(1, c);
  }
  return result;
}

std::set<std::string> formsOf(const std::string& secret) {
  const auto encoded = percentEncoded(secret);
  std::set<std::string> forms{secret,
                              encoded,
                              lowered(encoded),
                              asJavaScriptEncodes(secret),
                              keyValueQuoted(secret),
                              percentDecodedLoosely(secret)};
  std::string lowerHex = encoded;
  for (std::size_t i = 0; i + 2 < lowerHex.size(); ++i) {
    if (lowerHex[i] == '%') {
      lowerHex[i + 1] = toLower(lowerHex[i + 1]);
      lowerHex[i + 2] = toLower(lowerHex[i + 2]);
    }
  }
  forms.insert(lowerHex);
  const auto quoted = nlohmann::json(secret).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  forms.insert(quoted.substr(1, quoted.size() - 2));
  constexpr std::string_view delimiters = "@:/?#&=,%'\"\\ ";
  for (std::size_t at = 0; at < secret.size();) {
    const auto end = std::min(secret.find_first_of(delimiters, at), secret.size());
    if (end - at >= 2) {
      forms.insert(secret.substr(at, end - at));
    }
    // libpq and others take what follows a delimiter in one piece: "pw@host:5432" for the port.
    if (secret.size() - at >= 2) {
      forms.insert(secret.substr(at));
    }
    at = end + 1;
  }
  forms.erase("");
  return forms;
}

bool isPartOfWord(std::string_view text, std::size_t at) {
  return at < text.size() && (isWordCharacter(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80);
}

// A password may be "postgres"; the scheme of a URL shows nothing of it.
bool isScheme(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  return rest.starts_with("postgresql://") || rest.starts_with("postgres://");
}

} // namespace

void findSecret(std::string_view text, const std::string& secret, std::vector<Span>& spans) {
  for (const auto& form : formsOf(secret)) {
    for (auto at = text.find(form); at != std::string_view::npos; at = text.find(form, at + 1)) {
      const Span span{at, at + form.size()};
      const bool word = (at == 0 || !isPartOfWord(text, at - 1)) && !isPartOfWord(text, span.end);
      if ((form.size() >= 4 || word) && !isScheme(text, at)) {
        spans.push_back(span);
      }
    }
  }
}

} // namespace whichbase::connection
