// How the servers hash the values of a row, so that equal values give equal hashes whatever the server's version,
// locale, encoding and settings. Private to core/compare.
//
// A column's hash is 64 bits of its value under the column's number, a row's hash is the mixed XOR of its columns'.
// PostgreSQL's own hash of a record will not do: it forgets the sign of a numeric and folds a bigint and a timestamp to
// 32 bits, so that 5 and -5 are one, and rows that swapped a value leave a sum of it unchanged.
#pragma once

#include "compare/rows_relation.h"

#include <string>

namespace whichbase::compare {

// Kinds of types whose values are hashed in one way. Columns of two kinds are compared as texts.
enum class ValueKind { integer, boolean, real, numeric, uuid, text };

ValueKind kindOf(const RelationColumn& column);
ValueKind commonKind(ValueKind first, ValueKind second);

// How a side's texts become the same bytes as the other side's.
enum class TextForm {
  asStored, // both databases have one encoding, or this one is UTF8 and the other one's are converted
  asUtf8,   // converted to UTF-8, which a database of single-byte encoding can hold
  asHex,    // of its UTF-8 bytes
};
struct TextForms {
  TextForm from = TextForm::asStored;
  TextForm to = TextForm::asStored;
};
TextForms textForms(const std::string& fromEncoding, const std::string& toEncoding);

struct Hashing {
  // PostgreSQL's extended hash functions; without them, 64 bits of SHA-256.
  bool builtIn = true;

  // Of the column `quoted` of the alias u; never NULL. `number` starts at 1 and is the same on both sides.
  std::string ofColumn(const std::string& quoted, ValueKind kind, int number, TextForm form) const;
  // Of an SQL expression of type bigint.
  std::string mixed(const std::string& bigint) const;
};

// Settings on which the text of a value depends, and those that keep our statements from more than one core.
extern const char* const hashingSettings;

// One row, one text: hashes of fixed samples. Two servers whose texts are equal hash alike.
std::string hashSampleStatement(const probe::Limits& limits);

} // namespace whichbase::compare
