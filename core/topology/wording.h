// How texts for people are put together: lists, counts, names of relations, letters.
#pragma once

#include "topology/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::topology {

std::string withCommas(std::int64_t number); // 51904 → "51,904"

// "1 server", "3 servers"; a plural that does not end in s is given.
std::string counted(std::size_t count, const std::string& noun, const std::string& plural = {});

// "A", "A and B", "A, B and C".
std::string inWords(const std::vector<std::string>& names);

// Like inWords, but at most `shown` of them: "A, B and 5 more".
std::string someOf(const std::vector<std::string>& names, std::size_t shown);

// "A", "B", … "Z", "AA", "AB", … for 0, 1, …
std::string letter(std::size_t index);

// "counted 40 seconds ago", where the exact number of users is older than the rest by more than 10 s; else empty.
std::string countAge(const Snapshot& snapshot, const Database& database);

// Why no server is on it here: "not in use here", "gone", or "not reached" where a server that was on it is not reached
// now, and may be using it.
std::string absenceText(const Snapshot& snapshot, const Database& ghost);

// Relations as people write them: public."User" becomes User, "audit_log" becomes audit_log, as long as no two of them
// would then read alike; those keep their schema.
std::vector<std::string> shortNames(const std::vector<std::string>& relations);

// "203.0.113.196:5432", "[::1]:5432"; "(no host)" where the string could not be read.
std::string endpointText(const MaskedConnection& connection);

// The server's first word where no other server starts with it: "Production" for Production Backend.
std::string shortServerName(const Snapshot& snapshot, const Server& server);

// An environment as a short word: PROD, STAGING, DEV, TEST; others upper-case, at most `longest` characters.
std::string environmentWord(std::string_view environment, std::size_t longest = std::string_view::npos);

// The sentence with a capital at its start.
std::string capitalised(std::string sentence);

} // namespace whichbase::topology
