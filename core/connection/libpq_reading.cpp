#include "connection/libpq_reading.h"

#include <libpq-fe.h>

#include <memory>

namespace whichbase::connection {

LibpqReading readByLibpq(const std::string& text) {
  LibpqReading result;
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(text.c_str(), &message),
                                                                             &PQconninfoFree);
  if (message != nullptr) {
    result.message = message;
    PQfreemem(message);
  }
  if (!options) {
    return result;
  }
  result.accepts = true;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      result.parameters.emplace_back(option->keyword, option->val);
    }
  }
  return result;
}

} // namespace whichbase::connection
