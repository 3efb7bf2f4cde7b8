// The SQL of resources/demo, embedded when the program is built. Each expects psql's variable `role`.
#pragma once

#include <string_view>

namespace whichbase::demo {

extern const std::string_view databaseSql;     // role and database; also wants `password`
extern const std::string_view sharedTablesSql; // the nine tables of both
extern const std::string_view localTablesSql;  // eight more, and the triggers
extern const std::string_view localRowsSql;    // wants `newest`, the time of LOCAL's newest user
extern const std::string_view externalRowsSql; // wants `newest`, too

} // namespace whichbase::demo
