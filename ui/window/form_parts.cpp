#include "window/form_parts.h"

#include "style/theme.h"

#include <QFormLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

// QLabel wants a short text in two lines, however much room there is.
class WrappedLabel : public QLabel {
public:
  using QLabel::QLabel;
  QSize sizeHint() const override {
    const int wide = fontMetrics().averageCharWidth() * 76;
    return {std::min(wide, fontMetrics().horizontalAdvance(text()) + 4), heightForWidth(wide)};
  }
  QSize minimumSizeHint() const override { return {fontMetrics().averageCharWidth() * 20, fontMetrics().height()}; }
};

QLabel* wrapped(QWidget* parent, const QString& text, const char* look) {
  auto* label = new WrappedLabel(text, parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setProperty(look, true);
  return label;
}

} // namespace

QLineEdit* monoField(QWidget* parent) {
  auto* field = new QLineEdit(parent);
  field->setFont(monoFont(12.5));
  return field;
}

QLabel* captionLabel(QWidget* parent, const QString& text) {
  return wrapped(parent, text, "caption");
}

QLabel* problemLabel(QWidget* parent) {
  return wrapped(parent, {}, "problem");
}

void alignLabels(const std::vector<QFormLayout*>& forms) {
  std::vector<QWidget*> labels;
  int widest = 0;
  for (auto* form : forms) {
    form->setHorizontalSpacing(9);
    for (int row = 0; row < form->rowCount(); ++row)
      if (const auto* item = form->itemAt(row, QFormLayout::LabelRole)) {
        labels.push_back(item->widget());
        widest = std::max(widest, item->widget()->sizeHint().width());
      }
  }
  for (auto* label : labels)
    label->setMinimumWidth(widest);
}

void showProblem(QFormLayout& rows, QLabel& label, const QString& problem) {
  label.setText(problem.isEmpty() ? problem : problem.front().toUpper() + problem.mid(1));
  rows.setRowVisible(&label, !problem.isEmpty());
}

} // namespace whichbase::ui
