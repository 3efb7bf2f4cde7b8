#include "connection/written.h"

#include "connection/key_values.h"
#include "connection/keywords.h"
#include "connection/percent.h"
#include "connection/secret_keys.h"
#include "connection/url_shape.h"

namespace whichbase::connection {

namespace {

Span within(Span outer, Span inner) {
  return {outer.begin + inner.begin, outer.begin + inner.end};
}

// Takes one pair of equal quotes off, and the white space inside them.
Span unquoted(std::string_view text, Span span) {
  const auto bare = span.in(text);
  const bool quoted = bare.size() >= 2 && bare.front() == bare.back() &&
                      (bare.front() == '"' || bare.front() == '\'' || bare.front() == '`');
  if (!quoted) {
    return span;
  }
  const Span inner{span.begin + 1, span.end - 1};
  return within(inner, trimmedSpan(inner.in(text)));
}

// The place behind "export DATABASE_URL=" where a URL, quoted or not, stands there; 0 otherwise.
std::size_t assignmentLength(std::string_view text) {
  constexpr std::string_view keyword = "export ";
  std::size_t at = text.starts_with(keyword) ? keyword.size() : 0;
  const std::size_t begin = at;
  while (at < text.size() && isWordCharacter(text[at])) {
    ++at;
  }
  if (at == begin || at >= text.size() || text[at] != '=') {
    return 0;
  }
  const auto value = text.substr(at + 1);
  return schemeOf(unquoted(value, trimmedSpan(value)).in(value)).empty() ? 0 : at + 1;
}

std::vector<Span> secretsOfShape(std::string_view text, const UrlShape& shape) {
  std::vector<Span> spans;
  if (shape.password && !shape.password->empty()) {
    spans.push_back(*shape.password);
  }
  for (const auto& part : shape.query) {
    if (isSecretKey(percentDecodedLoosely(part.key.in(text))) && !part.value.empty()) {
      spans.push_back(part.value);
    }
  }
  return spans;
}

// "db1", "db1:port", "db1:54x2/app": no URL may be made of it, but it shows no password.
bool isHostAndPath(std::string_view text) {
  const auto isName = [](char c) { return isWordCharacter(c) || c == '.' || c == '-'; };
  std::size_t at = 0;
  while (at < text.size() && (isName(text[at]) || (at > 0 && (text[at] == ':' || text[at] == '/')))) {
    ++at;
  }
  return at > 0 && at == text.size();
}

std::vector<Span> secretsOfUrl(std::string_view text) {
  const auto reading = readUrl(text);
  if (reading.meaning == UrlMeaning::clear) {
    return secretsOfShape(text, reading.shape);
  }
  // From the first colon to the last @, which covers every way to read it, where a host follows; else everything.
  const std::size_t begin = schemeOf(text).size() + 3;
  const auto colon = text.find(':', begin);
  const auto sign = text.rfind('@');
  const bool tells = colon != std::string_view::npos && sign != std::string_view::npos && colon < sign;
  std::vector<Span> spans{tells && isHostAndPath(text.substr(sign + 1)) ? Span{colon + 1, sign}
                                                                        : Span{begin, text.size()}};
  findSecretKeys(text, spans);
  return spans;
}

std::vector<Span> secretsOfKeyValues(std::string_view text) {
  const auto values = readKeyValues(text);
  std::vector<Span> spans;
  findSecretKeys(text, spans); // .NET's "Host=…;Password=…" is one pair to libpq
  if (!spans.empty() && text.find(';') < spans.front().begin) {
    return {{spans.front().begin, text.size()}}; // and its values end at no white space
  }
  for (const auto& pair : values.pairs) {
    if (isSecretKey(pair.key.in(text)) && !pair.text.empty()) {
      spans.push_back(pair.value);
    }
  }
  if (values.fault == KeyValueFault::none) {
    return spans;
  }
  // What stands behind a fault may be the rest of a password.
  std::size_t from = values.faultAt;
  for (const auto& span : spans) {
    from = span.end <= from && trimmed(text.substr(span.end, from - span.end)).empty() ? span.begin : from;
  }
  spans.push_back({from, text.size()});
  return spans;
}

} // namespace

std::vector<Span> joined(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return span.empty(); });
  std::ranges::sort(spans, {}, &Span::begin);
  std::vector<Span> result;
  for (const auto& span : spans) {
    if (!result.empty() && span.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::string covered(std::string_view text, const std::vector<Span>& spans) {
  std::string result;
  std::size_t at = 0;
  for (const auto& span : spans) {
    result += text.substr(at, span.begin - at);
    result += "***";
    at = span.end;
  }
  return result.append(text.substr(at));
}

Span bareSpan(std::string_view text) {
  Span span = trimmedSpan(text);
  if (const auto length = assignmentLength(span.in(text)); length > 0) {
    span.begin += length;
    span = within(span, trimmedSpan(span.in(text)));
  }
  return unquoted(text, span);
}

std::vector<Span> secretSpans(std::string_view text) {
  const Span bare = bareSpan(text);
  const auto core = bare.in(text);
  std::vector<Span> spans;
  if (!schemeOf(core).empty()) {
    spans = secretsOfUrl(core);
  } else if (looksLikeKeyValues(core)) {
    spans = secretsOfKeyValues(core);
  } else if (!core.empty() && variableLength(core, 0) != core.size()) {
    spans = {{0, core.size()}};
  }
  for (auto& span : spans) {
    span = within(bare, span);
  }
  return joined(std::move(spans));
}

} // namespace whichbase::connection
