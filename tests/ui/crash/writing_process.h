// A window in a process of its own that writes settings and a history as fast as it can, to be killed.
#pragma once

#include <QProcess>

#include <memory>
#include <optional>

namespace whichbase::test {

// Its settings are settings.ini and its history incident.whichbase, both in `folder`; it prints "writing" once it does.
std::unique_ptr<QProcess> startWritingProcess(const QString& folder);

// For main(): runs such a window where the arguments ask for one.
std::optional<int> runWritingProcess(int argc, char** argv);

} // namespace whichbase::test
