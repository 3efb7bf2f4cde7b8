// A translation that is none: every text of the window in brackets and 40 % longer, so that what was not translated,
// and what has no room for longer words, is seen.
#pragma once

#include <QTranslator>

namespace whichbase::test {

class Bracketing : public QTranslator {
public:
  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

} // namespace whichbase::test
