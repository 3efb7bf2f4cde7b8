#include "import/yaml.h"

#include "connection/characters.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <map>
#include <set>
#include <sstream>

namespace whichbase::imports {

namespace {

constexpr std::size_t mostValues = 200000;

// Thrown through yaml-cpp, which only so ends its work; never leaves this file.
struct Stopped {
  Error error;
};

// Builds the values of one document. An alias is the same value again, so that no bomb of them takes any room.
class Builder : public YAML::EventHandler {
public:
  explicit Builder(const std::shared_ptr<const Source>& source) : m_source(source) {}

  YamlPointer take() { return m_root ? std::move(m_root) : std::make_shared<const Yaml>(Yaml{.source = m_source}); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override { m_anchors.clear(); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { leaf(mark, anchor, Yaml::Kind::null, "", ""); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    leaf(mark, anchor, Yaml::Kind::scalar, tag, value);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end()) {
      stop(mark.line + 1, "an anchor stands inside itself here.");
    }
    add(found->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Yaml::Kind::list);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Yaml::Kind::map);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override {
    auto& frame = m_open.back();
    for (const auto& merged : frame.merged) {
      merge(*merged, frame);
    }
    close();
  }

private:
  struct Frame {
    std::shared_ptr<Yaml> value;
    YAML::anchor_t anchor = 0;
    YamlPointer key; // of a map: read, its value to come
    std::set<std::string, std::less<>> keys;
    std::vector<YamlPointer> merged;
  };

  [[noreturn]] void stop(int line, std::string_view what) const {
    throw Stopped{{fmt::format("{}:{}: {}", m_source->shown, line, what)}};
  }

  void count(int line, std::size_t more) {
    m_count += more;
    if (m_count > mostValues) {
      stop(line, "this file holds more than 200,000 values, its aliases followed: no configuration does.");
    }
  }

  std::shared_ptr<Yaml> made(const YAML::Mark& mark, Yaml::Kind kind, const std::string& tag) {
    count(mark.line + 1, 1);
    auto value = std::make_shared<Yaml>(Yaml{.kind = kind, .line = mark.line + 1, .source = m_source});
    value->isPlain = tag == "?";
    value->tag = tag == "?" || tag == "!" ? std::string() : tag;
    return value;
  }

  void leaf(const YAML::Mark& mark, YAML::anchor_t anchor, Yaml::Kind kind, const std::string& tag,
            const std::string& text) {
    auto value = made(mark, kind, tag);
    value->text = text;
    finish(value, anchor);
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Yaml::Kind kind) {
    m_open.push_back({made(mark, kind, tag), anchor, {}, {}, {}});
  }

  void close() {
    auto frame = std::move(m_open.back());
    m_open.pop_back();
    finish(frame.value, frame.anchor);
  }

  void finish(const YamlPointer& value, YAML::anchor_t anchor) {
    if (anchor != 0) {
      m_anchors[anchor] = value;
    }
    add(value);
  }

  void add(const YamlPointer& value) {
    if (m_open.empty()) {
      m_root = value;
      return;
    }
    auto& frame = m_open.back();
    if (frame.value->kind == Yaml::Kind::list) {
      frame.value->items.push_back(value);
    } else if (!frame.key) {
      if (value->kind == Yaml::Kind::list || value->kind == Yaml::Kind::map) {
        stop(value->line,
             "a key is expected here, and this is none. Where it is a template ({{ … }}), render it first.");
      }
      frame.key = value;
    } else {
      entry(frame, *std::exchange(frame.key, {}), value);
    }
  }

  void entry(Frame& frame, const Yaml& key, const YamlPointer& value) {
    if (key.text == "<<" && key.isPlain) {
      addMerge(frame, key, value);
      return;
    }
    if (!frame.keys.insert(key.text).second) {
      stop(key.line, "this key stands twice in its map.");
    }
    // A value that is left out has its place where the next one starts: its key's is meant.
    const bool isLeftOut = value->kind == Yaml::Kind::null && value->line > key.line;
    frame.value->entries.push_back({key.text, isLeftOut ? nullAt(key) : value});
  }

  YamlPointer nullAt(const Yaml& key) const {
    return std::make_shared<const Yaml>(Yaml{.line = key.line, .source = m_source});
  }

  void addMerge(Frame& frame, const Yaml& key, const YamlPointer& value) const {
    if (value->kind == Yaml::Kind::map) {
      frame.merged.push_back(value);
      return;
    }
    if (value->kind != Yaml::Kind::list) {
      stop(key.line, "<< takes a map, or a list of maps.");
    }
    for (const auto& item : value->items) {
      if (item->kind != Yaml::Kind::map) {
        stop(key.line, "<< takes a map, or a list of maps.");
      }
      frame.merged.push_back(item);
    }
  }

  // The map's own keys win, then those of the first map merged.
  void merge(const Yaml& from, Frame& frame) {
    count(frame.value->line, from.entries.size());
    for (const auto& each : from.entries) {
      if (frame.keys.insert(each.key).second) {
        frame.value->entries.push_back(each);
      }
    }
  }

  std::shared_ptr<const Source> m_source;
  std::map<YAML::anchor_t, YamlPointer> m_anchors; // the finished ones
  std::vector<Frame> m_open;
  YamlPointer m_root;
  std::size_t m_count = 0;
};

// What yaml-cpp says, without what it quotes of the text.
std::string messageOf(const YAML::Exception& error) {
  if (dynamic_cast<const YAML::DeepRecursion*>(&error) != nullptr) {
    return "lists and maps stand in each other hundreds deep";
  }
  if (error.msg == YAML::ErrorMsg::DOC_IN_SCALAR) {
    return "a quote is not closed before it";
  }
  return error.msg.substr(0, error.msg.find(": "));
}

} // namespace

const Yaml* Yaml::at(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &YamlEntry::key);
  return found == entries.end() ? nullptr : found->value.get();
}

std::string Yaml::textAt(std::string_view key) const {
  const auto* value = at(key);
  return value == nullptr ? std::string() : value->text;
}

std::string Yaml::where() const {
  return fmt::format("{}:{}", source ? source->shown : std::string(), line);
}

std::expected<std::vector<YamlPointer>, Error> parseYaml(const std::string& text,
                                                         const std::shared_ptr<const Source>& source) {
  std::vector<YamlPointer> documents;
  // The end of a document stands behind the text, since yaml-cpp takes the end of the text for a closing quote.
  std::istringstream stream(text + "\n...\n");
  try {
    YAML::Parser parser(stream);
    Builder builder(source);
    while (parser.HandleNextDocument(builder)) {
      documents.push_back(builder.take());
    }
  } catch (const Stopped& stopped) {
    return std::unexpected(stopped.error);
  } catch (const YAML::Exception& error) {
    return std::unexpected(
        Error{fmt::format("{}:{}: this is no YAML: {}.", source->shown, error.mark.line + 1, messageOf(error))});
  }
  return documents;
}

bool isOtherNumber(const Yaml& value) {
  const auto text = std::string_view(value.text);
  if (!value.isPlain || value.kind != Yaml::Kind::scalar || text.empty()) {
    return false;
  }
  const auto digits = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
  if (digits.empty() || !(connection::isDigit(digits.front()) || digits.front() == '.')) {
    return false;
  }
  const bool isInteger = connection::isNumber(digits);
  if (isInteger) {
    // Beyond 18 digits it is read as a floating-point number.
    return text.starts_with('+') || (digits.size() > 1 && digits.front() == '0') || digits.size() > 18;
  }
  if (digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b")) {
    return digits.find_first_not_of("0123456789abcdefABCDEF_", 2) == std::string_view::npos;
  }
  std::string plain;
  std::ranges::remove_copy(text, std::back_inserter(plain), '_');
  double number = 0;
  const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  return read.ec == std::errc() && read.ptr == plain.data() + plain.size() && fmt::format("{}", number) != text;
}

Error errorAt(const Yaml& value, std::string_view what) {
  return {fmt::format("{}: {}", value.where(), what)};
}

} // namespace whichbase::imports
