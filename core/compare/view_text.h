// The text of a view as PostgreSQL 16 and later write it. Private to core/compare.
#pragma once

#include <string>

namespace whichbase::compare {

// PostgreSQL before 16 writes SELECT users.name FROM public.users, later ones SELECT name FROM public.users, where a
// query has one relation and no other query in it. The text in one line; one of any other query comes back as it is.
std::string withoutPrefixes(const std::string& text);

} // namespace whichbase::compare
