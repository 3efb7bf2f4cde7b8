#include "set_ups.h"

using namespace whichbase::imports;

namespace {

class SetUps : public testing::TestWithParam<std::string> {};

} // namespace

TEST_P(SetUps, LeadWhereTheirProgramsWouldGo) {
  const auto folders = setUps(GetParam());
  EXPECT_GE(folders.size(), 10U);
  for (const auto& folder : folders) {
    const auto expected = expectedOf(folder);
    ASSERT_FALSE(expected.at("cases").empty()) << folder;
    for (const auto& each : expected.at("cases")) {
      const auto outcome = told(each, folder);
      EXPECT_EQ(outcome, each) << folder;
      EXPECT_EQ(outcome.value("error", "").find("s3cret"), std::string::npos) << folder;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, SetUps, testing::Values("compose", "kubernetes", "bad"));
