#include "connection/characters.h"
#include "connection/key_values.h"
#include "connection/keywords.h"
#include "connection/percent.h"
#include "connection/url_shape.h"
#include "connection/written.h"
#include "project/project.h"

#include <fmt/format.h>

namespace whichbase::project {

namespace {

using connection::Span;

// How a value is written where its ${NAME} stands.
enum class Place { text, urlValue, keyValue, quotedKeyValue, insideKeyValue };

bool holds(Span outer, Span inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

Place placeInUrl(std::string_view url, Span variable) {
  const auto reading = connection::readUrl(url);
  if (reading.meaning != connection::UrlMeaning::clear) {
    const auto sign = url.rfind('@');
    return sign != std::string_view::npos && variable.end <= sign ? Place::urlValue : Place::text;
  }
  const auto& shape = reading.shape;
  bool isValue = (shape.user && holds(*shape.user, variable)) || (shape.password && holds(*shape.password, variable));
  for (const auto& part : shape.query) {
    isValue = isValue || (holds(part.value, variable) && connection::isSecretKey(part.key.in(url)));
  }
  return isValue ? Place::urlValue : Place::text;
}

Place placeInKeyValues(std::string_view text, Span variable) {
  for (const auto& pair : connection::readKeyValues(text).pairs) {
    if (!holds(pair.value, variable)) {
      continue;
    }
    if (pair.quoted) {
      return Place::quotedKeyValue;
    }
    return pair.value == variable ? Place::keyValue : Place::insideKeyValue;
  }
  return Place::text;
}

Place placeOf(std::string_view text, Span variable) {
  const Span bare = connection::bareSpan(text);
  if (!holds(bare, variable) || bare == variable) {
    return Place::text;
  }
  const auto core = bare.in(text);
  const Span inner{variable.begin - bare.begin, variable.end - bare.begin};
  if (!connection::schemeOf(core).empty()) {
    return placeInUrl(core, inner);
  }
  return placeInKeyValues(core, inner);
}

std::string escaped(std::string_view value, bool spacesToo) {
  std::string result;
  for (const char c : value) {
    if (c == '\\' || c == '\'' || (spacesToo && connection::isSpace(c))) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

std::string written(const std::string& value, Place place) {
  switch (place) {
  case Place::text:
    return value;
  case Place::urlValue:
    return connection::percentEncoded(value);
  case Place::keyValue:
    return connection::keyValueQuoted(value);
  case Place::quotedKeyValue:
    return escaped(value, false);
  case Place::insideKeyValue:
    return escaped(value, true);
  }
  return value;
}

std::vector<Span> findVariables(std::string_view text) {
  std::vector<Span> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const auto length = connection::variableLength(text, at); length > 0) {
      found.push_back({at, at + length});
      at += length - 1;
    }
  }
  return found;
}

std::string nameAt(std::string_view text, Span variable) {
  return std::string(text.substr(variable.begin + 2, variable.end - variable.begin - 3));
}

} // namespace

std::expected<std::string, Error>
substitute(std::string_view text, const std::function<std::optional<std::string>(const std::string&)>& lookup) {
  std::string result;
  std::size_t at = 0;
  for (const auto& variable : findVariables(text)) {
    const auto name = nameAt(text, variable);
    const auto value = lookup(name);
    if (!value) {
      return std::unexpected(
          Error{fmt::format("${{{0}}} has no value: set the environment variable {0}, then probe again.", name)});
    }
    result += text.substr(at, variable.begin - at);
    result += written(*value, placeOf(text, variable));
    at = variable.end;
  }
  return result.append(text.substr(at));
}

std::vector<std::string> variables(std::string_view text) {
  std::vector<std::string> names;
  for (const auto& variable : findVariables(text)) {
    auto name = nameAt(text, variable);
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

} // namespace whichbase::project
