// A database with every kind of object that a comparison knows, and the ones that are easily told wrongly.
#pragma once

namespace whichbase::test {

extern const char* const everything;

} // namespace whichbase::test
