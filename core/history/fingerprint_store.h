// Fingerprints in an incident's file: a table of their own beside what History keeps there. The file gets hashes and
// the secret key's public id; neither the key nor a value that was hashed.
#pragma once

#include "history/fingerprint.h"
#include "history/history.h"

#include <expected>
#include <filesystem>
#include <vector>

namespace whichbase::history {

// Adds one to a file that is there already (History::open makes it), whoever else has it open.
std::expected<void, Error> keepFingerprint(const Fingerprint& fingerprint, const std::filesystem::path& file);

// In the order in which they were kept; of a file on read-only media, too. One that is damaged is an error: what is
// missing in it would be taken for users that are missing.
std::expected<std::vector<Fingerprint>, Error> keptFingerprints(const std::filesystem::path& file);

} // namespace whichbase::history
