// Takes the fingerprint of the users that one target leads to.
#pragma once

#include "history/fingerprint.h"
#include "history/secret_key.h"
#include "probe/plan.h"
#include "probe/user_keys.h"

#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::history {

// Reads the users' keys and hashes them; takes seconds where there are a million. `columns`: of the key to read, as an
// earlier fingerprint has it; empty: the primary key. Database's id and label are left to the caller.
std::expected<Fingerprint, probe::KeyProblem> takeFingerprint(const probe::Target& target, const SecretKey& key,
                                                              const std::vector<std::string>& columns,
                                                              std::stop_token stop,
                                                              std::shared_ptr<route::Routes> routes = {});

// The targets over which the snapshot's servers reached the database. `plan` is what the snapshot was made with, or a
// later one of the same project and side.
std::vector<const probe::Target*> targetsTo(const topology::Database& database, const topology::Snapshot& snapshot,
                                            const probe::Plan& plan);

// The same for a database of a snapshot, with its id and label, over the first of the targets that works and still
// leads to it.
std::expected<Fingerprint, probe::KeyProblem>
takeFingerprint(const topology::Database& database, const std::vector<const probe::Target*>& targets,
                const SecretKey& key, const std::vector<std::string>& columns, std::stop_token stop,
                std::shared_ptr<route::Routes> routes = {});

} // namespace whichbase::history
