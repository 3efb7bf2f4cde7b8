// A window in a process of its own that watches a project and records it, to be killed: this test program, started
// with other arguments, because the program itself watches nothing before somebody chooses to.
#pragma once

#include <QProcess>

#include <memory>
#include <optional>

namespace whichbase::test {

// Watches every second, with its temporary files in `folder`, until it is killed. It is when the process is destroyed.
std::unique_ptr<QProcess> startRecordingProcess(const QString& projectFile, const QString& folder);

// For main(): runs such a window where the arguments ask for one.
std::optional<int> runRecordingProcess(int argc, char** argv);

} // namespace whichbase::test
