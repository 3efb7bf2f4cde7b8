// Where a host name leads from inside a container, and how this computer gets to the same place through ssh.

#include "connection/characters.h"
#include "import/survey_candidates.h"
#include "route/resolver.h"
#include "route/via.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace whichbase::imports {
namespace {

using connection::Endpoint;

// A container that a name stands for, on a network that both are on.
struct Match {
  const Container* container = nullptr;
  std::string network;
};

bool isSame(std::string_view one, std::string_view other) {
  return connection::lowered(one) == connection::lowered(other);
}

// Docker's and podman's default networks have no name service.
bool hasNames(const Engine& engine, std::string_view network) {
  return network != (engine.isPodman() ? "podman" : "bridge");
}

class FromContainer {
public:
  FromContainer(const SshHost& host, const Engine& engine, const Container& container, const Endpoint& endpoint)
      : m_host(host), m_engine(engine), m_container(container), m_owner(ownerOf(container)),
        m_name(endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr) {}

  Way way() const {
    if (m_owner.networkMode == "none")
      return noted(fmt::format("{} has no network.", m_container.name));
    if (const auto extra = m_owner.extraHosts.find(m_name); extra != m_owner.extraHosts.end())
      return extra->second == "host-gateway" ? toHost() : toExtraHost();
    if (m_owner.networkMode == "host")
      return wayFromHost(m_host, {{"host", m_name}});
    if (m_name.starts_with('/') || m_name.starts_with('@') || m_name.empty())
      return noted(fmt::format("It leads to a Unix socket inside {}, which no route reaches: where that PostgreSQL "
                               "listens on TCP too, give the server a url with that address.",
                               m_container.name));
    if (connection::isThisComputer(m_name))
      return toItself();
    if (isSame(m_name, "host.docker.internal") || isSame(m_name, "host.containers.internal"))
      return toHost();
    return route::isNumericAddress(m_name) ? toAddress() : toName();
  }

private:
  const Container* byId(std::string_view id) const {
    const auto& all = m_engine.containers;
    const auto found = std::ranges::find_if(
        all, [&](const Container& each) { return each.name == id || (id.size() >= 12 && each.id.starts_with(id)); });
    return found == all.end() ? nullptr : &*found;
  }

  // The container whose network this one uses: itself, as a rule.
  const Container& ownerOf(const Container& container) const {
    const Container* owner = &container;
    for (int i = 0; i < 8 && owner->networkMode.starts_with("container:"); ++i) {
      const auto* next = byId(std::string_view(owner->networkMode).substr(10));
      if (next == nullptr)
        break;
      owner = next;
    }
    return *owner;
  }

  bool sharesItsNetwork() const {
    return &m_owner != &m_container || std::ranges::any_of(m_engine.containers, [&](const Container& other) {
      return &other != &m_container && &ownerOf(other) == &m_owner;
    });
  }

  std::string viaSsh() const { return "ssh " + m_host.words; }

  Way noted(std::string note) const { return {viaSsh(), {}, {}, std::move(note)}; }

  // Through nc inside the container: what it sees itself, whatever network that is.
  Way fromInside(const std::string& why) const {
    std::string host;
    for (const char c : m_host.words) // a command's % is one where it is doubled
      host += c == '%' ? std::string("%%") : std::string(1, c);
    return {"command " +
                onHost({host, m_host.name}, fmt::format("{} exec -i {} nc %h %p", m_engine.program, m_container.name)),
            {},
            {},
            fmt::format("{}, so the route goes through nc inside {}, which has to be there.", why, m_container.name)};
  }

  std::string inspect(std::string_view what, std::string_view object, std::string_view format,
                      std::string_view name) const {
    return onHost(m_host, fmt::format("{} {} inspect -f {} {}{}", m_engine.program, object, route::shellQuoted(format),
                                      name, what));
  }

  // The command that prints one of the words that the container's place on the network has: its address, its gateway.
  std::string placeOf(const Container& container, const std::string& network, std::string_view word) const {
    const bool isWord = std::ranges::all_of(network, connection::isWordCharacter);
    const auto format = isWord ? fmt::format("{{{{.NetworkSettings.Networks.{}.{}}}}}", network, word)
                               : fmt::format("{{{{(index .NetworkSettings.Networks \"{}\").{}}}}}", network, word);
    return inspect("", "container", format, container.name);
  }

  std::string addressOf(const Container& container, const std::string& network) const {
    const auto* attachment = container.attachedTo(network);
    const bool six = attachment != nullptr && attachment->isIpv6;
    return placeOf(container, network, six ? "GlobalIPv6Address" : "IPAddress");
  }

  // Why this engine's containers, or those on the network, cannot be reached from the computer itself; "" where they
  // can.
  std::string outOfReach(const std::string& network) const {
    if (m_engine.isRootless)
      return "The containers of a rootless engine have addresses that the computer itself cannot reach";
    if (m_engine.isDesktop)
      return "Docker Desktop's containers have addresses that the computer itself cannot reach";
    const auto driver = m_engine.drivers.find(network);
    constexpr std::array<std::string_view, 3> apart{"overlay", "macvlan", "ipvlan"};
    if (driver != m_engine.drivers.end() && std::ranges::find(apart, driver->second) != apart.end())
      return fmt::format("The computer itself cannot reach the addresses of {}, a network of the kind {}", network,
                         driver->second);
    return {};
  }

  Way toItself() const {
    if (!sharesItsNetwork() || m_owner.attachments.empty())
      return fromInside(fmt::format("{} is the container itself", shownText(m_name)));
    const auto& network = m_owner.attachments.front().network;
    if (const auto why = outOfReach(network); !why.empty())
      return fromInside(why);
    return {viaSsh(),
            addressOf(m_owner, network),
            {},
            fmt::format("{} is the network that {} shares with other containers, reached by the address of {}.",
                        shownText(m_name), m_container.name, m_owner.name)};
  }

  Way toHost() const {
    if (m_engine.isDesktop || m_engine.isRootless)
      return fromInside(fmt::format("{} is the computer as its containers see it", m_name));
    const auto note = fmt::format("{} is {} itself, at the address that containers see it by.", m_name, m_host.name);
    // Docker's own network does not always say its gateway; its device has that address.
    if (!m_engine.isPodman())
      return {viaSsh(), onHost(m_host, "ip -4 -o addr show docker0 | sed 's/.* inet //; s,/.*,,'"), {}, note};
    if (m_owner.attachments.empty())
      return noted(note);
    return {viaSsh(), placeOf(m_owner, m_owner.attachments.front().network, "Gateway"), {}, note};
  }

  // An address that was given with --add-host or extra_hosts: read again at every sweep.
  Way toExtraHost() const {
    const bool plain =
        std::ranges::all_of(m_name, [](char c) { return connection::isWordCharacter(c) || c == '-' || c == '.'; });
    if (!plain)
      return noted(fmt::format("{} is a name added to {}; add resolve by hand.", shownText(m_name), m_container.name));
    std::string pattern;
    for (const char c : m_name)
      pattern += c == '.' ? std::string("[.]") : std::string(1, c);
    return {viaSsh(),
            inspect(fmt::format(" | sed -n 's/^{}[:=]//p'", pattern), "container",
                    "{{range .HostConfig.ExtraHosts}}{{println .}}{{end}}", m_owner.name),
            {},
            fmt::format("{} is a name added to {}.", m_name, m_container.name)};
  }

  Way toAddress() const {
    for (const auto& other : m_engine.containers)
      for (const auto& attachment : other.attachments)
        if (attachment.address == m_name)
          if (const auto why = outOfReach(attachment.network); !why.empty())
            return fromInside(why);
    return {viaSsh(), {}, {}, {}};
  }

  bool isCalled(const Container& other, const Attachment& attachment, std::string_view name) const {
    const bool sameProject = !other.project.empty() && other.project == m_owner.project;
    return isSame(other.name, name) || (sameProject && isSame(other.service, name)) ||
           std::ranges::any_of(attachment.names, [&](const auto& each) { return isSame(each, name); });
  }

  std::vector<Match> matches() const {
    std::vector<Match> matches;
    for (const auto& [name, alias] : m_owner.links)
      if (const auto* linked = isSame(alias, m_name) || isSame(name, m_name) ? byId(name) : nullptr)
        for (const auto& attachment : m_owner.attachments)
          if (linked->attachedTo(attachment.network) != nullptr)
            matches.push_back({linked, attachment.network});
    for (const auto& own : m_owner.attachments) {
      const auto& network = own.network;
      auto name = m_name;
      if (name.ends_with("." + network)) // docker also knows NAME.NETWORK
        name.resize(name.size() - network.size() - 1);
      if (hasNames(m_engine, network))
        for (const auto& other : m_engine.containers)
          if (const auto* there = other.attachedTo(network); there != nullptr && isCalled(other, *there, name))
            matches.push_back({&other, network});
    }
    // One that runs first.
    if (const auto running =
            std::ranges::find_if(matches, [](const Match& match) { return match.container->isRunning; });
        running != matches.end())
      std::rotate(matches.begin(), running, matches.end());
    return matches;
  }

  Way toName() const {
    const auto all = matches();
    if (all.empty())
      return ofNobody();
    const auto& [container, network] = all.front();
    std::string note;
    if (!container->isRunning)
      note = fmt::format("{} is the container {}, which is not running.", m_name, container->name);
    std::vector<std::string> others;
    for (const auto& match : all)
      if (match.container != container && match.container->isRunning &&
          std::ranges::find(others, match.container->name) == others.end())
        others.push_back(match.container->name);
    if (!others.empty())
      note = fmt::format("{} is several containers ({}, {}): only the first of them is looked at.", m_name,
                         container->name, fmt::join(others, ", "));
    if (const auto why = outOfReach(network); !why.empty())
      return fromInside(why);
    Way way{viaSsh(), addressOf(*container, network), {}, note};
    if (const auto* own = m_owner.attachedTo(network); own != nullptr && !own->address.empty())
      way.client.push_back(own->address);
    return way;
  }

  Way ofNobody() const {
    if (m_owner.isSwarm)
      return fromInside(fmt::format("{} may be a service of the swarm", shownText(m_name)));
    Way way{viaSsh(), {}, {}, {}};
    if (connection::isSingleLabel(m_name))
      way.note = fmt::format("{} is no container on a network of {}: {} itself looks the name up.", shownText(m_name),
                             m_container.name, m_host.name);
    return way;
  }

  const SshHost& m_host;
  const Engine& m_engine;
  const Container& m_container;
  const Container& m_owner;
  std::string m_name;
};

} // namespace

Way wayFromContainer(const SshHost& host, const Engine& engine, const Container& container,
                     const connection::Parameters& parameters) {
  const auto endpoints = connection::endpoints(parameters);
  auto way = FromContainer(host, engine, container, endpoints.empty() ? Endpoint{} : endpoints.front()).way();
  if (endpoints.size() > 1) {
    way.resolve.clear();
    way.note =
        fmt::format("It names {} hosts: {} itself looks them up, not the container.", endpoints.size(), host.name);
  }
  return way;
}

} // namespace whichbase::imports
