#include "report/prompts_form.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {
constexpr int shownLines = 4;
} // namespace

PromptsForm::PromptsForm(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("content"));
  m_layout->setContentsMargins(2, 2, 8, 2);
  m_layout->setSpacing(6);
  m_layout->addStretch(1);
}

PromptsForm::Row PromptsForm::makeRow(const document::Prompt& prompt) {
  Row row{new QLabel(this), new QPlainTextEdit(this)};
  row.question->setWordWrap(true);
  row.question->setBuddy(row.answer);
  row.answer->setTabChangesFocus(true);
  row.answer->setObjectName(QStringLiteral("prompt-") + QString::fromStdString(prompt.key));
  row.answer->setFixedHeight(row.answer->fontMetrics().lineSpacing() * shownLines + 22);
  row.answer->setPlaceholderText(tr("Still to be written"));
  connect(row.answer, &QPlainTextEdit::textChanged, this,
          [this, key = prompt.key, answer = row.answer] { Q_EMIT written(key, answer->toPlainText()); });
  return row;
}

void PromptsForm::setPrompts(const std::vector<document::Prompt>& prompts) {
  const auto isAsked = [&](const std::string& key) {
    return std::ranges::find(prompts, key, &document::Prompt::key) != prompts.end();
  };
  for (auto& [key, row] : m_rows)
    if (!isAsked(key)) {
      row.question->deleteLater();
      row.answer->deleteLater();
    }
  std::erase_if(m_rows, [&](const auto& each) { return !isAsked(each.first); });
  int at = 0;
  for (const auto& prompt : prompts) {
    auto& row = m_rows[prompt.key];
    if (!row.answer)
      row = makeRow(prompt);
    const QString question = QString::fromStdString(prompt.question);
    row.question->setText(question);
    row.answer->setAccessibleName(question);
    if (const QString text = QString::fromStdString(prompt.written);
        !row.answer->hasFocus() && row.answer->toPlainText() != text) {
      const QSignalBlocker quiet(row.answer);
      row.answer->setPlainText(text);
    }
    m_layout->insertWidget(at++, row.question);
    m_layout->insertWidget(at++, row.answer);
  }
}

QPlainTextEdit* PromptsForm::field(const std::string& key) const {
  const auto row = m_rows.find(key);
  return row == m_rows.end() ? nullptr : row->second.answer;
}

} // namespace whichbase::ui
