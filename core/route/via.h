// What a project's `via` says: how a session gets from this computer to the address in the connection string. Pure
// text.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::route {

struct Via {
  enum class Kind {
    unstated, // from this computer; whether it sees the address as the server does is not known
    direct,   // from this computer, which is stated to see the address as the server does
    ssh,      // ssh -W, from where ssh logs in
    command,  // a command that joins its standard input and output to the database
  };
  Kind kind = Kind::unstated;
  std::vector<std::string>
      sshWords;        // ssh: what stands after "ssh": options and the destination, taken apart as a shell would
  std::string command; // command: what stands after "command ", for /bin/sh, with %h %p %%
  // The address is looked up and connected to from elsewhere: localhost means that place, names resolve there.
  bool isElsewhere() const { return kind == Kind::ssh || kind == Kind::command; }
  bool operator==(const Via&) const = default;
};

// The error is a sentence that says what is expected, without a file's name.
std::expected<Via, std::string> parseVia(std::string_view text);

// For texts: "ssh prod" by its host alone, the beginning of a command, "direct".
std::string nameOf(const Via& via);

// The command with %h, %p and %% replaced. Refuses any other %, and a host that a shell would not take for one word.
std::expected<std::string, std::string> expanded(std::string_view command, const std::string& host, int port);

// The words of a command line as a shell takes them apart, ~/ included; nothing where that needs a shell (pipes,
// variables, …) or a quote is not closed.
std::expected<std::vector<std::string>, std::string> shellWords(std::string_view text);
// The text as one word for a shell.
std::string shellQuoted(std::string_view text);

} // namespace whichbase::route
