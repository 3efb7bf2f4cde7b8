// What was proven beyond a sweep, in a snapshot's JSON and wherever else it is kept.
#pragma once

#include "report/json_reader.h"
#include "topology/proofs.h"

namespace whichbase::report {

nlohmann::ordered_json proofsToJson(const topology::Proofs& proofs);
nlohmann::ordered_json rowsFactToJson(const topology::RowsFact& rows);
nlohmann::ordered_json verificationToJson(const topology::Verification& verification);

// What is wrong with it is told to the reader's problem.
topology::Proofs proofsFromJson(const ObjectReader& in);
topology::RowsFact rowsFactFromJson(const ObjectReader& in);
topology::Verification verificationFromJson(const ObjectReader& in);

} // namespace whichbase::report
