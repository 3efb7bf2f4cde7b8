// A container as `docker inspect` or `podman inspect` tells of it: what matters for where its names lead.
#pragma once

#include "import/variables.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::imports {

// A container's place on a network.
struct Attachment {
  std::string network;
  std::string address;            // IPv4 where there is one; empty while the container does not run
  std::vector<std::string> names; // that the network's name service knows it by, its own name left out
  bool isIpv6 = false;            // of `address`
};

struct Container {
  std::string id;
  std::string name;
  bool isRunning = false;
  bool isPostgres = false; // its image is PostgreSQL's own
  Variables variables;
  std::string networkMode; // "host", "none", "container:ID", a network
  std::vector<Attachment> attachments;
  std::vector<std::pair<std::string, std::string>> links; // a container's name, and what it is called here
  std::map<std::string, std::string> extraHosts;          // name → address, or "host-gateway"
  std::string project;                                    // Compose's
  std::string service;
  bool isSwarm = false;

  const Attachment* attachedTo(std::string_view network) const;
};

// Nothing where it is no container, or its id or name is none that an engine gives.
std::optional<Container> readContainer(std::string_view json);

// The texts of a JSON list; one that cannot be read, where the whole cannot.
std::vector<std::string> containersIn(std::string_view jsonList);

// Letters, digits, and _.- not in front: what the engines take for the name of a container, network or volume.
bool isEngineName(std::string_view text);
// What a shell takes for the name of a variable.
bool isVariableName(std::string_view text);

} // namespace whichbase::imports
