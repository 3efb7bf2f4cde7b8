#include "connection/connection_string.h"
#include "import/scan.h"
#include "set_ups.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

#include <fstream>
#include <random>

using namespace whichbase;
using namespace whichbase::imports;

namespace {

namespace fs = std::filesystem;

// What is a secret in a set-up, and long enough not to stand in a text by chance.
std::vector<std::string> secretsOf(const fs::path& folder) {
  std::vector<std::string> secrets;
  for (const auto& each : expectedOf(folder).value("cases", nlohmann::json::array()))
    if (const auto password = each.value("password", ""); password.size() >= 5 && password != "unread")
      secrets.push_back(password);
  return secrets;
}

std::string textOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string mutated(std::string text, std::mt19937& random) {
  static const std::vector<std::string> pieces{"\n",
                                               "  ",
                                               ":",
                                               "${",
                                               "}",
                                               "$",
                                               "\"",
                                               "'",
                                               "[",
                                               "]",
                                               "{",
                                               "&a",
                                               "*a",
                                               "<<: *a",
                                               "- ",
                                               "#",
                                               "\t",
                                               "\xff",
                                               std::string(1, '\0'),
                                               "---\n",
                                               "|",
                                               "!reset ",
                                               "=",
                                               "{{"};
  const auto changes = 1 + random() % 4;
  for (unsigned i = 0; i < changes && !text.empty(); ++i) {
    const auto at = random() % text.size();
    switch (random() % 4) {
    case 0:
      text.erase(at, 1 + random() % 12);
      break;
    case 1:
      text.insert(at, pieces[random() % pieces.size()]);
      break;
    case 2: { // a piece of the text somewhere else
      const auto from = random() % text.size();
      text.insert(at, text.substr(from, random() % 40));
      break;
    }
    default:
      text[at] = static_cast<char>(random() % 256);
    }
  }
  return text;
}

class Copy {
public:
  explicit Copy(const fs::path& folder) {
    fs::copy(folder, path(), fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(path()))
      if (entry.is_regular_file() && entry.path().filename() != "expected.json")
        m_files.push_back(entry.path());
  }
  const fs::path& path() const { return m_folder.path(); }
  const std::vector<fs::path>& files() const { return m_files; }

private:
  test::TemporaryFolder m_folder;
  std::vector<fs::path> m_files;
};

void expectSilent(const std::string& text, const std::vector<std::string>& secrets, const fs::path& folder) {
  for (const auto& secret : secrets)
    EXPECT_EQ(text.find(secret), std::string::npos) << folder << ": " << text;
}

class Mutations : public testing::TestWithParam<std::string> {};

} // namespace

TEST_P(Mutations, NeverCrashNorTellAValue) {
  std::mt19937 random(20260101); // NOLINT(cert-msc51-cpp): the same every time
  for (const auto& folder : setUps(GetParam())) {
    const auto secrets = secretsOf(folder);
    const auto cases = expectedOf(folder).value("cases", nlohmann::json::array());
    const Copy copy(folder);
    for (int round = 0; round < 60 && !HasFailure(); ++round) {
      const auto& file = copy.files()[random() % copy.files().size()];
      const auto original = textOf(file);
      std::ofstream(file, std::ios::binary) << mutated(original, random);
      for (const auto& each : cases) {
        const auto outcome = told(each, copy.path());
        expectSilent(outcome.value("error", "") + outcome.value("passwordProblem", "") + outcome.value("origin", ""),
                     secrets, folder);
      }
      const auto scanned = scan({copy.path()}, copy.path());
      for (const auto& problem : scanned.problems)
        expectSilent(problem, secrets, folder);
      for (const auto& item : scanned.items)
        expectSilent(item.note + item.origin + item.server.present->from, secrets, folder);
      std::ofstream(file, std::ios::binary) << original;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Mutations, testing::Values("compose", "kubernetes", "scan"));
