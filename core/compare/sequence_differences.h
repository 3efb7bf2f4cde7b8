// Where sequences stand on both sides, and what that means for the next insert. Private to core/compare.
#pragma once

#include "compare/schema_differences.h"

namespace whichbase::compare {

// Adds to differences, warnings and notes.
void compareSequences(const Schema& from, const Schema& to, const std::string& fromName, const std::string& toName,
                      SchemaComparison& result);

} // namespace whichbase::compare
