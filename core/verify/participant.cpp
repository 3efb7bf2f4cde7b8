#include "verify/participant.h"

namespace whichbase::verify {

std::vector<Participant> participantsOf(const probe::Plan& plan, const topology::Snapshot& snapshot) {
  std::vector<Participant> participants;
  for (const topology::ServerSpec& spec : plan.servers) {
    Participant participant;
    participant.server = spec.name;
    participant.environment = spec.environment;
    participant.role = spec.role;
    participant.role = spec.role;
    participant.target = plan.targets.at(spec.observation);
    const topology::Server* server = snapshot.server(spec.name);
    const topology::Database* database = server ? snapshot.database(server->database) : nullptr;
    if (database && server->reached()) {
      participant.database = database->id;
      participant.systemIdentifier = database->systemIdentifier;
      participant.oid = database->oid;
      participant.replicaOf = database->replicaOf;
    }
    participants.push_back(std::move(participant));
  }
  return participants;
}

} // namespace whichbase::verify
