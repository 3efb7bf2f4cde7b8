// Each server's configured connection before and after, masked, with the part that differs.
#pragma once

#include "model/view.h"
#include "project/project.h"
#include "style/theme.h"

#include <QString>

#include <vector>

namespace whichbase::ui {

// One side's connection of one server.
struct ConnectionText {
  QString text;           // as written, masked; empty: none on this side
  QString safeUrl;        // masked; empty where it is the same as the text
  QString origin{};       // where it was read; empty: in the project itself
  QString route{};        // as the project says; empty: nothing said
  QString passwordFrom{}; // what supplied its password; empty: nothing
  bool operator==(const ConnectionText&) const = default;
};

struct ConnectionRow {
  QString server;
  ConnectionText before, after;
  QString environment{};
  QString note{}; // how drivers read it differently; what it lacks
  bool operator==(const ConnectionRow&) const = default;
};

// From the snapshots where they are known, else from what the project has configured; `project` may be null.
std::vector<ConnectionRow> connectionRows(const View& view, const project::Project* project);

// The part of `text` that is not at the beginning or end of `other`.
struct Difference {
  QString head, differs, tail;
  bool operator==(const Difference&) const = default;
};
Difference difference(const QString& text, const QString& other);

// What a link in the connections' text asks for: to copy one of them.
struct CopyRequest {
  QString server;
  topology::Side side = topology::Side::after;
  bool safe = false;
  bool operator==(const CopyRequest&) const = default;
};
QString toLink(const CopyRequest& request);
CopyRequest copyRequestOf(const QString& link);
// Such a link with another wish: to make the keychain forget the server's password. `safe` is of no meaning there.
bool isForgetLink(const QString& link);

QString connectionsHtml(const std::vector<ConnectionRow>& rows, bool hasBefore, const QString& selectedServer,
                        const Theme& theme);

} // namespace whichbase::ui
