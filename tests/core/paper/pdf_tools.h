// What Poppler's programs say of a PDF.
#pragma once

#include <string>
#include <vector>

namespace whichbase::paper {

std::string textOf(const std::string& pdf);                         // pdftotext -layout
std::vector<std::string> textOfPages(const std::string& pdf);       // the same, page by page
std::string infoOf(const std::string& pdf, const std::string& key); // pdfinfo's "Pages": "8"
std::string fontsOf(const std::string& pdf);                        // pdffonts
std::string outlineOf(const std::string& pdf); // the bookmarks as XML: <item page="1">Summary</item>
int pagesOf(const std::string& pdf);

struct PdfWord {
  int page = 0; // from 0
  double left = 0, top = 0, right = 0, bottom = 0;
  std::string text;
};
struct PdfPage {
  double width = 0, height = 0;
};
struct PdfWords {
  std::vector<PdfPage> pages;
  std::vector<PdfWord> words;
};
PdfWords wordsOf(const std::string& pdf); // pdftotext -bbox

// How many pixels of each page are not white, at 50 dots per inch: pdftoppm -r 50 -gray.
std::vector<int> inkOf(const std::string& pdf);

} // namespace whichbase::paper
