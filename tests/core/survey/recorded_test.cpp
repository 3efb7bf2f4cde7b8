// Surveys recorded from real engines (docker 20.10 with a client 28, podman 4.3), container by container.

#include "surveys.h"

#include <gtest/gtest.h>

namespace whichbase::test {
namespace {

const imports::Survey& docker() {
  static const auto survey = surveyOf(recordedSurvey("docker_20.txt"));
  return survey;
}

const imports::Survey& podman() {
  static const auto survey = surveyOf(recordedSurvey("podman_4.txt"));
  return survey;
}

TEST(RecordedDocker, AContainersEnvironmentIsReadWithoutAnythingInsideIt) {
  const auto backend = candidateIn(docker(), "backend");
  EXPECT_EQ(backend.kind, imports::Candidate::Kind::container);
  EXPECT_EQ(backend.variable, "DATABASE_URL");
  EXPECT_EQ(backend.masked, "postgresql://tovplay:***@postgres:5432/TovPlay");
  EXPECT_EQ(backend.server.name, "backend");
  EXPECT_EQ(backend.server.address, "prod");
  EXPECT_EQ(backend.server.environment, "");
  EXPECT_EQ(backend.server.present->from,
            R"(command ssh prod "docker container inspect -f '{{json .Config.Env}}' backend")");
  EXPECT_EQ(backend.server.present->variable, "DATABASE_URL");
  EXPECT_EQ(backend.server.present->url, "");
}

TEST(RecordedDocker, ANameOfAContainerNetworkIsResolvedToItsContainersAddress) {
  const auto backend = candidateIn(docker(), "backend");
  EXPECT_EQ(backend.server.present->via, "ssh prod");
  EXPECT_EQ(
      backend.server.present->resolve,
      R"(ssh prod "docker container inspect -f '{{.NetworkSettings.Networks.tovplay_default.IPAddress}}' tovplay-db")");
  EXPECT_EQ(backend.server.client, std::vector<std::string>{"203.0.113.3"});
  EXPECT_EQ(backend.note, "");
}

TEST(RecordedDocker, OnTheHostsNetworkLocalhostIsTheHost) {
  const auto dashboard = candidateIn(docker(), "dashboard");
  EXPECT_EQ(dashboard.server.present->via, "ssh prod");
  EXPECT_EQ(dashboard.server.present->resolve, "");
  EXPECT_EQ(dashboard.note, "");
}

TEST(RecordedDocker, LocalhostOfASharedNetworkIsTheContainerThatOwnsIt) {
  const auto sidecar = candidateIn(docker(), "sidecar");
  EXPECT_NE(sidecar.server.present->resolve.find(" tovplay-db\""), std::string::npos)
      << sidecar.server.present->resolve;
  EXPECT_NE(sidecar.note.find("tovplay-db"), std::string::npos);
}

TEST(RecordedDocker, LocalhostOfAContainerIsTheContainerItself) {
  const auto lonely = candidateIn(docker(), "lonely");
  EXPECT_EQ(lonely.server.present->via, "command ssh prod 'docker exec -i lonely nc %h %p'");
  EXPECT_EQ(lonely.server.present->resolve, "");
  EXPECT_NE(lonely.note.find("localhost is the container itself"), std::string::npos) << lonely.note;
}

TEST(RecordedDocker, ALinkIsFollowedWhereTheNetworkHasNoNames) {
  const auto linked = candidateIn(docker(), "linked");
  EXPECT_EQ(linked.server.present->resolve,
            R"(ssh prod "docker container inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' linkdb")");
}

TEST(RecordedDocker, AnAddedHostIsReadFromTheContainer) {
  const auto reports = candidateIn(docker(), "reports");
  EXPECT_EQ(reports.server.present->resolve,
            R"(ssh prod "docker container inspect -f '{{range .HostConfig.ExtraHosts}}{{println .}}{{end}}' reports )"
            R"(| sed -n 's/^olddb[:=]//p'")");
}

TEST(RecordedDocker, TheHostGatewayIsTheHostItself) {
  const auto reports = candidateIn(docker(), "reports OTHER_DATABASE_URL");
  EXPECT_EQ(reports.variable, "OTHER_DATABASE_URL");
  EXPECT_EQ(reports.server.present->resolve, R"(ssh prod "ip -4 -o addr show docker0 | sed 's/.* inet //; s,/.*,,'")");
}

TEST(RecordedDocker, ADatabaseThatDoesNotRunIsNamed) {
  EXPECT_EQ(candidateIn(docker(), "archiver").note, "archive is the container stopped-db, which is not running.");
}

TEST(RecordedDocker, TheDatabasesOwnContainersAreNoServers) {
  for (const auto& candidate : docker().candidates)
    EXPECT_TRUE(candidate.name != "tovplay-db" && candidate.name != "linkdb") << candidate.name;
  EXPECT_NE(notesOf(docker()).find("PostgreSQL itself runs in containers there: linkdb, tovplay-db."),
            std::string::npos);
}

TEST(RecordedDocker, ProcessesOfListedContainersAreNotListedOnceMore) {
  for (const auto& candidate : docker().candidates)
    EXPECT_EQ(candidate.kind, imports::Candidate::Kind::container) << candidate.name;
  EXPECT_EQ(notesOf(docker()).find("do not list"), std::string::npos) << notesOf(docker());
}

TEST(RecordedDocker, NoPasswordIsInAnythingThatIsShownOrWritten) {
  ASSERT_NE(recordedSurvey("docker_20.txt").find("localsecret"), std::string::npos);
  EXPECT_EQ(writtenOf(docker()).find("localsecret"), std::string::npos);
  for (const auto& candidate : docker().candidates)
    EXPECT_EQ((candidate.masked + candidate.note + candidate.name).find("localsecret"), std::string::npos);
  EXPECT_EQ(notesOf(docker()).find("localsecret"), std::string::npos);
}

TEST(RecordedPodman, ItsListOverManyLinesIsRead) {
  const auto web = candidateIn(podman(), "shop-web");
  EXPECT_EQ(web.server.present->from,
            R"(command ssh prod "podman container inspect -f '{{json .Config.Env}}' shop-web")");
  EXPECT_EQ(web.server.present->resolve,
            R"(ssh prod "podman container inspect -f '{{.NetworkSettings.Networks.shop.IPAddress}}' shop-db")");
  EXPECT_EQ(candidateIn(podman(), "hostapp").server.present->resolve, "");
}

TEST(RecordedPodman, HostContainersInternalIsTheNetworksGateway) {
  EXPECT_EQ(candidateIn(podman(), "gw").server.present->resolve,
            R"(ssh prod "podman container inspect -f '{{.NetworkSettings.Networks.shop.Gateway}}' gw")");
}

TEST(RecordedPodman, ARefusingDockerBesideItIsToldWithWhatToDo) {
  const auto notes = notesOf(podman());
  EXPECT_NE(notes.find("docker on prod does not answer to this user: Cannot connect to the Docker daemon"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("log in there as somebody who may use it"), std::string::npos) << notes;
}

} // namespace
} // namespace whichbase::test
