// What a PostgreSQL leaves in the system when it, or the program that started it, was killed.
#pragma once

#include <filesystem>

namespace whichbase::demo {

// Frees the shared memory that a killed PostgreSQL of this data folder still owns, by its postmaster.pid. Nothing where
// it ended in order.
void releaseSharedMemory(const std::filesystem::path& dataFolder);

// Ends every process that works in this folder or below it, as PostgreSQL does in its data folder, and waits until all
// have ended.
void endProcessesIn(const std::filesystem::path& folder);

} // namespace whichbase::demo
