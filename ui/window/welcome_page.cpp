#include "window/welcome_page.h"

#include "window/form_parts.h"
#include "window/paste_field.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

QLabel* makeLabel(const QString& text, const QFont& font, bool secondary, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setFont(font);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("caption", secondary);
  return label;
}

void clearLayout(QLayout* layout) {
  while (auto* item = layout->takeAt(0)) {
    if (item->widget()) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the keyboard, and is scrolled to
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* content = new QWidget(scroll);
  content->setObjectName(QStringLiteral("content"));
  auto* columns = new QHBoxLayout(content);
  auto* column = new QWidget(content);
  column->setMaximumWidth(760);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(24, 24, 24, 24);
  layout->setSpacing(14);
  layout->addStretch(1);
  layout->addWidget(
      makeLabel(tr("Which database is each server really using?"), textFont(24, QFont::DemiBold), false, column));
  layout->addWidget(makeLabel(tr("Names and addresses prove nothing. Whichbase asks the running databases, read-only, "
                                 "and tells which servers share one."),
                              textFont(14), true, column));
  layout->addWidget(makePasteCard());
  auto* found = new QHBoxLayout;
  found->setSpacing(14);
  found->addWidget(makeSshCard(), 1);
  found->addWidget(makeImportCard(), 1);
  layout->addLayout(found);
  layout->addWidget(makeStartRow());
  layout->addStretch(2);
  columns->addStretch(1);
  columns->addWidget(column, 8);
  columns->addStretch(1);
  scroll->setWidget(content);
  outer->addWidget(scroll);
}

QWidget* WelcomePage::makePasteCard() {
  auto* card = new QFrame(this);
  card->setProperty("pane", true);
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(18, 14, 18, 16);
  layout->setSpacing(8);
  layout->addWidget(makeLabel(tr("Paste a connection string"), textFont(15, QFont::DemiBold), false, card));
  layout->addWidget(makeLabel(tr("One for each server; Enter adds it. Passwords stay in memory, for this run only."),
                              textFont(13), true, card));
  m_field = new PasteField(card);
  layout->addWidget(m_field);
  m_problem = makeLabel({}, textFont(13), false, card);
  m_problem->hide();
  layout->addWidget(m_problem);
  m_list = new QVBoxLayout;
  m_list->setSpacing(4);
  layout->addLayout(m_list);
  m_here = new QCheckBox(tr("localhost in these means this computer"), card);
  m_here->setToolTip(tr("On each server localhost is another machine. Tick this only where all of them run here, or "
                        "where a tunnel ends here."));
  m_here->hide();
  layout->addWidget(m_here);
  m_probe = new QPushButton(tr("Probe"), card);
  m_probe->setDefault(true);
  m_probe->setEnabled(false);
  layout->addWidget(m_probe, 0, Qt::AlignLeft);
  connect(m_field, &PasteField::entered, this, &WelcomePage::add);
  connect(m_probe, &QPushButton::clicked, this, &WelcomePage::probe);
  return card;
}

QWidget* WelcomePage::makeSshCard() {
  auto* card = new QFrame(this);
  card->setProperty("pane", true);
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(18, 14, 18, 16);
  layout->setSpacing(8);
  layout->addWidget(makeLabel(tr("Add from ssh"), textFont(15, QFont::DemiBold), false, card));
  layout->addWidget(makeLabel(tr("Lists the containers and processes on a server that have a database configured."),
                              textFont(13), true, card));
  layout->addStretch(1);
  m_host = monoField(card);
  m_host->setPlaceholderText(tr("me@prod, as after ssh"));
  m_host->setAccessibleName(tr("Host, as typed after ssh"));
  auto* look = new QPushButton(tr("Look…"), card);
  auto* row = new QHBoxLayout;
  row->addWidget(m_host, 1);
  row->addWidget(look);
  layout->addLayout(row);
  const auto go = [this] { Q_EMIT sshRequested(m_host->text().trimmed()); };
  connect(m_host, &QLineEdit::returnPressed, this, go);
  connect(look, &QPushButton::clicked, this, go);
  return card;
}

QWidget* WelcomePage::makeImportCard() {
  auto* card = new QFrame(this);
  card->setProperty("pane", true);
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(18, 14, 18, 16);
  layout->setSpacing(8);
  layout->addWidget(makeLabel(tr("Import configuration"), textFont(15, QFont::DemiBold), false, card));
  layout->addWidget(makeLabel(tr("Reads .env files, Compose files, Kubernetes manifests and pg_service.conf. Or drop "
                                 "them on this window."),
                              textFont(13), true, card));
  layout->addStretch(1);
  auto* choose = new QPushButton(tr("Import a folder…"), card);
  layout->addWidget(choose, 0, Qt::AlignLeft);
  connect(choose, &QPushButton::clicked, this, &WelcomePage::importRequested);
  return card;
}

QWidget* WelcomePage::makeStartRow() {
  auto* row = new QWidget(this);
  auto* layout = new QVBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* buttons = new QHBoxLayout;
  auto* open = new QPushButton(tr("Open a project…"), row);
  auto* create = new QPushButton(tr("New project…"), row);
  m_demo = new QPushButton(tr("Play the demo incident"), row);
  for (auto* button : {open, create, m_demo})
    buttons->addWidget(button);
  buttons->addStretch(1);
  layout->addLayout(buttons);
  m_recent = new QVBoxLayout;
  m_recent->setSpacing(0);
  layout->addLayout(m_recent);
  connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
  connect(create, &QPushButton::clicked, this, &WelcomePage::newRequested);
  connect(m_demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
  return row;
}

void WelcomePage::setTheme(const Theme& theme) {
  m_theme = theme;
  m_problem->setStyleSheet(QStringLiteral("color: %1").arg(theme.bad.name()));
}

void WelcomePage::setRecent(const QStringList& files) {
  clearLayout(m_recent);
  for (const auto& file : files.mid(0, 5)) {
    auto* link = new QPushButton(QFileInfo(file).fileName(), this);
    link->setFlat(true);
    link->setProperty("flat", true);
    link->setToolTip(file);
    m_recent->addWidget(link, 0, Qt::AlignLeft);
    connect(link, &QPushButton::clicked, this, [this, file] { Q_EMIT recentRequested(file); });
  }
}

void WelcomePage::setDemo(bool available, bool starting) {
  m_demo->setVisible(available);
  m_demo->setEnabled(!starting);
  m_demo->setText(starting ? tr("Starting the demo…") : tr("Play the demo incident"));
}

void WelcomePage::focusField() {
  m_field->setFocus();
}

void WelcomePage::add(const QString& text) {
  std::vector<project::Server> existing;
  for (const auto& pasted : m_pasted)
    existing.push_back(pasted.server);
  auto pasted = readPasted(text, existing);
  m_problem->setText(pasted.problem);
  m_problem->setVisible(!pasted.problem.isEmpty());
  if (pasted.servers.empty())
    return; // what was typed stays to be mended
  for (auto& server : pasted.servers)
    m_pasted.push_back(std::move(server));
  m_field->clear();
  refreshList();
}

void WelcomePage::refreshList() {
  clearLayout(m_list);
  for (std::size_t i = 0; i < m_pasted.size(); ++i) {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* name = makeLabel(QString::fromStdString(m_pasted[i].server.name), textFont(13, QFont::DemiBold), false, row);
    name->setMinimumWidth(70);
    auto* masked = makeLabel(m_pasted[i].masked, monoFont(12.5), true, row);
    auto* remove = new QToolButton(row);
    remove->setText(QStringLiteral("×"));
    remove->setAccessibleName(tr("Remove %1").arg(QString::fromStdString(m_pasted[i].server.name)));
    layout->addWidget(name);
    layout->addWidget(masked, 1);
    layout->addWidget(remove);
    m_list->addWidget(row);
    connect(remove, &QToolButton::clicked, this, [this, i] {
      m_pasted.erase(m_pasted.begin() + static_cast<std::ptrdiff_t>(i));
      refreshList();
    });
  }
  m_here->setVisible(std::ranges::any_of(m_pasted, &PastedServer::pointsHere));
  m_probe->setEnabled(!m_pasted.empty());
  m_probe->setText(m_pasted.size() < 2 ? tr("Probe") : tr("Probe %L1 servers").arg(m_pasted.size()));
}

void WelcomePage::probe() {
  project::Project project;
  std::map<std::string, std::string> secrets;
  for (const auto& pasted : m_pasted) {
    auto& server = project.servers.emplace_back(pasted.server);
    if (pasted.pointsHere && m_here->isChecked())
      server.present->via = "direct";
    secrets.insert(pasted.secrets.begin(), pasted.secrets.end());
  }
  Q_EMIT probeRequested(project, secrets);
}

} // namespace whichbase::ui
