// What joins a tunnel's connection to the database: a command of the project's, or ssh over a master connection.
#pragma once

#include "process/job.h"
#include "route/ssh_master.h"

#include <expected>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

namespace whichbase::route {

class Link {
public:
  virtual ~Link() = default;
  // Starts what has the connection as its standard input and output.
  virtual std::expected<std::unique_ptr<process::Job>, Problem> start(int connection, TimePoint deadline,
                                                                      const std::stop_token& stop) = 0;
  virtual bool mayBeRepeated() const { return false; }
  // It ended like this before anything went through: starting it once more may help.
  virtual bool isWorthRepeating(int, const std::string&) { return false; }
  // Why nothing came through it. May ask again elsewhere, until the deadline.
  virtual Problem explain(int exitCode, const std::string& errors, TimePoint deadline) = 0;
  virtual std::string name() const = 0;
};

class CommandLink : public Link {
public:
  CommandLink(std::string command, std::string name) : m_command(std::move(command)), m_name(std::move(name)) {}
  std::expected<std::unique_ptr<process::Job>, Problem> start(int connection, TimePoint deadline,
                                                              const std::stop_token& stop) override;
  Problem explain(int exitCode, const std::string& errors, TimePoint deadline) override;
  std::string name() const override { return m_name; }

private:
  const std::string m_command; // for /bin/sh
  const std::string m_name;
};

class SshLink : public Link {
public:
  SshLink(std::shared_ptr<SshMaster> master, std::string host, int port)
      : m_master(std::move(master)), m_host(std::move(host)), m_port(port) {}
  std::expected<std::unique_ptr<process::Job>, Problem> start(int connection, TimePoint deadline,
                                                              const std::stop_token& stop) override;
  bool mayBeRepeated() const override { return true; }
  bool isWorthRepeating(int exitCode, const std::string& errors) override;
  Problem explain(int exitCode, const std::string& errors, TimePoint deadline) override;
  std::string name() const override { return nameOf(m_master->via()); }

private:
  std::string reasonFromMaster() const;
  std::string reasonAlone(TimePoint deadline) const;

  const std::shared_ptr<SshMaster> m_master;
  const std::string m_host;
  const int m_port;
  std::mutex m_mutex;
  std::size_t m_position = 0; // in what the master says, when the forward was asked for
};

} // namespace whichbase::route
