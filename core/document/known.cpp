#include "document/known.h"

#include <algorithm>

namespace whichbase::document {

using namespace topology;

std::vector<NamedSide> sidesOf(const Incident& incident) {
  if (const Comparison* both = incident.comparison())
    return {{&both->before, "Before"}, {&both->after, "After"}};
  return {{&incident.present(), incident.present().side == Side::before ? "Before" : "Now"}};
}

const Snapshot& troubledSide(const Incident& incident) {
  return incident.before() ? *incident.before() : incident.present();
}

std::vector<KnownDatabase> databasesOf(const Incident& incident) {
  std::vector<KnownDatabase> all;
  if (incident.before())
    for (const Database& database : incident.before()->databases)
      all.push_back({database.id, &database, nullptr});
  for (const Database& database : incident.present().databases) {
    const auto known = std::ranges::find(all, database.id, &KnownDatabase::id);
    if (known == all.end())
      all.push_back({database.id, nullptr, &database});
    else
      known->after = &database;
  }
  return all;
}

std::string usersCell(const Database* database) {
  return cellOf(database, database ? usersText(database->users) : std::string());
}

std::string cellOf(const Database* database, const std::string& number) {
  if (!database)
    return "–";
  return database->ghost && !database->answered && number != "?" ? number + ", last known" : number;
}

std::vector<ComparedRows> comparedRows(const Incident& incident) {
  std::vector<ComparedRows> all;
  const auto isSame = [](const RowsFact& one, const RowsFact& other) {
    return one.at == other.at && one.relation == other.relation && one.ofUsers == other.ofUsers &&
           std::minmax(one.a, one.b) == std::minmax(other.a, other.b);
  };
  for (const NamedSide& side : sidesOf(incident))
    for (const RowsFact& rows : side.snapshot->proofs.rows)
      if (std::ranges::none_of(all, [&](const ComparedRows& known) { return isSame(known.rows, rows); }))
        all.push_back({side, rows});
  return all;
}

const std::vector<Finding>& openFindings(const Incident& incident) {
  return incident.comparison() ? incident.comparison()->findings : incident.present().findings;
}

std::vector<Finding> fixedFindings(const Incident& incident) {
  return incident.comparison() ? incident.comparison()->fixed : std::vector<Finding>{};
}

std::vector<Finding> allFindings(const Incident& incident) {
  std::vector<Finding> all = troubledSide(incident).findings;
  for (const Finding& finding : openFindings(incident))
    if (std::ranges::none_of(troubledSide(incident).findings,
                             [&](const Finding& known) { return known.code == finding.code; }))
      all.push_back(finding);
  return all;
}

std::string titleOf(const Incident& incident) {
  const std::string& present = incident.present().title;
  return present.empty() && incident.before() ? incident.before()->title : present;
}

std::string symptomOf(const Incident& incident) {
  const std::string& present = incident.present().symptom;
  return present.empty() && incident.before() ? incident.before()->symptom : present;
}

} // namespace whichbase::document
