#include "paper/typesetter.h"

#include "report/display_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace whichbase::paper {

namespace {

constexpr const char* textFonts = "Inter, DejaVu Sans, sans-serif";
constexpr const char* codeFonts = "DejaVu Sans Mono, monospace";
constexpr float lineSpacing = 1.12F;

double points(int units) {
  return static_cast<double>(units) / PANGO_SCALE;
}
int units(double inPoints) {
  return static_cast<int>(inPoints * PANGO_SCALE);
}

struct Range {
  guint start, end;
};

void add(PangoAttrList* list, PangoAttribute* attribute, Range range) {
  attribute->start_index = range.start;
  attribute->end_index = range.end;
  pango_attr_list_insert(list, attribute);
}

void addColour(PangoAttrList* list, Rgb colour, Range range) {
  const auto part = [&](int shift) { return static_cast<guint16>((colour >> shift & 0xFFU) * 0x101U); };
  add(list, pango_attr_foreground_new(part(16), part(8), part(0)), range);
}

// A badge's letters stand between blanks of its own ground.
constexpr std::string_view blank = "\u00A0";

struct Marked { // text with what Pango has to know about its parts
  struct Ground {
    Range range;
    Rgb colour;
  };
  std::string text;
  AttributesOwned attributes{pango_attr_list_new()};
  std::vector<Ground> grounds;

  Range append(std::string_view more) {
    const auto start = static_cast<guint>(text.size());
    text += more;
    return {start, static_cast<guint>(text.size())};
  }
};

void appendBadge(Marked& marked, const std::string& letters, Rgb colour, const TextStyle& style) {
  const Range range = marked.append(std::string(blank) + letters + std::string(blank));
  marked.grounds.push_back({range, colour});
  addColour(marked.attributes.get(), onInk(colour), range);
  add(marked.attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), range);
  add(marked.attributes.get(), pango_attr_size_new(units(style.size * 0.9)), range);
}

void appendRun(Marked& marked, const document::Run& run, const TextStyle& style) {
  using Style = document::Run::Style;
  const std::string text = cleanText(run.text);
  if (run.style == Style::database) {
    const Rgb colour = databaseInk(run.database);
    const std::string id = cleanText(run.database);
    const bool letterAlone = text == id || text.size() <= 2;
    appendBadge(marked, letterAlone || id.empty() ? text : id, colour, style);
    if (!letterAlone && !id.empty())
      addColour(marked.attributes.get(), colour, marked.append(std::string(blank) + text));
    return;
  }
  const Range range = marked.append(text);
  if (run.style == Style::strong)
    add(marked.attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), range);
  if (run.style == Style::code) {
    add(marked.attributes.get(), pango_attr_family_new(codeFonts), range);
    add(marked.attributes.get(), pango_attr_size_new(units(style.size * 0.9)), range);
  }
}

GOwned<PangoLayout> layoutOf(PangoContext* context, const Marked& marked, const TextStyle& style) {
  GOwned<PangoLayout> layout(pango_layout_new(context));
  const FontOwned font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), textFonts);
  pango_font_description_set_size(font.get(), units(style.size));
  pango_font_description_set_weight(font.get(), style.strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  // Sentences stay sentences where a name in them is written from right to left.
  pango_layout_set_auto_dir(layout.get(), 0);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout.get(), lineSpacing);
  pango_layout_set_text(layout.get(), marked.text.data(), static_cast<int>(marked.text.size()));
  pango_layout_set_attributes(layout.get(), marked.attributes.get());
  return layout;
}

Marked colouredOf(const document::Line& line, const TextStyle& style) {
  Marked marked;
  addColour(marked.attributes.get(), style.colour, {0, G_MAXUINT});
  // A hyphen within an address would be read as part of it.
  add(marked.attributes.get(), pango_attr_insert_hyphens_new(0), {0, G_MAXUINT});
  for (const document::Run& run : line)
    appendRun(marked, run, style);
  return marked;
}

std::vector<SetText::Badge> badgesIn(PangoLayoutLine* line, const std::vector<Marked::Ground>& grounds) {
  std::vector<SetText::Badge> badges;
  const int lineStart = line->start_index, lineEnd = line->start_index + line->length;
  for (const auto& [range, colour] : grounds) {
    const int start = std::max(lineStart, static_cast<int>(range.start));
    const int end = std::min(lineEnd, static_cast<int>(range.end));
    if (start >= end)
      continue;
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(line, start, end, &ranges, &count);
    const std::unique_ptr<int, GivenBack<g_free>> owned(ranges);
    for (int i = 0; i < count; ++i)
      badges.push_back({points(ranges[2 * i]), points(ranges[2 * i + 1]), colour});
  }
  return badges;
}

SetTextShared measured(GOwned<PangoLayout> layout, const std::vector<Marked::Ground>& grounds, double size) {
  auto set = std::make_shared<SetText>();
  set->size = size;
  using Iterator = std::unique_ptr<PangoLayoutIter, GivenBack<pango_layout_iter_free>>;
  const Iterator at(pango_layout_get_iter(layout.get()));
  do {
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(at.get());
    PangoRectangle rect;
    pango_layout_iter_get_line_extents(at.get(), nullptr, &rect);
    int top = 0, bottom = 0;
    pango_layout_iter_get_line_yrange(at.get(), &top, &bottom);
    set->lines.push_back({line, points(rect.x), points(pango_layout_iter_get_baseline(at.get())), points(top),
                          points(bottom), badgesIn(line, grounds)});
    set->width = std::max(set->width, points(rect.width));
  } while (pango_layout_iter_next_line(at.get()) != 0);
  set->layout = std::move(layout);
  return set;
}

// Pango lists four names that stand for whatever there is, even where there is nothing.
bool hasFonts(PangoFontMap* fonts) {
  static constexpr std::array<std::string_view, 4> standIns{"Sans", "Serif", "Monospace", "System-ui"};
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(fonts, &families, &count);
  const std::unique_ptr<PangoFontFamily*, GivenBack<g_free>> owned(families);
  return std::any_of(families, families + count, [](PangoFontFamily* each) {
    return std::ranges::find(standIns, pango_font_family_get_name(each)) == standIns.end();
  });
}

} // namespace

std::string cleanText(std::string_view text) {
  std::string clean;
  for (const report::Glyph& glyph : report::glyphs(text, report::Charset::unicode))
    clean += glyph.bytes;
  return clean;
}

std::expected<Typesetter, Error> Typesetter::create() {
  Typesetter setter;
  setter.m_fonts.reset(pango_cairo_font_map_new());
  if (!hasFonts(setter.m_fonts.get()))
    return std::unexpected(Error{"This computer has no font to write with: install one, for example the package "
                                 "fonts-dejavu-core, and try again"});
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(setter.m_fonts.get()), 72);
  setter.m_context.reset(pango_font_map_create_context(setter.m_fonts.get()));
  // Whatever language and screen this computer has, lines break alike.
  pango_context_set_language(setter.m_context.get(), pango_language_from_string("en"));
  pango_context_set_base_dir(setter.m_context.get(), PANGO_DIRECTION_LTR);
  const FontOptionsOwned options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(setter.m_context.get(), options.get());
  pango_context_set_round_glyph_positions(setter.m_context.get(), 0);
  return setter;
}

SetTextShared Typesetter::set(const document::Line& line, const TextStyle& style, double width, Align align) const {
  const Marked marked = colouredOf(line, style);
  auto layout = layoutOf(m_context.get(), marked, style);
  pango_layout_set_width(layout.get(), units(std::max(width, 1.0)));
  pango_layout_set_alignment(layout.get(), align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  return measured(std::move(layout), marked.grounds, style.size);
}

SetTextShared Typesetter::set(const std::string& text, const TextStyle& style, double width, Align align) const {
  return set(document::Line{{text}}, style, width, align);
}

SetTextShared Typesetter::setElided(const std::string& text, const TextStyle& style, double width) const {
  const Marked marked = colouredOf({{text}}, style);
  auto layout = layoutOf(m_context.get(), marked, style);
  pango_layout_set_width(layout.get(), units(std::max(width, 1.0)));
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  return measured(std::move(layout), {}, style.size);
}

double Typesetter::widthOf(const document::Line& line, const TextStyle& style) const {
  const auto layout = layoutOf(m_context.get(), colouredOf(line, style), style);
  PangoRectangle rect;
  pango_layout_get_extents(layout.get(), nullptr, &rect);
  return points(rect.width);
}

double Typesetter::widestWordOf(const document::Line& line, const TextStyle& style) const {
  const auto layout = layoutOf(m_context.get(), colouredOf(line, style), style);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
  pango_layout_set_width(layout.get(), 0);
  PangoRectangle rect;
  pango_layout_get_extents(layout.get(), nullptr, &rect);
  return points(rect.width);
}

} // namespace whichbase::paper
