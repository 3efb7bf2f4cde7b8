#include "window/test_row_sql.h"

#include "window/form_parts.h"
#include "window/sign.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

QPlainTextEdit* sqlField(QWidget* parent, const QString& name) {
  auto* field = new QPlainTextEdit(parent);
  field->setFont(monoFont(12.5));
  field->setTabChangesFocus(true);
  field->setAccessibleName(name);
  field->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  return field;
}

QString statement(const std::string& sql) {
  QString text = q(sql).trimmed();
  return text.endsWith(QLatin1Char(';')) ? text : text + QLatin1Char(';');
}

// In the order in which it runs, under who runs it.
QString script(const verify::TestRowPlan& plan, bool withInsert) {
  const auto comment = [](const QString& text) { return QStringLiteral("-- %1").arg(text); };
  QStringList lines;
  if (!plan.createSql.empty() || withInsert)
    lines << comment(TestRowSql::tr("through %1").arg(q(plan.writer)));
  if (!plan.createSql.empty())
    lines << statement(plan.createSql);
  if (withInsert)
    lines << statement(plan.insertSql);
  lines << QString() << comment(TestRowSql::tr("every server's own connection, until it sees the row"))
        << statement(plan.seeSql) << QString() << comment(TestRowSql::tr("through %1").arg(q(plan.writer)))
        << statement(plan.deleteSql);
  if (!plan.dropSql.empty())
    lines << statement(plan.dropSql);
  return lines.join(QLatin1Char('\n')).trimmed();
}

} // namespace

TestRowSql::TestRowSql(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  m_heading = captionLabel(this);
  m_insertTitle = new QLabel(tr("The INSERT: complete it"), this);
  m_insert = sqlField(this, m_insertTitle->text());
  m_insertTitle->setBuddy(m_insert);
  m_sqlTitle = new QLabel(this);
  m_sql = sqlField(this, tr("The SQL that will run"));
  m_sql->setReadOnly(true);
  m_sqlTitle->setBuddy(m_sql);
  for (auto* title : {m_insertTitle, m_sqlTitle})
    title->setFont(textFont(13, QFont::DemiBold));
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the keyboard, and is scrolled to
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::StrongFocus); // its arrow keys scroll
  scroll->setAccessibleName(tr("Warnings"));
  m_notes = new QWidget(scroll);
  m_notes->setObjectName(QStringLiteral("content"));
  m_noteLayout = new QVBoxLayout(m_notes);
  m_noteLayout->setContentsMargins(0, 2, 6, 2);
  m_noteLayout->setSpacing(4);
  scroll->setWidget(m_notes);
  m_problem = problemLabel(this);
  m_problem->hide();
  m_confirm = new QWidget(this);
  auto* confirm = new QHBoxLayout(m_confirm);
  confirm->setContentsMargins(0, 2, 0, 0);
  m_confirmLabel = new QLabel(m_confirm);
  m_confirmLabel->setTextFormat(Qt::PlainText);
  m_typed = new QLineEdit(m_confirm);
  m_confirmLabel->setBuddy(m_typed);
  confirm->addWidget(m_confirmLabel);
  confirm->addWidget(m_typed, 1);
  layout->addWidget(m_heading);
  layout->addWidget(m_insertTitle);
  layout->addWidget(m_insert, 2);
  layout->addWidget(m_sqlTitle);
  layout->addWidget(m_sql, 3);
  layout->addWidget(scroll, 2);
  layout->addWidget(m_problem);
  layout->addWidget(m_confirm);
  connect(m_insert, &QPlainTextEdit::textChanged, this, &TestRowSql::changed);
  connect(m_typed, &QLineEdit::textChanged, this, &TestRowSql::changed);
}

void TestRowSql::setPlan(const verify::TestRowPlan& plan, const QString& confirmation) {
  m_plan = plan;
  m_confirmation = confirmation;
  m_editable = plan.place == verify::TestRowPlace::usersTable;
  m_looking = false;
  setProblem({});
  const QString where = plan.database.empty() ? tr("the database") : q(plan.database);
  m_heading->setText(tr("Through %1, into %2 of %3. Each statement is a transaction of its own.")
                         .arg(q(plan.writer), q(plan.relation), where));
  m_insertTitle->setText(plan.isComplete ? tr("The INSERT, which you may change") : tr("The INSERT: complete it"));
  m_insertTitle->setVisible(m_editable);
  m_insert->setVisible(m_editable);
  const QSignalBlocker quiet(m_insert);
  if (insertSql() != plan.insertSql)
    m_insert->setPlainText(q(plan.insertSql));
  m_sqlTitle->setText(m_editable ? tr("What else will run") : tr("The SQL that will run"));
  m_sql->setPlainText(script(plan, !m_editable));
  clearNotes();
  addNotes(plan.refusals, int(Sign::bad));
  if (m_editable && !plan.isComplete) {
    std::vector<std::string> toFill;
    for (const auto& each : plan.toFill)
      toFill.push_back(tr("Still to fill in: %1").arg(q(each)).toStdString());
    addNotes(toFill, int(Sign::unknown));
  }
  addNotes(plan.warnings, int(Sign::warning));
  if (plan.refusals.empty() && plan.warnings.empty() && plan.isComplete)
    addNotes({tr("No trigger, rule or publication was found that would take notice of the row.").toStdString()},
             int(Sign::good));
  m_noteLayout->addStretch(1);
  m_confirm->setVisible(plan.writesToProduction && plan.refusals.empty());
  m_confirmLabel->setText(tr("This is production. Type %1 to allow it:").arg(confirmation));
  m_typed->setAccessibleName(m_confirmLabel->text());
  Q_EMIT changed();
}

void TestRowSql::clearNotes() {
  while (auto* item = m_noteLayout->takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

void TestRowSql::addNotes(const std::vector<std::string>& texts, int sign) {
  for (const auto& text : texts) {
    auto* row = new QWidget(m_notes);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* mark = new SignLabel(13, row);
    mark->setSign(Sign(sign));
    mark->setTheme(m_theme);
    auto* label = new QLabel(q(text), row);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addWidget(label, 1);
    m_noteLayout->addWidget(row);
  }
}

std::string TestRowSql::insertSql() const {
  return m_insert->toPlainText().toStdString();
}

bool TestRowSql::isChanged() const {
  return m_editable && insertSql() != m_plan.insertSql;
}

QString TestRowSql::whyNot() const {
  if (m_looking)
    return tr("Looking at the catalog…");
  if (!m_plan.refusals.empty())
    return tr("It must not be done: see the reasons above.");
  if (isChanged())
    return tr("The INSERT was changed: look at it again first.");
  if (!m_plan.isComplete)
    return tr("The INSERT is not complete yet.");
  if (m_plan.writesToProduction && m_typed->text().trimmed() != m_confirmation)
    return tr("Type %1 first.").arg(m_confirmation);
  return {};
}

bool TestRowSql::mayWrite() const {
  return whyNot().isEmpty();
}

void TestRowSql::setLooking(bool looking) {
  m_looking = looking;
  if (looking)
    setProblem({});
  m_insert->setReadOnly(looking);
  Q_EMIT changed();
}

void TestRowSql::setProblem(const QString& problem) {
  m_problem->setText(problem);
  m_problem->setVisible(!problem.isEmpty());
}

void TestRowSql::setTheme(const Theme& theme) {
  m_theme = theme;
  for (int i = 0; i < m_noteLayout->count(); ++i)
    if (auto* row = m_noteLayout->itemAt(i)->widget())
      for (auto* child : row->findChildren<QWidget*>())
        if (auto* mark = dynamic_cast<SignLabel*>(child))
          mark->setTheme(theme);
}

void TestRowSql::focusFirst() {
  if (m_editable)
    m_insert->setFocus();
  else if (m_confirm->isVisibleTo(this))
    m_typed->setFocus();
  else
    m_sql->setFocus();
}

} // namespace whichbase::ui
