// Host names to addresses under a deadline that the name service cannot break.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace whichbase::route {

struct Addresses {
  std::vector<std::string> numeric; // in the name service's order, each once; empty when it failed
  std::string problem;              // a sentence: "no such host: db.example.org"
  bool timedOut = false;
};

// Asks for each name once, on a detached thread of its own: getaddrinfo cannot be interrupted, so a hanging one is left
// behind. Safe for many threads; a resolver may be destroyed while threads of its own still hang.
class Resolver {
public:
  Addresses resolve(const std::string& host, std::chrono::steady_clock::time_point deadline);
  // Wakes everybody who waits; they get "cancelled".
  void stop();

private:
  struct Answer {
    bool done = false;
    Addresses addresses;
  };
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, Answer> answers;
    bool stopped = false;
  };
  std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
};

// "203.0.113.5" and "::1" need no name service.
bool isNumericAddress(const std::string& host);

} // namespace whichbase::route
