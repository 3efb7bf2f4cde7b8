#include "window/compare_dialog.h"

#include "style/locale_text.h"
#include "window/look_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {
namespace {

constexpr std::size_t namedAtMost = 100;

// A recorded database has no rows to compare, and of its schema what was recorded.
std::expected<compare::ComparedSide, compare::Problem>
sideOf(const std::string& id, const topology::Snapshot& snapshot,
       const std::vector<std::pair<std::string, compare::Endpoint>>& endpoints) {
  for (const auto& [each, endpoint] : endpoints)
    if (each == id)
      return compare::ComparedSide(endpoint);
  const auto* database = snapshot.database(id);
  if (!database)
    return std::unexpected(compare::Problem{
        QObject::tr("no database of the letter %1 is known").arg(QString::fromStdString(id)).toStdString(),
        QObject::tr("Probe again.").toStdString()});
  auto schema = compare::schemaOf(*database, database->lastReachedAt.value_or(snapshot.finishedAt));
  if (!schema)
    return std::unexpected(schema.error());
  return compare::ComparedSide(std::move(*schema));
}

void addDifference(QTreeWidget& tree, const compare::SchemaDifference& difference,
                   const compare::DatabasesComparison& comparison) {
  using compare::DifferenceKind;
  const auto only = [](const std::string& name) { return QObject::tr("only in %1").arg(QString::fromStdString(name)); };
  auto* item = new QTreeWidgetItem(&tree);
  QString object = QString::fromStdString(toString(difference.object) + " " + difference.name);
  if (!difference.table.empty())
    object += QObject::tr(" of %1").arg(QString::fromStdString(difference.table));
  item->setText(0, object);
  item->setText(1, difference.kind == DifferenceKind::missing ? only(comparison.from)
                   : difference.kind == DifferenceKind::extra ? only(comparison.to)
                                                              : QObject::tr("different"));
  item->setText(2, QString::fromStdString(difference.from).simplified());
  item->setText(3, QString::fromStdString(difference.to).simplified());
  item->setToolTip(0, object);
  item->setToolTip(2, QString::fromStdString(difference.from));
  item->setToolTip(3, QString::fromStdString(difference.to));
  // Both definitions whole, and what it means, one click away.
  const auto addWhole = [&](const QString& head, const std::string& text) {
    if (text.empty())
      return;
    auto* child = new QTreeWidgetItem(item);
    child->setText(0, head + QString::fromStdString(text));
    child->setFirstColumnSpanned(true);
  };
  addWhole({}, difference.note);
  addWhole(QString::fromStdString(comparison.from) + QStringLiteral(": "), difference.from);
  addWhole(QString::fromStdString(comparison.to) + QStringLiteral(": "), difference.to);
}

QStringList asList(const std::vector<std::string>& texts) {
  QStringList list;
  for (const auto& text : texts)
    list += QString::fromStdString(text);
  return list;
}

QString rowsText(const compare::RowsResult& rows, const compare::DatabasesComparison& comparison) {
  if (const auto fact = compare::rowsFactOf(rows, comparison.from, comparison.to))
    return QString::fromStdString(toText(*fact));
  const QString counts =
      QObject::tr("%1 in %2, %3 in %4")
          .arg(localNumber(static_cast<std::int64_t>(rows.fromRows)), QString::fromStdString(comparison.from),
               localNumber(static_cast<std::int64_t>(rows.toRows)), QString::fromStdString(comparison.to));
  if (rows.keyColumns.empty())
    return counts + (!rows.sameChecksum   ? QObject::tr(": no common key, and whether they are the same is not known")
                     : *rows.sameChecksum ? QObject::tr(": no common key; the same rows as a whole")
                                          : QObject::tr(": no common key; not the same rows"));
  return QObject::tr("%1: %2 only in %3, %4 only in %5, %6 in both but not the same in the columns that both have")
      .arg(counts, localNumber(static_cast<std::int64_t>(rows.onlyInFrom)), QString::fromStdString(comparison.from),
           localNumber(static_cast<std::int64_t>(rows.onlyInTo)), QString::fromStdString(comparison.to),
           localNumber(static_cast<std::int64_t>(rows.different)));
}

QStringList keysOf(const std::vector<compare::NamedRow>& rows) {
  QStringList keys;
  for (const auto& row : rows)
    keys += asList(row.key).join(QStringLiteral(", "));
  return keys;
}

} // namespace

QString headlineOf(const compare::DatabasesComparison& comparison) {
  for (const auto& table : comparison.rows)
    if (table.result)
      return rowsText(*table.result, comparison);
  const QString from = QString::fromStdString(comparison.from);
  const QString to = QString::fromStdString(comparison.to);
  return comparison.different()  ? QObject::tr("%1 and %2 are different").arg(from, to)
         : comparison.compared() ? QObject::tr("%1 and %2 are equal in everything that was compared").arg(from, to)
                                 : QObject::tr("No difference was found, but not everything could be compared");
}

QString notesOf(const compare::DatabasesComparison& comparison) {
  QString html;
  QStringList rows;
  for (const auto& table : comparison.rows) {
    const QString relation = QString::fromStdString(table.result ? table.result->relation : table.relation);
    rows += (relation.isEmpty() ? QObject::tr("users") : relation) + QStringLiteral(": ") +
            (table.result ? rowsText(*table.result, comparison) : QString::fromStdString(table.result.error().text));
    if (table.result && !table.result->settled)
      rows.last() += QObject::tr(". Somebody was writing to %1 meanwhile.")
                         .arg(asList(table.result->writing).join(QObject::tr(" and ")));
  }
  html += toHtmlList(QObject::tr("Rows"), rows);
  for (const auto& table : comparison.rows)
    if (table.result) {
      const QString relation = QString::fromStdString(table.result->relation);
      const auto add = [&](const QString& head, const std::vector<compare::NamedRow>& named) {
        html += toHtmlList(QObject::tr("%1: keys %2").arg(relation, head), keysOf(named));
      };
      add(QObject::tr("only in %1").arg(QString::fromStdString(comparison.from)), table.result->namedOnlyInFrom);
      add(QObject::tr("only in %1").arg(QString::fromStdString(comparison.to)), table.result->namedOnlyInTo);
      add(QObject::tr("in both, not the same"), table.result->namedDifferent);
    }
  return html + toHtmlList(QObject::tr("Warnings"), asList(comparison.schema.warnings)) +
         toHtmlList(QObject::tr("Not compared"), asList(comparison.schema.notCompared));
}

CompareDialog::CompareDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme,
                             QWidget* parent)
    : LookDialog(controller, std::move(surroundings), theme, parent) {
  setWindowTitle(tr("Compare databases"));
  setMinimumSize(640, 460);
  resize(920, 640);
  makeQuestion();
  addProgressAndHeadline(tr("Both are only read."));
  makeResult();
  addButtons();
  setRunning(false);
  m_fromChoice->setFocus();
}

void CompareDialog::makeQuestion() {
  auto* grid = new QGridLayout;
  const auto addRow = [&](int row, const QString& caption, QWidget* field) {
    auto* label = new QLabel(caption, this);
    label->setBuddy(field);
    grid->addWidget(label, row, 0);
    grid->addWidget(field, row, 1);
  };
  m_fromChoice = new QComboBox(this);
  m_toChoice = new QComboBox(this);
  for (auto* choice : {m_fromChoice, m_toChoice}) {
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    fillDatabases(*choice, *surroundings().snapshot, theme());
  }
  m_toChoice->setCurrentIndex(m_toChoice->count() > 1 ? 1 : 0);
  m_tables = new QComboBox(this);
  m_tables->addItem(tr("The users"), static_cast<int>(compare::Tables::users));
  m_tables->addItem(tr("All tables that both have"), static_cast<int>(compare::Tables::all));
  m_tables->addItem(tr("These tables"), static_cast<int>(compare::Tables::named));
  m_tables->addItem(tr("No rows, the schemas alone"), static_cast<int>(compare::Tables::none));
  m_named = new QLineEdit(this);
  m_named->setPlaceholderText(tr("public.orders, messages"));
  m_named->setAccessibleName(tr("Tables to compare, with commas between"));
  m_keys = new QCheckBox(tr("Show &keys of rows that differ (at most %1; never other values)").arg(namedAtMost), this);
  m_keys->setObjectName(QStringLiteral("showKeys"));
  addRow(0, tr("&From"), m_fromChoice);
  addRow(1, tr("&To"), m_toChoice);
  addRow(2, tr("&Rows of"), m_tables);
  grid->addWidget(m_named, 3, 1);
  grid->addWidget(m_keys, 4, 1);
  m_compare = new QPushButton(tr("&Compare"), this);
  m_compare->setDefault(true);
  grid->addWidget(m_compare, 4, 2);
  grid->setColumnStretch(1, 1);
  column().addLayout(grid);
  for (auto* choice : {m_fromChoice, m_toChoice, m_tables})
    connect(choice, &QComboBox::currentIndexChanged, this, [this] { setRunning(false); });
  connect(m_compare, &QPushButton::clicked, this, &CompareDialog::compare);
}

void CompareDialog::makeResult() {
  m_differences = new QTreeWidget(this);
  m_differences->setAccessibleName(tr("Differences of the schemas"));
  m_differences->setColumnCount(4);
  m_differences->setHeaderLabels({tr("Object"), tr("Difference"), tr("In the first"), tr("In the second")});
  m_differences->header()->setSectionResizeMode(QHeaderView::Stretch);
  m_differences->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  column().addWidget(m_differences, 3);
  m_notes = new QTextBrowser(this);
  m_notes->setAccessibleName(tr("Rows, warnings, and what was not compared"));
  m_notes->setTabChangesFocus(true);
  column().addWidget(m_notes, 2);
}

void CompareDialog::setRunning(bool running) {
  const bool isNamed = m_tables->currentData().toInt() == static_cast<int>(compare::Tables::named);
  m_named->setVisible(isNamed);
  for (QWidget* each : std::initializer_list<QWidget*>{m_fromChoice, m_toChoice, m_tables, m_named, m_keys})
    each->setEnabled(!running);
  const bool areTwo = m_fromChoice->currentData() != m_toChoice->currentData();
  m_compare->setEnabled(!running && areTwo);
  m_compare->setToolTip(areTwo ? QString() : tr("Choose two databases: these are one."));
  LookDialog::setRunning(running);
}

void CompareDialog::choose(const std::string& from, const std::string& to) {
  m_fromChoice->setCurrentIndex(std::max(0, m_fromChoice->findData(QString::fromStdString(from))));
  m_toChoice->setCurrentIndex(std::max(0, m_toChoice->findData(QString::fromStdString(to))));
}

void CompareDialog::setTables(compare::Tables tables) {
  m_tables->setCurrentIndex(m_tables->findData(static_cast<int>(tables)));
}

compare::DatabasesRequest CompareDialog::request() const {
  compare::DatabasesRequest request;
  request.tables = static_cast<compare::Tables>(m_tables->currentData().toInt());
  if (request.tables == compare::Tables::named)
    for (const QString& each : m_named->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
      request.named.push_back(each.trimmed().toStdString());
  request.rows.keys = m_keys->isChecked() ? namedAtMost : 0;
  return request;
}

CompareDialog::Compared CompareDialog::carryOut(const Wish& wish, const std::stop_token& stop,
                                                const compare::OnDatabasesProgress& tell) {
  const auto endpoints = endpointsFor(wish.surroundings, stop);
  const auto from = sideOf(wish.from, *wish.surroundings.snapshot, endpoints);
  if (!from)
    return std::unexpected(from.error());
  const auto to = sideOf(wish.to, *wish.surroundings.snapshot, endpoints);
  if (!to)
    return std::unexpected(to.error());
  auto request = wish.request;
  // Of what was recorded only, no rows can be read.
  if (std::holds_alternative<compare::Schema>(*from) || std::holds_alternative<compare::Schema>(*to))
    request.tables = compare::Tables::none;
  probe::Connector connector(stop, wish.surroundings.request.routes);
  return compare::compareDatabases(*from, *to, wish.from, wish.to, request, connector, stop, tell);
}

void CompareDialog::compare() {
  m_from = chosenDatabase(*m_fromChoice);
  m_to = chosenDatabase(*m_toChoice);
  const Wish wish{surroundings(), m_from, m_to, request()};
  m_ofUsers = wish.request.tables == compare::Tables::users;
  m_differences->clear();
  m_notes->clear();
  const auto tell = [mailbox = mailbox(), this](const compare::DatabasesProgress& progress) {
    mailbox->post([this, progress] { showProgress(progress); });
  };
  look(
      tr("Reading the schemas…"), tr("Comparing…"),
      [wish, tell](const std::stop_token& stop) { return carryOut(wish, stop, tell); },
      [this](const Compared& compared) { show(compared); });
}

void CompareDialog::showProgress(const compare::DatabasesProgress& at) {
  if (at.relation.empty()) {
    progress().show(tr("Reading the schemas…"), 0, 0);
    return;
  }
  QString text = tr("%1: %2").arg(QString::fromStdString(at.relation), QString::fromStdString(at.rows.phase));
  if (at.tables > 1)
    text += tr(" (table %L1 of %L2)").arg(at.table + 1).arg(at.tables);
  if (const QString left = remainingText(at.rows.remaining); !left.isEmpty())
    text += QStringLiteral(", ") + left;
  progress().show(text, at.rows.done, at.rows.total);
}

void CompareDialog::tellRows(const compare::DatabasesComparison& comparison) {
  const auto* database = surroundings().snapshot->database(m_from);
  for (const auto& table : comparison.rows) {
    if (!table.result)
      continue;
    auto fact = compare::rowsFactOf(*table.result, m_from, m_to);
    if (!fact)
      continue;
    fact->ofUsers = m_ofUsers || (database && database->users && database->users->relation == fact->relation);
    Q_EMIT proven(*fact);
  }
}

void CompareDialog::show(const Compared& compared) {
  setRunning(false);
  m_differences->clear();
  if (!compared) {
    setHeadline(tr("Not compared: %1").arg(QString::fromStdString(compared.error().text)));
    m_notes->setPlainText(QString::fromStdString(compared.error().remedy));
  } else {
    setHeadline(headlineOf(*compared));
    m_differences->setHeaderLabels({tr("Object"), tr("Difference"),
                                    tr("In %1").arg(QString::fromStdString(compared->from)),
                                    tr("In %1").arg(QString::fromStdString(compared->to))});
    for (const auto& difference : compared->schema.differences)
      addDifference(*m_differences, difference, *compared);
    m_notes->setHtml(notesOf(*compared));
    setText(QString::fromStdString(toText(*compared)));
    tellRows(*compared);
  }
  Q_EMIT this->compared();
}

} // namespace whichbase::ui
