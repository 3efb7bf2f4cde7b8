#include "compare/rows_hash.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace whichbase::compare {
namespace {

// 64 bits of the SHA-256 of a text.
std::string sha(const std::string& text) {
  return fmt::format("('x' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({}, 'UTF8')), "
                     "'hex'), 16))::bit(64)::bigint",
                     text);
}

// The value as a text that tells it apart from every other value of its kind. 1.0 and 1.00 are one number.
std::string textOf(const std::string& value, ValueKind kind) {
  switch (kind) {
  case ValueKind::integer:
    return value + "::bigint::text";
  case ValueKind::real:
    return fmt::format("({}::float8 + 0)::text", value); // -0 is 0
  case ValueKind::numeric:                               // trim_scale() came with PostgreSQL 13
    return fmt::format("(CASE WHEN pg_catalog.scale({0}::numeric) > 0 THEN "
                       "pg_catalog.rtrim(pg_catalog.rtrim({0}::numeric::text, '0'), '.') ELSE {0}::numeric::text END)",
                       value);
  default:
    return value + "::text";
  }
}

std::string inForm(const std::string& value, TextForm form) {
  switch (form) {
  case TextForm::asUtf8: // read back as if it were no text of any encoding
    return fmt::format("pg_catalog.convert_from(pg_catalog.convert_to({}::text, 'UTF8'), 'SQL_ASCII')", value);
  case TextForm::asHex:
    return fmt::format("pg_catalog.encode(pg_catalog.convert_to({}::text, 'UTF8'), 'hex')", value);
  default:
    return value + "::text";
  }
}

std::string builtInHash(const std::string& value, ValueKind kind, int number, TextForm form) {
  switch (kind) {
  case ValueKind::integer: // all 64 bits of the seed count, where hashint8extended() would fold them
    return fmt::format("pg_catalog.hashint4extended({}, {}::bigint)", number, value);
  case ValueKind::boolean:
    return fmt::format("pg_catalog.hashint4extended({}, {}::int4::bigint)", number, value);
  case ValueKind::real:
    return fmt::format("pg_catalog.hashfloat8extended({}::float8, {})", value, number);
  case ValueKind::uuid:
    return fmt::format("pg_catalog.uuid_hash_extended({}, {})", value, number);
  default:
    return fmt::format("pg_catalog.hashtextextended({} COLLATE pg_catalog.\"C\", {})",
                       kind == ValueKind::numeric ? textOf(value, kind) : inForm(value, form), number);
  }
}

bool isSingleByte(const std::string& encoding) {
  return encoding.starts_with("LATIN") || encoding.starts_with("WIN") || encoding.starts_with("ISO_8859") ||
         encoding.starts_with("KOI8") || encoding == "SQL_ASCII";
}

} // namespace

ValueKind kindOf(const RelationColumn& column) {
  struct Known {
    std::string_view base;
    ValueKind kind;
  };
  static constexpr std::array known = {
      Known{"int2", ValueKind::integer}, Known{"int4", ValueKind::integer},    Known{"int8", ValueKind::integer},
      Known{"oid", ValueKind::integer},  Known{"bool", ValueKind::boolean},    Known{"float4", ValueKind::real},
      Known{"float8", ValueKind::real},  Known{"numeric", ValueKind::numeric}, Known{"uuid", ValueKind::uuid},
  };
  for (const auto& [base, kind] : known)
    if (column.base == base)
      return kind;
  return ValueKind::text;
}

ValueKind commonKind(ValueKind first, ValueKind second) {
  const auto isNumber = [](ValueKind kind) { return kind == ValueKind::integer || kind == ValueKind::numeric; };
  if (first == second)
    return first;
  return isNumber(first) && isNumber(second) ? ValueKind::numeric : ValueKind::text;
}

TextForms textForms(const std::string& fromEncoding, const std::string& toEncoding) {
  const auto known = [](const std::string& encoding) { return encoding == "UTF8" || isSingleByte(encoding); };
  if (fromEncoding == toEncoding)
    return {};
  if (!known(fromEncoding) || !known(toEncoding))
    return {TextForm::asHex, TextForm::asHex};
  const auto form = [](const std::string& encoding) {
    return encoding == "UTF8" ? TextForm::asStored : TextForm::asUtf8;
  };
  return {form(fromEncoding), form(toEncoding)};
}

std::string Hashing::ofColumn(const std::string& quoted, ValueKind kind, int number, TextForm form) const {
  const std::string value = "u." + quoted;
  const std::string hash =
      builtIn ? builtInHash(value, kind, number, form) : sha(fmt::format("('{}:' || {})", number, textOf(value, kind)));
  return fmt::format("coalesce({}, {})", hash, -1'000'003LL * number); // NULL is a value of its own
}

std::string Hashing::mixed(const std::string& bigint) const {
  return builtIn ? fmt::format("pg_catalog.hashint4extended(0, {})", bigint) : sha(fmt::format("({})::text", bigint));
}

const char* const hashingSettings =
    "SET LOCAL row_security = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; "
    "SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 3; SET LOCAL lc_monetary = 'C'; "
    "SET LOCAL quote_all_identifiers = off; ";

std::string hashSampleStatement(const probe::Limits& limits) {
  return probe::limitsText(limits) + hashingSettings + R"sql(
SELECT pg_catalog.concat_ws(' ',
 (SELECT pg_catalog.string_agg(pg_catalog.hashtextextended(pg_catalog.left(pg_catalog.repeat(
    'The quick brown fox jumps over the lazy dog; ', 3), n) COLLATE pg_catalog."C", n - 5)::text, ' ' ORDER BY n)
  FROM pg_catalog.generate_series(0, 61) n),
 (SELECT pg_catalog.string_agg(pg_catalog.hashint4extended(n, (n * 1234567890123 - 99))::text, ' ' ORDER BY n)
  FROM pg_catalog.generate_series(0, 9) n),
 (SELECT pg_catalog.string_agg(pg_catalog.hashfloat8extended(x, 7)::text, ' ' ORDER BY at)
  FROM pg_catalog.unnest('{0,-0,1,0.1,-1e300,1e-310,Infinity,-Infinity,NaN}'::float8[]) WITH ORDINALITY v(x, at)),
 pg_catalog.uuid_hash_extended('0123abcd-4567-89ab-cdef-0123456789ab', 3),
 (SELECT pg_catalog.string_agg(x::text, ' ' ORDER BY at)
  FROM pg_catalog.unnest('{0.1,1e-310,12345678.9}'::float8[]) WITH ORDINALITY v(x, at))))sql";
}

} // namespace whichbase::compare
