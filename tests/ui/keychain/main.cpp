#include "keyring_session.h"
#include "support/qt_test_main.h"

namespace whichbase::test {

namespace {

KeyringSession* session = nullptr;

} // namespace

KeyringSession& keyringSession() {
  return *session;
}

} // namespace whichbase::test

int main(int argc, char** argv) {
  whichbase::test::KeyringSession ours;
  whichbase::test::session = &ours;
  return whichbase::tests::runQtTests(argc, argv);
}
