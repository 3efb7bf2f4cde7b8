// An ssh server on loopback with keys of its own, and a client configuration that knows only it: the machine's own ssh
// settings play no part.
#pragma once

#include "process/child_process.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

class Sshd {
public:
  struct Options {
    bool allowForwarding = true;             // AllowTcpForwarding
    std::string path{};                      // PATH of the commands run there; empty: the usual one
    std::vector<std::string> lines{};        // more lines of sshd_config: "MaxStartups 5", "ForceCommand …"
    std::vector<std::string> clientLines{};  // more lines of ssh_config for the host
    std::string listenAddress = "127.0.0.1"; // where it listens and where ssh finds it
    std::vector<std::string> runInside{};    // what runs sshd: {"ip", "netns", "exec", "NAME"}; empty: nothing
  };
  // Null where it cannot be started; the reason is then in `problem`.
  static std::unique_ptr<Sshd> start(const Options& options, std::string& problem);
  ~Sshd();
  Sshd(const Sshd&) = delete;
  Sshd& operator=(const Sshd&) = delete;

  // What stands after "ssh" to log in there: "-F /tmp/…/ssh_config prod".
  std::string words() const;
  std::string via() const { return "ssh " + words(); }
  int port() const { return m_port; }
  std::filesystem::path folder() const { return m_folder; }

  int logins() const;        // accepted so far, by its own log
  std::string log() const;   // whole
  void forgetHostKey();      // the client does not know the host any more
  void changeKnownHostKey(); // the client remembers another key for the host
  void refuseUser();         // the user's key is no longer accepted
  void endConnections();     // kills what serves the connections; it goes on listening
  void stop();               // kills it, with its connections

private:
  Sshd() = default;
  void writeClientConfig(const Options& options) const;
  void writeServerConfig(const Options& options) const;
  int m_port = 0;
  std::filesystem::path m_folder;
  std::string m_address;
  std::unique_ptr<process::ChildProcess> m_process;
};

} // namespace whichbase::test
