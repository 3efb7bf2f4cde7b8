#include "cli/commands.h"
#include "connection/connection_string.h"

int main(int argc, char** argv) {
  const auto dropped = whichbase::connection::dropPgEnvironment(); // before any thread
  return whichbase::cli::run(argc, argv, dropped);
}
