// The environment of a container in Kubernetes, as its manifests give it (kubernetes.io/docs: Container v1 core, env
// and envFrom).
#pragma once

#include "import/manifests.h"

namespace whichbase::imports {

// A container of an object that has a pod's template: Deployment, StatefulSet, CronJob, Pod and the like.
struct KubernetesContainer {
  std::string name;
  std::string image;
  const Yaml* yaml = nullptr;
};
// Initialising ones left aside. Empty for objects without a pod.
std::vector<KubernetesContainer> containersOf(const Manifest& object);

// What cannot be followed (a Secret that is not there, a fieldRef, a template) is a problem of its variable.
Variables environmentOf(const Manifests& manifests, const Manifest& workload, const KubernetesContainer& container);

// `workload`: "deployment/backend", with its namespace before it ("shop/deployment/backend"), with a container's name
// behind it ("deployment/backend:app"). Where no container is named, the one that has a database is meant.
std::expected<Variables, Error> environmentIn(const Manifests& manifests, const std::string& workload);
std::expected<Variables, Error> readKubernetes(const std::vector<std::string>& paths, const std::string& workload,
                                               const std::filesystem::path& folder);

} // namespace whichbase::imports
