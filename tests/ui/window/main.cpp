#include "recording_process.h"
#include "support/qt_test_main.h"

int main(int argc, char** argv) {
  if (const auto code = whichbase::test::runRecordingProcess(argc, argv))
    return *code;
  return whichbase::tests::runQtTests(argc, argv);
}
