// What the survey's script printed, taken apart, not yet judged. It holds passwords.
#pragma once

#include "import/container.h"

#include <map>
#include <optional>

namespace whichbase::imports {

struct Engine {
  std::string program; // one that the script looks for: "docker", "/snap/bin/docker"
  std::string refused; // why it does not answer
  // Its containers live where the computer itself cannot reach their addresses.
  bool isRootless = false;
  bool isDesktop = false;                     // in a virtual machine
  std::map<std::string, std::string> drivers; // network → "bridge", "overlay", …
  std::vector<Container> containers;
  bool isPodman() const { return program.ends_with("podman"); }
};

struct Process {
  int pid = 0;
  int parent = 0;
  std::string user; // numeric
  std::string networkNamespace;
  std::string pidNamespace;
  std::string folder;
  std::vector<std::string> arguments;
  std::vector<std::string> groups; // lines of /proc/PID/cgroup
  Variables variables;
};

struct Unit {
  std::string name; // "backend.service"
  int mainPid = 0;
  bool ofUser = false; // of the user's own systemd
};

struct SurveyText {
  std::vector<Engine> engines;
  std::vector<Process> processes;
  std::vector<Unit> units;
  std::string user; // who looked, numeric
  std::string networkNamespace;
  std::string pidNamespace;
  int unread = 0;     // processes of others
  int unreadable = 0; // containers whose description cannot be read
  bool hasProcesses = true;
  bool isCut = true; // it does not go to its end
  bool moreContainers = false;
  bool moreProcesses = false;
};

// Nothing where the script did not run. What a login shell says before it is left out.
std::optional<SurveyText> readSurveyText(std::string_view printed);

} // namespace whichbase::imports
