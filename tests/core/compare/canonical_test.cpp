// Definitions that PostgreSQL writes in two ways.
#include "compare/canonical.h"

#include <gtest/gtest.h>

namespace whichbase::compare {
namespace {

std::string canonical(ObjectKind kind, const std::string& definition, int version = 150000) {
  Object object{kind, "public.t", "x", definition};
  canonicalise(object, version);
  return object.definition;
}

TEST(Canonical, ACastOfAnArrayIsOneOfItsElements) {
  EXPECT_EQ(canonical(ObjectKind::check, "CHECK (((a)::text = ANY ((ARRAY['x, y'::character varying, "
                                         "'it''s (ok'::character varying(9)])::text[])))"),
            "CHECK (((a)::text = ANY (ARRAY[('x, y'::character varying)::text, "
            "('it''s (ok'::character varying(9))::text])))");
  for (const char* same :
       {"CHECK ((a = ANY (ARRAY['x'::text, 'y'::text])))", "CHECK ((b <> '(ARRAY[a])::text[]'::text))",
        "CHECK ((a = ANY ((ARRAY['x'::text])", "CHECK ((ARRAY[1])::integer)"})
    EXPECT_EQ(canonical(ObjectKind::check, same), same);
}

TEST(Canonical, AViewOfOneRelationNamesItNotBeforeEachColumn) {
  EXPECT_EQ(
      canonical(ObjectKind::view,
                "VIEW AS  SELECT users.name,\n    count(users.id) AS \"users.id\"\n   FROM public.users\n"
                "  WHERE (users.a = 'users.b'::text)\n  GROUP BY users.name;"),
      "VIEW AS SELECT name, count(id) AS \"users.id\" FROM public.users WHERE (a = 'users.b'::text) GROUP BY name");
  EXPECT_EQ(canonical(ObjectKind::view, "VIEW AS SELECT u.\"Name\" FROM public.\"User\" u"),
            "VIEW AS SELECT \"Name\" FROM public.\"User\" u");
  EXPECT_EQ(canonical(ObjectKind::view, "VIEW AS SELECT EXTRACT(year FROM t.at) AS y FROM public.t"),
            "VIEW AS SELECT EXTRACT(year FROM at) AS y FROM public.t");
  for (const char* same : {"VIEW AS SELECT a.x FROM (public.a JOIN public.b ON ((a.x = b.x)))",
                           "VIEW AS SELECT a.x FROM public.a, public.b",
                           "VIEW AS SELECT a.x FROM public.a WHERE (EXISTS ( SELECT 1 FROM public.b))"})
    EXPECT_EQ(canonical(ObjectKind::view, same), same);
  EXPECT_EQ(canonical(ObjectKind::view, "VIEW AS SELECT a.x FROM public.a", 160000),
            "VIEW AS SELECT a.x FROM public.a");
}

TEST(Canonical, ATriggersFunctionIsNoProcedure) {
  EXPECT_EQ(canonical(ObjectKind::trigger, "CREATE TRIGGER x … EXECUTE PROCEDURE public.f()", 110000),
            "CREATE TRIGGER x … EXECUTE FUNCTION public.f()");
}

} // namespace
} // namespace whichbase::compare
