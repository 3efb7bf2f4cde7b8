// Shapes of containers that engines can have and the recorded ones do not, after the engines' documentation.

#include "surveys.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

namespace whichbase::test {
namespace {

nlohmann::json on(const std::string& network, const std::string& address,
                  const std::vector<std::string>& aliases = {}) {
  return {{network, {{"IPAddress", address}, {"Aliases", aliases}, {"Gateway", "203.0.113.1"}}}};
}

std::string resolveOf(const imports::Survey& survey, const std::string& name) {
  return candidateIn(survey, name).server.present->resolve;
}

const std::string url = "DATABASE_URL=postgresql://app:pencil-7731@db/app";

TEST(ContainerShapes, OnlyANameOnANetworkThatBothAreOnCounts) {
  auto both = on("app_front", "203.0.113.2");
  both.update(on("app_back", "198.51.100.2"));
  const auto survey = surveyOf(dockerSurvey({{"web", {url}, "app_front", both},
                                             {"other-db", {}, "elsewhere", on("elsewhere", "192.0.2.9", {"db"})},
                                             {"app-db-1", {}, "app_back", on("app_back", "198.51.100.3", {"db"})}}));
  EXPECT_EQ(resolveOf(survey, "web"),
            R"(ssh prod "docker container inspect -f '{{.NetworkSettings.Networks.app_back.IPAddress}}' app-db-1")");
  EXPECT_EQ(candidateIn(survey, "web").server.client, std::vector<std::string>{"198.51.100.2"});
}

TEST(ContainerShapes, AServiceOfTheSameComposeProjectIsKnownByItsName) {
  const auto labels = [](const std::string& service) {
    return nlohmann::json{{"com.docker.compose.project", "app"}, {"com.docker.compose.service", service}};
  };
  const auto survey = surveyOf(
      dockerSurvey({{.name = "app-web-1",
                     .environment = {url},
                     .networks = on("app_default", "203.0.113.2"),
                     .labels = labels("web")},
                    {.name = "app-db-1", .networks = on("app_default", "203.0.113.3"), .labels = labels("db")}}));
  EXPECT_NE(resolveOf(survey, "app-web-1").find(" app-db-1\""), std::string::npos);
}

TEST(ContainerShapes, ANetworksNameWithADashIsLookedUpAsText) {
  const auto survey = surveyOf(dockerSurvey({{"web", {url}, "my-app_net", on("my-app_net", "203.0.113.2")},
                                             {"db", {}, "my-app_net", on("my-app_net", "203.0.113.3")}}));
  EXPECT_EQ(
      resolveOf(survey, "web"),
      R"(ssh prod 'docker container inspect -f '\''{{(index .NetworkSettings.Networks "my-app_net").IPAddress}}'\'' db')");
}

TEST(ContainerShapes, ANameWithItsNetworkBehindItIsTheSameName) {
  const auto survey = surveyOf(dockerSurvey(
      {{"web", {"DATABASE_URL=postgresql://app@DB.app_default/app"}, "app_default", on("app_default", "203.0.113.2")},
       {"db", {}, "app_default", on("app_default", "203.0.113.3")}}));
  EXPECT_NE(resolveOf(survey, "web").find(" db\""), std::string::npos);
}

TEST(ContainerShapes, OnlySixIsAnAddressToo) {
  nlohmann::json six = {{"six", {{"IPAddress", ""}, {"GlobalIPv6Address", "2001:db8::3"}}}};
  const auto survey = surveyOf(dockerSurvey({{"web", {url}, "six", six}, {"db", {}, "six", six}}));
  EXPECT_NE(resolveOf(survey, "web").find(".GlobalIPv6Address}}"), std::string::npos) << resolveOf(survey, "web");
}

TEST(ContainerShapes, SeveralContainersOfOneNameAreTold) {
  const auto survey = surveyOf(dockerSurvey({{"web", {url}, "n", on("n", "203.0.113.2")},
                                             {"db-1", {}, "n", on("n", "203.0.113.3", {"db"})},
                                             {"db-2", {}, "n", on("n", "203.0.113.4", {"db"})}}));
  EXPECT_EQ(candidateIn(survey, "web").note,
            "db is several containers (db-1, db-2): only the first of them is looked at.");
}

TEST(ContainerShapes, ANameOfNoContainerIsLookedUpByTheHost) {
  const auto survey = surveyOf(
      dockerSurvey({{"web", {url}, "n", on("n", "203.0.113.2")},
                    {"api", {"DATABASE_URL=postgresql://app@db.example.org/app"}, "n", on("n", "203.0.113.3")},
                    {"job", {"DATABASE_URL=postgresql://app@198.51.100.7/app"}, "n", on("n", "203.0.113.4")}}));
  EXPECT_EQ(candidateIn(survey, "web").note, "db is no container on a network of web: prod itself looks the name up.");
  for (const auto* name : {"web", "api", "job"}) {
    EXPECT_EQ(resolveOf(survey, name), "");
    EXPECT_EQ(candidateIn(survey, name).server.present->via, "ssh prod");
  }
  EXPECT_EQ(candidateIn(survey, "api").note, "");
}

TEST(ContainerShapes, WhereTheHostCannotReachAContainerTheRouteGoesThroughIt) {
  const std::vector<MadeContainer> app{{"web", {url}, "n", on("n", "203.0.113.2")},
                                       {"db", {}, "n", on("n", "203.0.113.3")}};
  for (const std::string more :
       {"info Debian GNU/Linux [name=seccomp,profile=builtin name=rootless]\n", "info rootless=true\n",
        "info Docker Desktop [name=seccomp,profile=unconfined]\n", "network n overlay\n", "network n macvlan\n"}) {
    const auto web = candidateIn(surveyOf(dockerSurvey(app, more)), "web");
    EXPECT_EQ(web.server.present->via, "command ssh prod 'docker exec -i web nc %h %p'") << more;
    EXPECT_EQ(web.server.present->resolve, "") << more;
    EXPECT_NE(web.note.find("the route goes through nc inside web, which has to be there."), std::string::npos)
        << web.note;
  }
  EXPECT_EQ(candidateIn(surveyOf(dockerSurvey(app, "network n bridge\n")), "web").server.present->via, "ssh prod");
}

TEST(ContainerShapes, APercentSignInTheHostsOptionsStaysOneInACommand) {
  const auto survey =
      surveyOf(dockerSurvey({{"web", {"DATABASE_URL=postgresql://a@localhost/a"}, "n", on("n", "203.0.113.2")}}),
               "-i keys%1 prod");
  EXPECT_EQ(candidateIn(survey, "web").server.present->via,
            "command ssh -i keys%%1 prod 'docker exec -i web nc %h %p'");
}

TEST(ContainerShapes, ADatabaseInTheSamePodIsReachedByThePodsAddress) {
  const auto infra = idOf("infra");
  const auto survey =
      surveyOf(dockerSurvey({{"app", {"DATABASE_URL=postgresql://a@localhost/a"}, "container:" + infra},
                             {"db", {"POSTGRES_USER=a", "POSTGRES_DB=a", "PG_MAJOR=15"}, "container:" + infra},
                             {"infra", {}, "pods", on("pods", "203.0.113.2", {"pod1"})}}));
  EXPECT_NE(resolveOf(survey, "app").find("{{.NetworkSettings.Networks.pods.IPAddress}}' infra"), std::string::npos);
}

TEST(ContainerShapes, AContainerWithoutANetworkIsTold) {
  EXPECT_EQ(candidateIn(surveyOf(dockerSurvey({{"web", {url}, "none"}})), "web").note, "web has no network.");
}

TEST(ContainerShapes, NetworksInARingEnd) {
  const auto survey =
      surveyOf(dockerSurvey({{"a", {url}, "container:" + idOf("b")}, {"b", {url}, "container:" + idOf("a")}}));
  EXPECT_EQ(survey.candidates.size(), 2U);
}

TEST(ContainerShapes, StoppedServersAreCountedAndLeftOut) {
  const auto survey = surveyOf(dockerSurvey({{.name = "old", .environment = {url}, .isRunning = false}}));
  EXPECT_TRUE(survey.candidates.empty());
  EXPECT_EQ(survey.notes,
            std::vector<std::string>{"A container with a database variable is not running and was left out."});
}

TEST(ContainerShapes, DockerThatIsPodmanIsNotCountedTwice) {
  auto text = dockerSurvey({{"web", {url}, "n", on("n", "203.0.113.2")}});
  const auto self = text.find("self ");
  text.insert(self, "engine podman\ncontainer " + inspected({"web", {url}}).dump() + "\n");
  EXPECT_EQ(surveyOf(text).candidates.size(), 1U);
}

TEST(ContainerShapes, HundredsOfContainersAreReadAtOnce) {
  std::vector<MadeContainer> containers;
  for (int i = 0; i < 500; ++i)
    containers.push_back({fmt::format("web-{:03}", i),
                          {fmt::format("DATABASE_URL=postgresql://a@db-{}/a", i)},
                          "n",
                          on("n", fmt::format("203.0.113.{}", i % 250), {fmt::format("db-{}", i)})});
  const auto text = dockerSurvey(containers, "more containers\n");
  const auto start = std::chrono::steady_clock::now();
  const auto survey = surveyOf(text);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  EXPECT_EQ(survey.candidates.size(), 500U);
  EXPECT_NE(resolveOf(survey, "web-137").find(" web-137\""), std::string::npos);
  EXPECT_NE(notesOf(survey).find("more than 500 containers"), std::string::npos);
}

TEST(ProcessShapes, AUnitsMainProcessIsFoundThroughTheUnit) {
  const std::string process =
      "status Uid:\t0\t0\t0\t0\nnet net:[1]\npid pid:[2]\ncwd /\narg /usr/bin/node\narg server.js\n"
      "env DATABASE_URL=postgresql://a:pencil-7731@localhost/a\n";
  const std::string groups = "cgroup 0::/system.slice/system-shop.slice/shop@blue.service\n";
  const auto survey = surveyOf("whichbase survey 1\nself 0 net:[1] pid:[2]\nprocess 41\nstatus PPid:\t1\n" + process +
                               groups + "process 42\nstatus PPid:\t41\n" + process + groups +
                               "unread 0\nunit MainPID=0\nunit Id=other.service\nunit \nunit MainPID=41\n"
                               "unit Id=shop@blue.service\nunit \nend\n");
  ASSERT_EQ(survey.candidates.size(), 1U);
  const auto& shop = survey.candidates.front();
  EXPECT_EQ(shop.name, "shop@blue");
  EXPECT_EQ(shop.server.present->from,
            "command ssh prod 'cat /proc/$(systemctl show -p MainPID --value shop@blue.service)/environ'");
  EXPECT_EQ(shop.server.present->via, "ssh prod");
  EXPECT_EQ(shop.note, "");
}

TEST(ProcessShapes, AChildOfAUnitThatHasItsOwnDatabaseIsFoundByItsCommandLine) {
  const std::string place =
      "net net:[1]\npid pid:[2]\ncwd /srv/app\ncgroup 1:name=systemd:/system.slice/pm2-root.service\n";
  const auto survey = surveyOf("whichbase survey 1\nself 0 net:[1] pid:[2]\nprocess 41\n" + place +
                               "arg PM2\nenv PGHOST=\nprocess 42\n" + place +
                               "arg node\narg /srv/app/server.js\nenv DATABASE_URL=postgresql://a@localhost/a\n"
                               "unread 0\nunit MainPID=41\nunit Id=pm2-root.service\nunit \nend\n");
  ASSERT_EQ(survey.candidates.size(), 1U);
  EXPECT_EQ(survey.candidates.front().name, "server.js");
  EXPECT_NE(survey.candidates.front().server.present->from.find("pgrep -f"), std::string::npos);
}

TEST(ProcessShapes, ProcessesInUnlistedContainersAreCountedAndLeftOut) {
  const auto survey = surveyOf("whichbase survey 1\nself 0 net:[1] pid:[2]\nprocess 41\nnet net:[7]\npid pid:[8]\n"
                               "arg app\ncwd /\nenv DATABASE_URL=postgresql://a@localhost/a\nunread 3\nend\n");
  EXPECT_TRUE(survey.candidates.empty());
  EXPECT_NE(notesOf(survey).find("A process with a database variable stands in a container that docker and podman do "
                                 "not list there, and was left out."),
            std::string::npos)
      << notesOf(survey);
}

TEST(ProcessShapes, WhatCouldNotBeLookedAtIsSaid) {
  const auto survey = surveyOf("whichbase survey 1\nself 1000 net:[1] pid:[2]\nunread 12\nmore processes\n");
  const auto notes = notesOf(survey);
  EXPECT_NE(notes.find("There is neither docker nor podman on prod."), std::string::npos) << notes;
  EXPECT_NE(notes.find("12 processes of other users could not be looked into: log in there as root"),
            std::string::npos);
  EXPECT_NE(notes.find("more than 300 processes"), std::string::npos);
  EXPECT_NE(notes.find("The answer was cut short"), std::string::npos);
  EXPECT_NE(notesOf(surveyOf("whichbase survey 1\nnoproc\nend\n")).find("prod has no /proc"), std::string::npos);
}

} // namespace
} // namespace whichbase::test
