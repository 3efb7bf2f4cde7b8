// What is read of a schema, and how it is written.
#include "compare_fixture.h"
#include "everything.h"

#include <algorithm>

namespace whichbase::test {

using namespace compare;
using enum ObjectKind;

TEST(ReadSchema, EveryKindOfObjectIsRead) {
  const Schema schema = schemaOf(newDatabase(everything));
  EXPECT_EQ(schema.unread, std::vector<std::string>{});
  EXPECT_EQ(schema.encoding, "UTF8");
  for (int kind = 0; kind <= static_cast<int>(rule); ++kind)
    EXPECT_TRUE(std::ranges::any_of(schema.objects, [&](const Object& o) { return o.kind == ObjectKind(kind); }))
        << toString(ObjectKind(kind));
  EXPECT_EQ(definitionOf(schema, type, "public.mood"), "ENUM ('sad', 'it''s ok', 'happy')");
  EXPECT_EQ(definitionOf(schema, table, "public.orders"), "TABLE WITH (fillfactor=70); ROW LEVEL SECURITY");
  EXPECT_EQ(definitionOf(schema, column, "name"), "character varying(40) NOT NULL");
  EXPECT_EQ(definitionOf(schema, foreignKey, "orders_user_id_fkey"),
            "FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE DEFERRABLE");
  EXPECT_EQ(definitionOf(schema, check, "late"), "CHECK ((id > 0)) NOT VALID");
  EXPECT_EQ(definitionOf(schema, index, "totals_name"), "UNIQUE btree (name)");
  EXPECT_EQ(definitionOf(schema, sequence, "public.orders_id_seq"),
            "AS integer START 100 INCREMENT 10 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 OWNED BY public.orders.id");
  EXPECT_TRUE(definitionOf(schema, trigger, "watch").ends_with("EXECUTE FUNCTION public.refuse(); DISABLED"));
  EXPECT_EQ(definitionOf(schema, eventTrigger, "on_drop"),
            "ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION public.note_drop()");
  EXPECT_EQ(definitionOf(schema, rule, "keep"),
            "CREATE RULE keep AS ON DELETE TO public.orders WHERE (old.id < 10) DO INSTEAD NOTHING");
}

// A session's own settings must not decide how a constant is written.
TEST(ReadSchema, ARolesSettingsChangeNoDefinition) {
  const std::string database = newDatabase(everything);
  const Schema before = schemaOf(database);
  sql("postgres",
      "CREATE ROLE otherwise LOGIN SUPERUSER PASSWORD 'secret'; ALTER ROLE otherwise SET DateStyle = 'German';"
      "ALTER ROLE otherwise SET TimeZone = 'Asia/Kathmandu'; ALTER ROLE otherwise SET IntervalStyle = "
      "'iso_8601'; ALTER ROLE otherwise SET bytea_output = 'escape'; ALTER ROLE otherwise SET "
      "quote_all_identifiers = on; ALTER ROLE otherwise SET search_path = public, audit; "
      "ALTER ROLE otherwise SET extra_float_digits = -15");
  const Schema after = schemaOf(endpointOf(database, shared(), "otherwise", "secret"));
  EXPECT_EQ(before.objects, after.objects);
}

} // namespace whichbase::test
