// Pictures of widgets, to be looked at: WHICHBASE_PICTURES names the folder. They are always rendered, and checked for
// labels that are cut.
#pragma once

#include "model/view.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPixmap>
#include <QWidget>

#include <gtest/gtest.h>

#include <string>

namespace whichbase::test {

inline ui::View oneSide(topology::Snapshot snapshot) {
  return ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(std::move(snapshot)));
}

inline ui::View bothSides(topology::Snapshot before, topology::Snapshot after) {
  auto view = ui::makeView(std::make_shared<const topology::Snapshot>(std::move(before)),
                           std::make_shared<const topology::Snapshot>(std::move(after)));
  view.beforeRecorded = true;
  return view;
}

inline void save(const QWidget& widget, const std::string& name) {
  const QByteArray folder = qgetenv("WHICHBASE_PICTURES");
  if (folder.isEmpty())
    return;
  const QString file = QStringLiteral("%1/%2.png").arg(QString::fromLocal8Bit(folder), QString::fromStdString(name));
  ASSERT_TRUE(const_cast<QWidget&>(widget).grab().save(file)) << file.toStdString();
}

// A label that neither wraps nor elides must have room for its text; so must a button.
inline void expectNothingCut(const QWidget& window, const std::string& scene) {
  for (const auto* label : window.findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty() ||
        label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
      continue;
    const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    EXPECT_GE(label->height() + 1, needed) << scene << ": " << label->text().toStdString();
    if (!label->wordWrap()) {
      EXPECT_GE(label->width() + 1, label->sizeHint().width()) << scene << ": " << label->text().toStdString();
    }
  }
  for (const auto* button : window.findChildren<QAbstractButton*>())
    if (button->isVisible() && !button->text().isEmpty()) {
      EXPECT_GE(button->width() + 1, button->minimumSizeHint().width())
          << scene << ": " << button->text().toStdString();
    }
}

} // namespace whichbase::test
