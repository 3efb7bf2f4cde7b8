// "Keep as Before" as a step that can be undone: the recording stays on disk, the project names the one before again.
#pragma once

#include "window/document.h"

#include <QCoreApplication>
#include <QUndoCommand>

namespace whichbase::ui {

class KeepAsBefore : public QUndoCommand {
public:
  KeepAsBefore(Document& document, Document::BeforeSide previous, Document::BeforeSide next)
      : QUndoCommand(QCoreApplication::translate("KeepAsBefore", "Keep as Before")), m_document(document),
        m_previous(std::move(previous)), m_next(std::move(next)) {}

  void undo() override { m_document.setBefore(m_previous); }
  void redo() override { m_document.setBefore(m_next); }

private:
  Document& m_document;
  Document::BeforeSide m_previous, m_next;
};

} // namespace whichbase::ui
