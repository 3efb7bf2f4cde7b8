#include "cli_fixture.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace whichbase::test {
namespace {

std::unique_ptr<demo::ThrowawayCluster> started(int users) {
  auto cluster = demo::ThrowawayCluster::create({});
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  const auto made = (*cluster)->sql("postgres", "CREATE DATABASE \"TovPlay\"");
  const auto filled = (*cluster)->sql(
      "TovPlay", fmt::format("CREATE TABLE public.\"User\"(id int, created_at timestamptz DEFAULT now());"
                             "INSERT INTO public.\"User\"(id) SELECT generate_series(1, {});",
                             users));
  if (!made || !filled)
    throw std::runtime_error(!made ? made.error().text : filled.error().text);
  return std::move(*cluster);
}

} // namespace

demo::ThrowawayCluster& local() {
  static const auto cluster = started(22);
  return *cluster;
}

demo::ThrowawayCluster& external() {
  static const auto cluster = started(1);
  return *cluster;
}

void CommandLine::SetUp() {
  std::string name = (std::filesystem::temp_directory_path() / "whichbase-cli-XXXXXX").string();
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  m_folder = name;
}

void CommandLine::TearDown() {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder))
    if (entry.is_regular_file()) {
      std::ifstream stream(entry.path());
      m_written.append(std::istreambuf_iterator<char>(stream), {});
    }
  for (auto* cluster : {&local(), &external()})
    EXPECT_EQ(m_written.find(cluster->password()), std::string::npos) << "a password was written:\n" << m_written;
  std::filesystem::remove_all(m_folder);
}

RunOptions CommandLine::prepared(RunOptions options) const {
  std::map<std::string, std::string> environment{{"XDG_STATE_HOME", (m_folder / "state").string()},
                                                 {"LC_ALL", "C.UTF-8"},
                                                 {"TERM", "xterm"},
                                                 {"LOCAL_PASSWORD", local().password()},
                                                 {"EXTERNAL_PASSWORD", external().password()}};
  for (const auto& [name, value] : options.environment)
    environment[name] = value;
  options.environment = environment;
  return options;
}

void CommandLine::keep(const RunResult& result) {
  m_written += result.output + result.errors;
}

RunResult CommandLine::run(std::vector<std::string> arguments, RunOptions options) {
  arguments.insert(arguments.begin(), commandLineProgram().string());
  auto result = runProgram(arguments, prepared(std::move(options)));
  keep(result);
  return result;
}

RunResult CommandLine::runOnTerminal(std::vector<std::string> arguments, const std::vector<Answer>& answers,
                                     RunOptions options) {
  arguments.insert(arguments.begin(), commandLineProgram().string());
  auto result = test::runOnTerminal(arguments, answers, prepared(std::move(options)));
  keep(result);
  return result;
}

std::filesystem::path CommandLine::write(const std::string& name, const std::string& content) const {
  std::ofstream(m_folder / name) << content;
  return m_folder / name;
}

std::string CommandLine::read(const std::string& name) const {
  std::ifstream stream(m_folder / name);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string CommandLine::url(demo::ThrowawayCluster& cluster, const std::string& variable) {
  return fmt::format("postgresql://postgres:${{{}}}@127.0.0.1:{}/TovPlay", variable, cluster.port());
}

std::filesystem::path CommandLine::incidentProject() const {
  const std::string there = url(external(), "EXTERNAL_PASSWORD");
  std::string text = "[project]\ntitle = \"TovPlay\"\nsymptom = \"Where are my 22 users?!\"\n";
  for (const auto& [name, role] : std::vector<std::pair<std::string, std::string>>{
           {"Production Backend", "writes"}, {"Dashboard", "reads"}, {"Staging Backend", "reads"}})
    text += fmt::format("\n[[server]]\nname = \"{}\"\nrole = \"{}\"\nurl = \"{}\"\nvia = \"direct\"\n"
                        "[server.before]\nurl = \"{}\"\nvia = \"direct\"\n",
                        name, role, there, role == "writes" ? url(local(), "LOCAL_PASSWORD") : there);
  return write("tovplay.whichbase.toml", text);
}

std::filesystem::path CommandLine::singleSourceProject() const {
  std::string text = "[project]\ntitle = \"TovPlay\"\n";
  for (const char* name : {"Dashboard", "Staging Backend"})
    text += fmt::format("\n[[server]]\nname = \"{}\"\nurl = \"{}\"\nvia = \"direct\"\n", name,
                        url(external(), "EXTERNAL_PASSWORD"));
  return write("single.whichbase.toml", text);
}

} // namespace whichbase::test
