#include "pdf_tools.h"

#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace whichbase::paper {

namespace {

std::string outputOf(const std::string& pdf, std::vector<std::string> command, const std::vector<std::string>& more) {
  const test::TemporaryFolder folder;
  command.push_back(folder.write("report.pdf", pdf).string());
  command.insert(command.end(), more.begin(), more.end());
  const auto result = test::runProgram(command);
  return result.exitCode == 0 && result.errors.empty() ? result.output : "FAILED: " + result.errors;
}

} // namespace

std::string textOf(const std::string& pdf) {
  return outputOf(pdf, {"pdftotext", "-layout"}, {"-"});
}

std::vector<std::string> textOfPages(const std::string& pdf) {
  std::vector<std::string> pages;
  std::istringstream text(textOf(pdf));
  for (std::string page; std::getline(text, page, '\f');)
    pages.push_back(page);
  return pages;
}

std::string infoOf(const std::string& pdf, const std::string& key) {
  std::istringstream info(outputOf(pdf, {"pdfinfo", "-isodates"}, {}));
  for (std::string line; std::getline(info, line);)
    if (line.starts_with(key + ":"))
      return line.substr(line.find_first_not_of(' ', key.size() + 1));
  return "";
}

std::string outlineOf(const std::string& pdf) {
  const std::string xml = outputOf(pdf, {"pdftohtml", "-xml", "-i", "-stdout"}, {});
  const auto begin = xml.find("<outline>");
  return begin == std::string::npos ? std::string() : xml.substr(begin);
}

std::string fontsOf(const std::string& pdf) {
  return outputOf(pdf, {"pdffonts"}, {});
}

int pagesOf(const std::string& pdf) {
  return std::atoi(infoOf(pdf, "Pages").c_str());
}

PdfWords wordsOf(const std::string& pdf) {
  static const std::regex page(R"re(<page width="([^"]*)" height="([^"]*)">)re");
  static const std::regex word(R"re(<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">(.*)</word>)re");
  PdfWords found;
  std::istringstream xml(outputOf(pdf, {"pdftotext", "-bbox"}, {"-"}));
  std::smatch match;
  for (std::string line; std::getline(xml, line);) {
    if (std::regex_search(line, match, page))
      found.pages.push_back({std::stod(match[1]), std::stod(match[2])});
    else if (std::regex_search(line, match, word))
      found.words.push_back({static_cast<int>(found.pages.size()) - 1, std::stod(match[1]), std::stod(match[2]),
                             std::stod(match[3]), std::stod(match[4]), match[5]});
  }
  return found;
}

std::vector<int> inkOf(const std::string& pdf) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("report.pdf", pdf);
  test::runProgram({"pdftoppm", "-r", "50", "-gray", file.string(), (folder.path() / "page").string()});
  std::vector<std::filesystem::path> pictures;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    if (entry.path().extension() == ".pgm")
      pictures.push_back(entry.path());
  std::ranges::sort(pictures);
  std::vector<int> ink;
  for (const auto& picture : pictures) {
    std::ifstream stream(picture, std::ios::binary);
    std::string magic;
    int width = 0, height = 0, most = 0;
    stream >> magic >> width >> height >> most;
    stream.get();
    const std::string pixels{std::istreambuf_iterator<char>(stream), {}};
    ink.push_back(static_cast<int>(std::ranges::count_if(pixels, [](char c) { return c != '\xff'; })));
  }
  return ink;
}

} // namespace whichbase::paper
