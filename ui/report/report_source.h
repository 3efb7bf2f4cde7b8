// What a report in the window is made of: values that another thread may own.
#pragma once

#include "document/incident.h"
#include "model/view.h"

#include <QString>

#include <map>
#include <memory>
#include <string>

namespace whichbase::ui {

struct ReportSource {
  View view; // not empty
  std::shared_ptr<const history::Overview> overview;
  std::map<std::string, std::string> written; // by the prompts' keys
};

// Copies what it holds: not for the GUI thread where there are many servers. A replayed moment knows nothing of what
// came after it.
document::Incident incidentOf(const ReportSource& source);

// "TovPlay", for the names of files: without what a file's name cannot hold; never empty.
QString fileNameOf(const View& view);

} // namespace whichbase::ui
