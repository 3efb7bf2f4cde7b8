#include "paper/paging.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace whichbase::paper {

namespace {

class Pager {
public:
  explicit Pager(const Setting& setting) : m_setting(setting) { begin(); }

  // As much of it as fits stands on one page.
  void place(std::span<const Element> together) {
    double needed = 0;
    for (const Element& each : together)
      needed += heightOf(each, needed == 0);
    if (needed > left() && needed <= m_setting.sheet.bodyHeight())
      end();
    for (const Element& each : together)
      std::visit([&](const auto& one) { add(one); }, each);
  }

  Paged finish() {
    end();
    return std::move(m_paged);
  }

private:
  static constexpr double asideHeight = 22;

  double left() const { return Sheet::top + m_setting.sheet.bodyHeight() - m_y; }
  bool atTop() const { return m_page.pieces.empty(); }

  // `first`: of those that are to be placed next.
  double heightOf(const Element& element, bool first) const {
    const auto* strip = std::get_if<Strip>(&element);
    if (strip == nullptr)
      return asideHeight;
    const bool top = first && atTop();
    return (top ? 0 : strip->gap) + strip->height +
           (strip->head && (top || strip->startsTable) ? strip->head->height + strip->head->gap : 0);
  }

  void begin() {
    m_page = Page{m_setting.sheet.width, m_setting.sheet.height};
    m_y = Sheet::top;
  }

  void end() {
    if (!atTop() || m_paged.pages.empty())
      m_paged.pages.push_back(std::move(m_page));
    std::ranges::move(m_asides, std::back_inserter(m_paged.pages));
    m_asides.clear();
    begin();
  }

  void add(const Strip& strip) {
    if (!atTop() && heightOf(Element{strip}, false) > left() + 0.01)
      end();
    const bool top = atTop();
    if (strip.head && (top || strip.startsTable)) {
      m_y += top ? 0 : strip.head->gap;
      draw(*strip.head);
    }
    m_y += top ? 0 : strip.gap;
    if (!strip.bookmark.empty())
      m_paged.bookmarks.push_back({strip.bookmark, m_paged.pages.size(), m_y});
    draw(strip);
  }

  void draw(const Strip& strip) {
    for (const Piece& piece : strip.pieces)
      m_page.pieces.push_back(moved(piece, Sheet::side, m_y));
    m_y += strip.height;
  }

  void add(const Aside& aside) {
    if (asideHeight > left())
      end();
    const std::size_t page = m_paged.pages.size() + 1 + m_asides.size() + 1;
    const std::string text = fmt::format("On page {}{}{}", page, aside.caption.empty() ? "" : ": ", aside.caption);
    const auto words = m_setting.type.setElided(text, {9, false, ink().faint}, m_setting.sheet.bodyWidth());
    draw({0, asideHeight, {wordsAt(words, 0, 7)}});
    for (const OwnPage& own : aside.pages)
      m_asides.push_back({own.width, own.height, own.pieces});
  }

  const Setting& m_setting;
  Paged m_paged;
  Page m_page;
  std::vector<Page> m_asides;
  double m_y = 0;
};

void addFeet(Paged& paged, const Typesetter& type, const std::string& title) {
  constexpr double numberRoom = 90;
  const TextStyle style{8, false, ink().faint};
  for (std::size_t i = 0; i < paged.pages.size(); ++i) {
    Page& page = paged.pages[i];
    const double width = page.width - 2 * Sheet::side, y = page.height - Sheet::bottom + 22;
    page.pieces.emplace_back(Patch{Sheet::side, y - 6, width, 0.6, ink().frame});
    page.pieces.emplace_back(wordsAt(type.setElided(title, style, width - numberRoom), Sheet::side, y));
    page.pieces.emplace_back(
        wordsAt(type.set(fmt::format("{} of {}", i + 1, paged.pages.size()), style, numberRoom, Align::right),
                page.width - Sheet::side - numberRoom, y));
  }
}

} // namespace

Paged paged(const Setting& setting, const std::vector<Element>& elements, const std::string& title) {
  Pager pager(setting);
  for (std::size_t first = 0; first < elements.size();) {
    std::size_t last = first;
    while (last + 1 < elements.size() && std::holds_alternative<Strip>(elements[last]) &&
           std::get<Strip>(elements[last]).staysWithNext)
      ++last;
    pager.place(std::span(elements).subspan(first, last + 1 - first));
    first = last + 1;
  }
  Paged result = pager.finish();
  addFeet(result, setting.type, title);
  return result;
}

} // namespace whichbase::paper
