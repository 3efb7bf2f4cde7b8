// What a PostgreSQL leaves in the system when it, or the program that started it, was killed.
#pragma once

#include <filesystem>

namespace whichbase::demo {

// Frees the shared memory that a killed PostgreSQL of this data folder still owns, by its postmaster.pid. Nothing where
// it ended in order.
void releaseSharedMemory(const std::filesystem::path& dataFolder);

// Ends a PostgreSQL that still runs on this data folder, and waits until it has.
void endPostgresOf(const std::filesystem::path& dataFolder);

} // namespace whichbase::demo
