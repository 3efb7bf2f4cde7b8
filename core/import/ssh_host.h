// What a user types for an ssh host, and command lines made for there.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace whichbase::imports {

struct SshHost {
  std::string words; // for a shell, behind "ssh": "-p 2222 me@prod"
  std::string name;  // to show: "prod"
  bool operator==(const SshHost&) const = default;
};

// Takes a leading "ssh" off. The error is a sentence.
std::expected<SshHost, std::string> readSshHost(const std::string& typed);

// The command line for /bin/sh that runs `remote` in a shell on the host: ssh hands its words to a shell there, which
// takes them apart once more, so `remote` goes as one word.
std::string onHost(const SshHost& host, std::string_view remote);

} // namespace whichbase::imports
