// Brings definitions that PostgreSQL writes in two ways, though they mean the same, into one form. Pure functions.
#pragma once

#include "compare/schema.h"

namespace whichbase::compare {

// `version` is the server's: 150018.
//
// - varchar_column IN ('a', 'b') is stored, and written, as (ARRAY['a'::character varying, …])::text[] when it was
//   created, and as ARRAY[('a'::character varying)::text, …] after a pg_dump and psql. The latter is stable.
// - A view of one relation names it before each column up to PostgreSQL 15.
// - EXECUTE PROCEDURE, up to PostgreSQL 11, is EXECUTE FUNCTION.
void canonicalise(Object& object, int version);

} // namespace whichbase::compare
