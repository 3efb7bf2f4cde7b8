// "Add servers" as a step that can be undone: they are taken away again by name, whatever else was changed since.
#pragma once

#include "window/document.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include <algorithm>

namespace whichbase::ui {

class AddServers : public QUndoCommand {
public:
  AddServers(Document& document, std::vector<project::Server> servers)
      : QUndoCommand(servers.size() == 1
                         ? QCoreApplication::translate("AddServers", "Add a server")
                         : QCoreApplication::translate("AddServers", "Add %1 servers").arg(servers.size())),
        m_document(document), m_servers(std::move(servers)) {}

  void undo() override {
    auto servers = m_document.m_project->servers;
    std::erase_if(servers, [&](const auto& server) {
      return std::ranges::find(m_servers, server.name, &project::Server::name) != m_servers.end();
    });
    m_document.setServers(std::move(servers));
  }
  void redo() override {
    auto servers = m_document.m_project->servers;
    servers.insert(servers.end(), m_servers.begin(), m_servers.end());
    m_document.setServers(std::move(servers));
  }

private:
  Document& m_document;
  std::vector<project::Server> m_servers;
};

} // namespace whichbase::ui
