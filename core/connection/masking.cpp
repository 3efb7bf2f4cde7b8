#include "connection/connection_string.h"
#include "connection/written.h"

namespace whichbase::connection {

std::string mask(std::string_view connectionString) {
  return covered(connectionString, secretSpans(connectionString));
}

bool passwordIsLiteral(std::string_view urlAsWritten) {
  return std::ranges::any_of(secretSpans(urlAsWritten), [&](const Span& span) {
    auto written = span.in(urlAsWritten);
    if (written.size() >= 2 && written.front() == '\'' && written.back() == '\'') {
      written = written.substr(1, written.size() - 2);
    }
    return variableLength(written, 0) == 0 || variableLength(written, 0) != written.size();
  });
}

} // namespace whichbase::connection
