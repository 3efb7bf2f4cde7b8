#include "window/test_row_choice.h"

#include "model/view.h"
#include "style/theme.h"
#include "window/form_parts.h"

#include <QComboBox>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

// Of the database that most servers are on.
QString usersRelation(const topology::Snapshot& snapshot) {
  const topology::Database* best = nullptr;
  for (const auto& database : snapshot.databases)
    if (database.users && !database.users->relation.empty() &&
        (!best || snapshot.serversOn(database.id).size() > snapshot.serversOn(best->id).size()))
      best = &database;
  return best ? QString::fromStdString(best->users->relation) : QString();
}

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(textFont(13, QFont::DemiBold));
  return label;
}

// A caption below a radio button, in line with its text.
QLabel* explain(const QString& text, QWidget* parent) {
  auto* label = captionLabel(parent, text);
  label->setContentsMargins(25, 0, 0, 4);
  return label;
}

} // namespace

TestRowChoice::TestRowChoice(const topology::Snapshot& snapshot, QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(captionLabel(
      this, tr("A row is written through one server's connection, every server's own connection is watched until it "
               "sees it, then the row is deleted, and every server confirms that. Nothing is written before you have "
               "seen the SQL and pressed “Write the test row”.")));
  layout->addSpacing(8);
  auto* through = heading(tr("Written through"), this);
  layout->addWidget(through);
  m_writer = new QComboBox(this);
  m_writer->setAccessibleName(tr("Server through whose connection the row is written"));
  m_writer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  through->setBuddy(m_writer);
  fillServers(snapshot);
  layout->addWidget(m_writer);
  layout->addSpacing(8);
  layout->addWidget(heading(tr("Written into"), this));
  m_ownTable = new QRadioButton(tr("A table of its own, whichbase_canary"), this);
  layout->addWidget(m_ownTable);
  layout->addWidget(explain(tr("Created for it and dropped afterwards. No other table is touched."), this));
  const QString users = usersRelation(snapshot);
  m_usersTable = new QRadioButton(users.isEmpty() ? tr("The users table") : tr("The users table, %1").arg(users), this);
  m_usersTable->setEnabled(!users.isEmpty());
  layout->addWidget(m_usersTable);
  layout->addWidget(explain(users.isEmpty()
                                ? tr("No users table was found.")
                                : tr("By an INSERT that you complete. Its triggers run: they may send a mail."),
                            this));
  m_ownTable->setChecked(true);
  layout->addStretch(1);
  m_state = captionLabel(this);
  m_problem = problemLabel(this);
  layout->addWidget(m_state);
  layout->addWidget(m_problem);
  setLooking(false);
}

void TestRowChoice::fillServers(const topology::Snapshot& snapshot) {
  m_writer->addItem(tr("The first server that writes"), QString());
  for (const auto& server : snapshot.servers) {
    QStringList parts{QString::fromStdString(server.name)};
    if (!server.environment.empty())
      parts << QString::fromStdString(server.environment);
    if (const auto role = topology::toString(server.role); !role.empty())
      parts << QString::fromStdString(role);
    parts << (server.reached() ? tr("on %1").arg(letterOf(server.database)) : tr("not reached"));
    m_writer->addItem(parts.join(QStringLiteral(" · ")), QString::fromStdString(server.name));
  }
}

verify::TestRowWish TestRowChoice::wish() const {
  verify::TestRowWish wish;
  wish.place = m_usersTable->isChecked() ? verify::TestRowPlace::usersTable : verify::TestRowPlace::ownTable;
  wish.writer = m_writer->currentData().toString().toStdString();
  return wish;
}

void TestRowChoice::choose(const std::string& writer, verify::TestRowPlace place) {
  m_writer->setCurrentIndex(std::max(0, m_writer->findData(QString::fromStdString(writer))));
  if (place == verify::TestRowPlace::usersTable && m_usersTable->isEnabled())
    m_usersTable->setChecked(true);
  else
    m_ownTable->setChecked(true);
}

void TestRowChoice::setLooking(bool looking) {
  m_state->setText(looking ? tr("Looking at the catalog. Nothing is written…") : QString());
  m_state->setVisible(looking);
  if (looking)
    setProblem({});
  m_writer->setEnabled(!looking);
}

void TestRowChoice::setProblem(const QString& problem) {
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
}

void TestRowChoice::focusFirst() {
  m_writer->setFocus();
}

} // namespace whichbase::ui
