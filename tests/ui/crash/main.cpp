#include "support/qt_test_main.h"
#include "writing_process.h"

int main(int argc, char** argv) {
  if (const auto code = whichbase::test::runWritingProcess(argc, argv))
    return *code;
  return whichbase::tests::runQtTests(argc, argv);
}
