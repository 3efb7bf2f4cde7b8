#include "import/interpolation.h"

#include "connection/characters.h"
#include "import/merge_asked.h"

#include <fmt/format.h>

namespace whichbase::imports {

namespace {

constexpr std::size_t longest = 16384; // what a template may grow to: ${A}${A} in a chain doubles each time
constexpr int deepest = 16;

bool startsName(char c) {
  return connection::isLetter(c) || c == '_';
}

std::size_t nameEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && connection::isWordCharacter(text[at])) {
    ++at;
  }
  return at;
}

// The place of the } that closes the ${ at `at`.
std::size_t closingBrace(std::string_view text, std::size_t at) {
  int open = 0;
  for (; at < text.size(); ++at) {
    if (text.substr(at).starts_with("${")) {
      ++open;
      ++at;
    } else if (text[at] == '}' && --open == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

struct Expression {
  std::string name;
  std::string_view sign; // "", ":-", "-", ":?", "?", ":+", "+"
  std::string_view rest;
  bool isValid = false;
};

// What stands between the braces.
Expression expressionIn(std::string_view text) {
  Expression expression;
  const auto end = nameEnd(text, 0);
  if (end == 0 || !startsName(text.front())) {
    return expression;
  }
  expression.name = text.substr(0, end);
  const auto behind = text.substr(end);
  for (const std::string_view sign : {":-", ":?", ":+", "-", "?", "+"}) {
    if (behind.starts_with(sign)) {
      expression.sign = sign;
      expression.rest = behind.substr(sign.size());
      break;
    }
  }
  expression.isValid = behind.empty() || !expression.sign.empty();
  return expression;
}

class Interpolation {
public:
  Interpolation(const Scope& scope, Syntax syntax, const std::string& where)
      : m_scope(scope), m_syntax(syntax), m_where(where) {}

  Value of(std::string_view text, int depth) {
    Value result;
    if (depth > deepest) {
      result.problem = fmt::format("{}: ${{…}} stands in itself more than {} times.", m_where, deepest);
      return result;
    }
    bool grows = false;
    for (std::size_t at = 0; at < text.size();) {
      if (m_syntax == Syntax::dotenv && text.substr(at).starts_with("\\$")) {
        result.text += '$';
        at += 2;
      } else if (text[at] != '$') {
        result.text += text[at++];
      } else {
        at = dollar(text, at, depth, result);
        grows = true;
      }
      if (grows && result.text.size() > longest) {
        result.text.clear();
        result.problem =
            fmt::format("{}: with its ${{NAME}} put in, the value is longer than {} characters.", m_where, longest);
        return result;
      }
    }
    return result;
  }

private:
  // Appends what the $ at `at` stands for; returns where the text goes on.
  std::size_t dollar(std::string_view text, std::size_t at, int depth, Value& result) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == '$' && m_syntax == Syntax::compose) {
      result.text += '$';
      return at + 2;
    }
    if (next == '$') {
      result.text += "$$";
      return at + 2;
    }
    if (next == '{') {
      return braces(text, at, depth, result);
    }
    if (!startsName(next)) {
      invalid(result);
      result.text += '$';
      return at + 1;
    }
    const auto end = nameEnd(text, at + 1);
    const auto answer = m_scope(std::string(text.substr(at + 1, end - at - 1)));
    if (answer.isSet || m_syntax == Syntax::compose) {
      put(answer, text.substr(at, end - at), text.substr(at + 1, end - at - 1), result);
    } else {
      result.text += text.substr(at, end - at);
    }
    return end;
  }

  std::size_t braces(std::string_view text, std::size_t at, int depth, Value& result) {
    const auto end = closingBrace(text, at);
    const auto inside = end == std::string_view::npos ? std::string_view() : text.substr(at + 2, end - at - 2);
    const auto expression = expressionIn(inside);
    if (!expression.isValid) {
      invalid(result);
      result.text += "${";
      return at + 2;
    }
    const auto answer = m_scope(expression.name);
    const bool isThere = answer.isSet && !(expression.sign.starts_with(':') && answer.value.text.empty() &&
                                           answer.value.problem.empty());
    // What the other branch would ask for counts too: which one is taken may change.
    const auto rest = expression.sign.empty() ? Value{} : of(expression.rest, depth + 1);
    mergeAsked(result.asked, rest.asked);
    if (expression.sign.ends_with('-') && !isThere) {
      use(rest, answer, result);
    } else if (expression.sign.ends_with('+')) {
      use(isThere ? rest : Value{}, answer, result);
    } else if (expression.sign.ends_with('?') && !isThere) {
      mergeAsked(result.asked, answer.value.asked);
      missing(expression.name, result);
      result.text += fmt::format("${{{}}}", expression.name);
    } else {
      put(answer, fmt::format("${{{}}}", expression.name), expression.name, result);
    }
    return end + 1;
  }

  static void use(const Value& value, const Answer& answer, Value& result) {
    mergeAsked(result.asked, answer.value.asked);
    mergeAsked(result.asked, value.asked);
    result.text += value.text;
    result.problem = result.problem.empty() ? value.problem : result.problem;
  }

  void put(const Answer& answer, std::string_view asWritten, std::string_view name, Value& result) {
    mergeAsked(result.asked, answer.value.asked);
    if (!answer.isSet) {
      missing(name, result);
      result.text += asWritten.starts_with("${") ? std::string(asWritten) : fmt::format("${{{}}}", name);
      return;
    }
    result.problem = result.problem.empty() ? answer.value.problem : result.problem;
    result.text += answer.value.text;
  }

  void missing(std::string_view name, Value& result) const {
    if (result.problem.empty()) {
      result.problem = fmt::format(
          "{0}: ${{{1}}} has no value here: set the environment variable {1}, then probe again.", m_where, name);
    }
  }

  void invalid(Value& result) const {
    if (m_syntax == Syntax::compose && result.problem.empty()) {
      result.problem = fmt::format("{}: a $ stands here that starts no ${{NAME}}: write $$ for a $.", m_where);
    }
  }

  const Scope& m_scope;
  Syntax m_syntax;
  const std::string& m_where;
};

} // namespace

Answer askedOf(const Lookup& lookup, const std::string& name) {
  auto found = lookup ? lookup(name) : std::nullopt;
  return {found.has_value(), {found ? std::move(*found) : std::string(), {}, {name}}};
}

Answer answerOf(const Variable& variable) {
  return {true, {variable.value, variable.problem, variable.asked}};
}

Value interpolated(std::string_view text, const Scope& scope, Syntax syntax, const std::string& where) {
  if (text.find('$') == std::string_view::npos) {
    return {std::string(text)};
  }
  return Interpolation(scope, syntax, where).of(text, 0);
}

} // namespace whichbase::imports
