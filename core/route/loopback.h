// A listener on a loopback port that takes one connection, of this very user: on a computer with other users anybody
// may connect to such a port.
#pragma once

#include "process/descriptor.h"

namespace whichbase::route {

class LoopbackListener {
public:
  LoopbackListener(); // on 127.0.0.1, at a port that the kernel chooses
  bool isOpen() const { return m_socket.isOpen(); }
  int port() const { return m_port; }

  // Waits for a connection of this user's and stops listening. Whoever else connects is turned away, as often as it
  // comes, and waiting goes on. Not open when woken first.
  process::Descriptor accept(const process::Wakeup& wakeup);

private:
  process::Descriptor m_socket;
  int m_port = 0;
};

// The other end of a connection on 127.0.0.1 belongs to a process of this user, by the kernel's own table
// (/proc/net/tcp): it holds the user of each end. A process of the same user could as well read our memory.
bool isFromThisUser(int connection);

// Nothing went through it: nothing was sent, and what was received has not been read.
bool isUntouched(int connection);

} // namespace whichbase::route
