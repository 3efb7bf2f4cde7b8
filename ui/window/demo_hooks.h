// What the window needs of the demo incident. The program hands it in, because the window knows no demo.
#pragma once

#include <QString>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace whichbase::ui {

struct DemoHooks {
  struct Started {
    QString projectFile;
    QString error; // why there is none: one sentence
  };
  // These two take seconds and run off the GUI thread.
  std::function<Started(std::stop_token)> start;
  std::function<QString(std::stop_token)> playActTwo; // empty, or what went wrong
  std::function<std::optional<std::string>(const std::string& name)> secret;
  std::function<void(const QString& file)> setBeforeSnapshot; // act one's recording, before act two
  explicit operator bool() const { return static_cast<bool>(start); }
};

} // namespace whichbase::ui
