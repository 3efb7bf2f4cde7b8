#include "report/canvas.h"
#include "report/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whichbase::report {
namespace {

using Kind = Ink::Kind;
using Row = std::vector<std::string>;

std::vector<Row> rowsOf(const std::vector<connection::Reading>& readings) {
  const auto part = [](const std::optional<std::string>& text) { return text ? *text : std::string("-"); };
  std::vector<Row> rows{{"driver", "", "user", "host", "port", "database"}};
  for (const auto& reading : readings)
    rows.push_back({reading.driver, reading.accepts ? "reads" : "refuses", part(reading.user), part(reading.host),
                    part(reading.port), part(reading.dbname)});
  return rows;
}

std::vector<int> widthsOf(const std::vector<Row>& rows, Charset charset) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], displayWidth(row[i], charset));
  return widths;
}

// What all drivers read in one way is not always possible: some read no string with several hosts.
std::string safeUrlHeading(const std::string& maskedSafeUrl) {
  std::vector<std::string> readers;
  const auto readings = connection::readings(maskedSafeUrl);
  for (const auto& reading : readings)
    if (reading.accepts)
      readers.push_back(reading.driver);
  if (readers.size() == readings.size())
    return "Every driver reads this form the same way:";
  return fmt::format("This form is read the same way by {}; the others cannot read such a string:",
                     fmt::join(readers, ", "));
}

} // namespace

std::string toText(const std::vector<connection::Reading>& readings, const std::string& maskedSafeUrl,
                   const TextOptions& options) {
  Canvas sheet(options.ascii ? Charset::ascii : Charset::unicode);
  const auto rows = rowsOf(readings);
  const auto widths = widthsOf(rows, sheet.charset());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const connection::Reading* reading = r == 0 ? nullptr : &readings[r - 1];
    const int y = sheet.addLine(0, "");
    int x = 0;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const Ink verdict{reading && reading->accepts ? Kind::good : Kind::bad};
      sheet.put(x, y, rows[r][i], !reading ? Ink{Kind::bold} : i == 1 ? verdict : Ink{});
      x += widths[i] + 2;
    }
    if (reading && reading->problem)
      sheet.addWrapped(widths[0] + 2, std::max(options.columns, 40), *reading->problem, {Kind::dim});
  }
  if (!maskedSafeUrl.empty()) {
    sheet.addEmpty();
    sheet.addLine(0, safeUrlHeading(maskedSafeUrl), {Kind::bold});
    sheet.addLine(2, maskedSafeUrl);
  }
  return sheet.text(options.colour);
}

} // namespace whichbase::report
