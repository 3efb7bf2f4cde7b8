// What was changed in the dialog of a project, as a step that can be undone: whole states, since the steps before and
// after it are of the same project, and a file that changed outside takes all of them away.
#pragma once

#include "model/project_change.h"
#include "window/document.h"

#include <QUndoCommand>

namespace whichbase::ui {

class EditProject : public QUndoCommand {
public:
  struct State {
    project::Project project;
    Document::BeforeSide before;
  };
  EditProject(Document& document, State previous, const project::Project& next)
      : QUndoCommand(changeText(previous.project, next)), m_document(document), m_previous(std::move(previous)),
        m_next(next) {}

  void undo() override { m_document.setProject(m_previous.project, m_previous.before); }
  void redo() override { m_document.setProject(m_next, m_previous.before); }

private:
  Document& m_document;
  State m_previous;
  project::Project m_next;
};

} // namespace whichbase::ui
