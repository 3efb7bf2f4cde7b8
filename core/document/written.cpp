#include "document/written.h"

#include "document/markdown_text.h"
#include "document/report.h"
#include "import/text_file.h"

#include <vector>

namespace whichbase::document {

namespace {

std::vector<std::string> linesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string line(text.substr(0, end));
    if (line.ends_with('\r'))
      line.pop_back();
    lines.push_back(std::move(line));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string_view stripped(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{}
                                         : line.substr(first, line.find_last_not_of(" \t") - first + 1);
}

// "lessons" of "<!-- whichbase:lessons -->"; empty for any other line.
std::string keyOf(std::string_view line, bool isEnd) {
  line = stripped(line);
  const std::string begin = isEnd ? "<!-- /whichbase:" : "<!-- whichbase:";
  constexpr std::string_view end = "-->";
  if (!line.starts_with(begin) || !line.ends_with(end) || line.size() < begin.size() + end.size())
    return {};
  return std::string(stripped(line.substr(begin.size(), line.size() - begin.size() - end.size())));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    if (stripped(line) != markdown::placeholder)
      text += line + "\n";
  return markdown::unguarded(trimmed(text));
}

} // namespace

std::string trimmed(std::string_view text) {
  std::string kept;
  for (const char c : text)
    if (c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F))
      kept += c;
  const auto end = kept.find_last_not_of(" \t\n");
  if (end == std::string::npos)
    return {};
  kept.resize(end + 1);
  const auto line = kept.rfind('\n', kept.find_first_not_of(" \t\n")); // its first line keeps its indentation
  return line == std::string::npos ? kept : kept.substr(line + 1);
}

std::string openFence(std::string_view text) {
  std::string open;
  for (const std::string& line : linesOf(text)) {
    const std::string_view content = stripped(line);
    const char mark = content.empty() ? ' ' : content.front();
    const std::size_t length = std::min(content.find_first_not_of(mark), content.size());
    if ((mark != '`' && mark != '~') || length < 3)
      continue;
    if (open.empty())
      open = std::string(content.substr(0, length));
    else if (open.front() == mark && length >= open.size() && length == content.size())
      open.clear();
  }
  return open;
}

std::map<std::string, std::string> writtenIn(std::string_view text) {
  std::map<std::string, std::string> written;
  std::string key;
  std::vector<std::string> lines;
  const auto finish = [&] {
    if (std::string found = joined(lines); !key.empty() && !found.empty())
      written[key] = std::move(found);
    key.clear();
    lines.clear();
  };
  for (const std::string& line : linesOf(text)) {
    if (const std::string begun = keyOf(line, false); !begun.empty()) {
      finish(); // an end that somebody deleted loses nothing of what was written
      key = begun;
    } else if (!key.empty() && keyOf(line, true) == key) {
      finish();
    } else if (!key.empty()) {
      lines.push_back(line);
    }
  }
  finish();
  return written;
}

std::expected<std::map<std::string, std::string>, std::string> writtenInFile(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored))
    return {};
  const auto text = imports::readTextFile(file, file.string());
  if (!text)
    return std::unexpected(text.error().text + "; what was written in it would be lost: name another file");
  return writtenIn(*text);
}

} // namespace whichbase::document
