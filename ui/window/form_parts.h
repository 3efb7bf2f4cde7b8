// Small parts that forms are made of: fields in a monospaced font, captions, and problems below a field.
#pragma once

#include <QLabel>
#include <QLineEdit>

#include <vector>

class QFormLayout;

namespace whichbase::ui {

QLineEdit* monoField(QWidget* parent);
QLabel* captionLabel(QWidget* parent, const QString& text = {});
QLabel* problemLabel(QWidget* parent);

// Makes the labels of forms below each other equally wide, so that their fields stand in one column.
void alignLabels(const std::vector<QFormLayout*>& forms);

// Shows the problem in its row; takes the row away while there is none.
void showProblem(QFormLayout& rows, QLabel& label, const QString& problem);

} // namespace whichbase::ui
