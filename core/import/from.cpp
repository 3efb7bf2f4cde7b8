#include "import/from.h"

#include "connection/characters.h"

#include <fmt/format.h>

#include <optional>

namespace whichbase::imports {

namespace {

using Kind = From::Kind;

// Words with white space between them; "…" and '…' hold one together. Nothing where a quote is not closed.
std::optional<std::vector<std::string>> words(std::string_view text) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size();) {
    if (connection::isSpace(text[at])) {
      ++at;
      continue;
    }
    std::string word;
    while (at < text.size() && !connection::isSpace(text[at])) {
      const char quote = text[at];
      if (quote != '"' && quote != '\'') {
        word += text[at++];
        continue;
      }
      const auto end = text.find(quote, at + 1);
      if (end == std::string_view::npos) {
        return std::nullopt;
      }
      word += text.substr(at + 1, end - at - 1);
      at = end + 1;
    }
    result.push_back(std::move(word));
  }
  return result;
}

std::string quotedWord(const std::string& word) {
  const bool isPlain = !word.empty() && word.find_first_of(" \t\n\"'") == std::string::npos;
  const char quote = word.find('"') == std::string::npos ? '"' : '\'';
  return isPlain ? word : fmt::format("{0}{1}{0}", quote, word);
}

struct Form {
  Kind kind;
  std::string_view word;
  std::string_view expected;
};
constexpr Form forms[] = {{Kind::envFile, "env-file", "env-file PATH"},
                          {Kind::compose, "compose", "compose FILE… SERVICE"},
                          {Kind::kubernetes, "kubernetes", "kubernetes PATH… KIND/NAME"},
                          {Kind::service, "service", "service NAME, or service FILE NAME"},
                          {Kind::command, "command", "command COMMAND"}};

bool isComplete(const From& from) {
  switch (from.kind) {
  case Kind::envFile:
    return from.paths.size() == 1;
  case Kind::compose:
    return !from.paths.empty() && !from.name.empty();
  case Kind::kubernetes:
    return !from.paths.empty() && from.name.find('/') != std::string::npos;
  case Kind::service:
    return from.paths.size() <= 1 && !from.name.empty();
  case Kind::command:
    return !from.command.empty();
  }
  return false;
}

} // namespace

std::expected<From, std::string> parseFrom(std::string_view text) {
  text = connection::trimmed(text);
  const auto end = connection::wordEnd(text, 0);
  const auto first = text.substr(0, end);
  const auto* form = std::ranges::find(forms, first, &Form::word);
  if (form == std::end(forms)) {
    return std::unexpected(std::string(
        "from says where a configuration lives: expected \"env-file PATH\", \"compose FILE… SERVICE\", \"kubernetes "
        "PATH… KIND/NAME\", \"service NAME\" or \"command COMMAND\"."));
  }
  From from{.kind = form->kind};
  const auto rest = connection::trimmed(text.substr(end));
  if (from.kind == Kind::command) {
    from.command = rest;
  } else {
    auto parts = words(rest);
    if (!parts) {
      return std::unexpected(fmt::format("a quote is not closed behind \"{}\".", first));
    }
    if (from.kind != Kind::envFile && !parts->empty()) {
      from.name = std::move(parts->back());
      parts->pop_back();
    }
    from.paths = std::move(*parts);
  }
  if (!isComplete(from) || std::ranges::any_of(from.paths, &std::string::empty)) {
    return std::unexpected(fmt::format("expected \"{}\".", form->expected));
  }
  return from;
}

std::string toText(const From& from) {
  std::string text(std::ranges::find(forms, from.kind, &Form::kind)->word);
  for (const auto& path : from.paths) {
    text += ' ' + quotedWord(path);
  }
  if (from.kind == Kind::command) {
    return text + ' ' + from.command;
  }
  return from.name.empty() ? text : text + ' ' + quotedWord(from.name);
}

} // namespace whichbase::imports
