// The questions of a report that need somebody's judgement, each with a field to write in.
#pragma once

#include "document/report.h"

#include <QWidget>

#include <map>

class QLabel;
class QPlainTextEdit;
class QVBoxLayout;

namespace whichbase::ui {

class PromptsForm : public QWidget {
  Q_OBJECT
public:
  explicit PromptsForm(QWidget* parent = nullptr);

  // Fields that are still asked for stay the same ones, and what is being written in them stays.
  void setPrompts(const std::vector<document::Prompt>& prompts);
  QPlainTextEdit* field(const std::string& key) const; // null: not asked for

Q_SIGNALS:
  void written(const std::string& key, const QString& text);

private:
  struct Row {
    QLabel* question = nullptr;
    QPlainTextEdit* answer = nullptr;
  };
  Row makeRow(const document::Prompt& prompt);

  QVBoxLayout* m_layout;
  std::map<std::string, Row> m_rows;
};

} // namespace whichbase::ui
