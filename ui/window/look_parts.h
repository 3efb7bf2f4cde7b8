// Parts of the dialogs that look into databases: a choice of databases, and what is being done, with a way to end it.
#pragma once

#include "compare/endpoint.h"
#include "style/theme.h"
#include "window/document.h"

#include <QStringList>
#include <QWidget>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace whichbase::ui {

// By letter, colour and label. Those that did not answer are marked so. Keeps what is chosen where it is still there.
void fillDatabases(QComboBox& choice, const topology::Snapshot& snapshot, const Theme& theme);
std::string chosenDatabase(const QComboBox& choice); // its id

// A list below its head, for a text browser; nothing where it is empty. Everything is escaped.
QString toHtmlList(const QString& head, const QStringList& lines);

// How to get to the databases of what is shown, by id. Reads the project's configurations anew: not for the GUI thread.
std::vector<std::pair<std::string, compare::Endpoint>> endpointsFor(const Document::Surroundings& surroundings,
                                                                    const std::stop_token& stop);

// One row: what is being done, how far it is, and a button that ends it.
class LookProgress : public QWidget {
  Q_OBJECT
public:
  explicit LookProgress(QWidget* parent);
  void begin(const QString& doing);
  void show(const QString& doing, qint64 done, qint64 total); // total 0: not known
  void end();

Q_SIGNALS:
  void cancelled();

private:
  QProgressBar* m_bar;
  QLabel* m_doing;
  QPushButton* m_cancel;
};

// "about 3 min left"; empty where it is not known.
QString remainingText(const std::optional<std::chrono::milliseconds>& remaining);

} // namespace whichbase::ui
