#include "compare/canonical.h"

#include "compare/view_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace whichbase::compare {
namespace {

// The place behind the quoted text, bracketed text or single character that begins at `at`; npos where it has no end.
std::size_t behind(std::string_view text, std::size_t at) {
  const char open = text[at];
  if (open == '\'' || open == '"') {
    const bool escapes = open == '\'' && at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e');
    for (++at; at < text.size(); ++at) {
      if (escapes && text[at] == '\\')
        ++at;
      else if (text[at] == open)
        return at + 1; // a doubled one begins anew, which comes to the same
    }
    return std::string_view::npos;
  }
  if (open != '(' && open != '[')
    return at + 1;
  const char close = open == '(' ? ')' : ']';
  for (++at; at < text.size() && text[at] != close;) {
    at = behind(text, at);
    if (at == std::string_view::npos)
      return at;
  }
  return at < text.size() ? at + 1 : std::string_view::npos;
}

// Where the name of a type ends: words, quoted or not, with points, spaces between words, and (20).
std::size_t typeEnd(std::string_view text, std::size_t at) {
  const std::size_t array = text.find("[]", at);
  if (array == std::string_view::npos)
    return array;
  for (std::size_t i = at; i < array;) {
    const char c = text[i];
    const bool belongs = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                         c == '.' || c == '"' || c == ' ' || c == '(' || c == '$' ||
                         static_cast<unsigned char>(c) > 127;
    i = belongs ? behind(text, i) : std::string_view::npos;
    if (i == std::string_view::npos)
      return i;
  }
  return array;
}

// "'a'::character varying, 'b'" as "('a'::character varying)::text, ('b')::text".
std::string castEach(std::string_view elements, std::string_view type) {
  std::string out;
  std::size_t begin = 0;
  if (elements.empty())
    return out;
  for (std::size_t at = 0; at <= elements.size();) {
    if (at == elements.size() || elements[at] == ',') {
      out += (out.empty() ? "(" : ", (") + std::string(elements.substr(begin, at - begin)) + ")::" + std::string(type);
      begin = at + 2;
      at = at == elements.size() ? at + 1 : at + 2;
    } else {
      at = behind(elements, at);
      if (at == std::string_view::npos)
        return {};
    }
  }
  return out;
}

struct Rewritten {
  std::string text;
  std::size_t end = 0; // of what it stands for
};

// Of "(ARRAY[…])::text[]" at `at`; empty where there is none.
std::optional<Rewritten> castArray(std::string_view text, std::size_t at) {
  constexpr std::string_view open = "(ARRAY[";
  if (!text.substr(at).starts_with(open))
    return std::nullopt;
  const std::size_t bracket = at + open.size() - 1;
  const std::size_t end = behind(text, bracket);
  if (end == std::string_view::npos || !text.substr(end).starts_with(")::"))
    return std::nullopt;
  const std::size_t type = end + 3;
  const std::size_t last = typeEnd(text, type);
  if (last == std::string_view::npos)
    return std::nullopt;
  const auto each = castEach(text.substr(bracket + 1, end - bracket - 2), text.substr(type, last - type));
  return each.empty() ? std::nullopt : std::optional(Rewritten{"ARRAY[" + each + "]", last + 2});
}

std::string castArrays(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto rewritten = castArray(text, at)) {
      out += rewritten->text;
      at = rewritten->end;
      continue;
    }
    const bool isQuoted = text[at] == '\'' || text[at] == '"';
    const std::size_t end = isQuoted ? std::min(behind(text, at), text.size()) : at + 1;
    out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

// White space outside quotes means nothing; so do a semicolon and white space at the end.
std::string inOneLine(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!out.empty() && out.back() != ' ')
        out += ' ';
      ++at;
      continue;
    }
    const std::size_t end = c == '\'' || c == '"' ? std::min(behind(text, at), text.size()) : at + 1;
    out += text.substr(at, end - at);
    at = end;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ';'))
    out.pop_back();
  return out;
}

bool holdsExpressions(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::type:
  case ObjectKind::column:
  case ObjectKind::check:
  case ObjectKind::exclusion:
  case ObjectKind::index:
  case ObjectKind::view:
  case ObjectKind::trigger:
  case ObjectKind::policy:
  case ObjectKind::rule:
    return true;
  default: // a function's text is kept as it was written
    return false;
  }
}

} // namespace

void canonicalise(Object& object, int version) {
  if (object.kind == ObjectKind::trigger && version < 120000) {
    constexpr std::string_view procedure = " EXECUTE PROCEDURE ";
    const std::size_t at = object.definition.rfind(procedure);
    if (at != std::string::npos)
      object.definition.replace(at, procedure.size(), " EXECUTE FUNCTION ");
  }
  if (object.kind == ObjectKind::view || object.kind == ObjectKind::rule)
    object.definition = inOneLine(object.definition);
  if (object.kind == ObjectKind::view && version < 160000)
    object.definition = withoutPrefixes(object.definition);
  while (object.kind == ObjectKind::function && object.definition.ends_with('\n'))
    object.definition.pop_back();
  if (holdsExpressions(object.kind) && object.definition.find("(ARRAY[") != std::string::npos)
    object.definition = castArrays(object.definition);
}

} // namespace whichbase::compare
