// What there is where a test row is to be written, as the catalog tells it: read before anything is planned, and again
// just before anything is written.
#pragma once

#include "compare/problem.h"
#include "pg/session.h"
#include "probe/sweep.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

struct GroundTrigger {
  std::string name;
  std::string table; // quoted and schema-qualified
  bool before = false;
  bool insteadOf = false;
  bool onInsert = false;
  bool onDelete = false;
  bool isConstraint = false;
  std::string enabled; // pg_trigger.tgenabled: O, D, R, A
};

struct GroundReference { // a foreign key of another table that refers to the relation
  std::string name;
  std::string table;
  std::string onDelete;  // pg_constraint.confdeltype: a, r, c, n, d
  bool passesOn = false; // what it deletes there may be forbidden: triggers, rules or further foreign keys
};

struct GroundPublication {
  std::string name;
  bool inserts = false;
  bool deletes = false;
  bool isLimited = false; // to some rows or columns of the relation
};

struct GroundColumn {
  std::string name;     // quoted
  std::string type;     // as PostgreSQL writes it
  std::string base;     // pg_type.typname below all domains; "enum" for one; empty where it is not PostgreSQL's own
  std::string category; // pg_type.typcategory of the base
  std::string operatorSchema;      // quoted: where its = is
  bool isRequired = false;         // NOT NULL, without a default, not generated
  bool isWritable = false;         // not generated
  int most = 0;                    // characters; 0: no limit
  bool isUnique = false;           // by itself
  bool isKey = false;              // part of the primary key
  std::string firstLabel;          // of an enum
  std::string reference;           // the relation that a foreign key of it refers to
  std::vector<std::string> checks; // constraints that speak of it
  bool mayInsert = false;
  bool maySelect = false;
};

struct GroundEventTrigger {
  std::string name;
  std::string event;
  std::string enabled;
  std::vector<std::string> tags; // empty: all commands
};

struct GroundSchema {
  std::string name;                            // quoted
  std::string existingOwner;                   // of a whichbase_canary that is there already; empty: none
  std::string existingComment;                 // of that
  std::vector<std::string> cannotUse;          // of the roles asked about
  std::vector<GroundPublication> publications; // that a new table here is part of
};

// The session's settings and what concerns the whole database.
struct Ground {
  std::string replicationRole;           // session_replication_role
  std::vector<std::string> logicalSlots; // of this database
  // own table
  std::vector<GroundSchema> schemas; // where the role may create, the likeliest first
  std::vector<GroundEventTrigger> eventTriggers;
  bool hasPlpgsql = false;
  std::vector<std::string> grantees; // of the roles asked about: those that exist and need a grant, quoted
  // users table
  bool exists = false;
  std::string kind; // pg_class.relkind
  bool isUnlogged = false;
  bool rowSecurity = false; // row_security_active() of it or a part
  bool mayUseSchema = false;
  bool mayInsert = false;
  bool mayDelete = false;
  bool hasIdentityForDeletes = false;  // what publications need of a table that rows are deleted from
  std::vector<GroundTrigger> triggers; // of it and all its parts
  std::vector<std::string> rules;      // "name (INSERT)"
  std::vector<GroundReference> references;
  std::vector<GroundPublication> publications;
  std::vector<GroundColumn> columns;
  std::vector<std::string> sequences; // that an insert moves on
};

// For a table of our own: `roles` are those that have to read it, `usersRelation` may be empty.
std::expected<Ground, compare::Problem> readOwnTableGround(pg::Session& session, const probe::Target& target,
                                                           const std::vector<std::string>& roles,
                                                           const std::string& usersRelation, pg::TimePoint deadline);
// For the users table: `relation` is quoted and schema-qualified.
std::expected<Ground, compare::Problem> readUsersGround(pg::Session& session, const probe::Target& target,
                                                        const std::string& relation, pg::TimePoint deadline);

} // namespace whichbase::verify
