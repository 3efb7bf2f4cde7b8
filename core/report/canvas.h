// A sheet of terminal cells to draw boxes and write text on; grows as it is written to.
#pragma once

#include "report/display_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::report {

// What a cell is written with; told by colour only on a terminal, never by colour alone.
struct Ink {
  enum class Kind { plain, bold, dim, good, warning, bad, database };
  Kind kind = Kind::plain;
  int database = 0; // for Kind::database: which colour of the databases' palette
  bool operator==(const Ink&) const = default;
};

class Canvas {
public:
  explicit Canvas(Charset charset) : m_charset(charset) {}

  Charset charset() const { return m_charset; }
  int rows() const { return static_cast<int>(m_rows.size()); }
  // Writes from column x on; returns the column after the text.
  int put(int x, int y, std::string_view text, Ink ink = {});
  // Paragraphs at the end: wrapped to `width`, indented by x; returns the number of lines.
  int addWrapped(int x, int width, std::string_view text, Ink ink = {});
  int addLine(int x, std::string_view text, Ink ink = {}); // not wrapped; returns its row
  void addEmpty();
  void paste(int x, int y, const Canvas& other);
  // Lines without spaces at their ends, each with '\n'.
  std::string text(bool colour) const;

private:
  struct Cell {
    std::string bytes = " "; // empty: the right half of a wide character
    Ink ink;
  };
  void set(int x, int y, Cell cell);

  Charset m_charset;
  std::vector<std::vector<Cell>> m_rows;
};

} // namespace whichbase::report
