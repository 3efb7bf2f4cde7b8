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
    for (const auto& each : expected.at("cases"))
      EXPECT_EQ(told(each, folder), each) << folder;
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, SetUps, testing::Values("compose", "kubernetes"));
