// A file descriptor that is closed with its owner, and the pairs of them that join two processes.
#pragma once

#include <utility>

namespace whichbase::process {

class Descriptor {
public:
  explicit Descriptor(int number = -1) : m_number(number) {}
  Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_number, other.m_number);
    return *this;
  }
  ~Descriptor() { reset(); }
  int number() const { return m_number; }
  bool isOpen() const { return m_number >= 0; }
  void reset();

private:
  int m_number;
};

// Two connected sockets and not a pipe: writing to one whose reader has gone can be told not to raise SIGPIPE.
std::pair<Descriptor, Descriptor> socketPair();
// The end to read from, and the end to write to. Both pairs are closed in every program that is executed, and not open
// where this process has too many files open.
std::pair<Descriptor, Descriptor> pipePair();

// What a thread in poll() waits for to be woken by another one: readable from wake() on.
class Wakeup {
public:
  Wakeup();
  int descriptor() const { return m_event.number(); }
  void wake();

private:
  Descriptor m_event;
};

} // namespace whichbase::process
