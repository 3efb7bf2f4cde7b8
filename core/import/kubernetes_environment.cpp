#include "import/base64.h"
#include "import/environment.h"
#include "import/kubernetes.h"
#include "import/merge_asked.h"

#include <fmt/format.h>

#include <utility>

namespace whichbase::imports {

namespace {

using Kind = Yaml::Kind;

constexpr std::size_t longest = 16384;

class Reader {
public:
  Reader(const Manifests& manifests, const Manifest& workload, const KubernetesContainer& container)
      : m_manifests(manifests), m_workload(workload), m_container(container) {}

  Variables read() {
    if (const auto* list = m_container.yaml->at("envFrom"); list != nullptr) {
      for (const auto& item : list->items) {
        addAll(*item);
      }
    }
    if (const auto* list = m_container.yaml->at("env"); list != nullptr) {
      for (const auto& item : list->items) {
        addOne(*item);
      }
    }
    return m_environment.take();
  }

private:
  static std::string_view wordOf(std::string_view kind) { return kind == "secret" ? "Secret" : "ConfigMap"; }

  // How the running container is asked. kubectl finds the pods of most kinds itself.
  std::string asking() const {
    const auto pod = m_workload.kind == "pod"       ? m_workload.name
                     : m_workload.kind == "cronjob" ? std::string("POD")
                                                    : fmt::format("{}/{}", m_workload.kind, m_workload.name);
    const auto space = m_workload.space.empty() ? std::string() : fmt::format(" -n {}", m_workload.space);
    return fmt::format("from = \"command kubectl exec{} {} -c {} -- printenv\".", space, pod, m_container.name);
  }

  std::string elsewhere() const {
    return fmt::format("name the file that has it, too, or ask the running container: {}", asking());
  }

  // Why a ConfigMap or Secret is not known.
  std::string absence(const Yaml& place, std::string_view kind, const std::string& name) const {
    for (const auto& object : m_manifests.objects) {
      const auto* spec = object.object->at("spec");
      const auto* target = spec == nullptr ? nullptr : spec->at("target");
      const bool makesIt = object.name == name || (target != nullptr && target->textAt("name") == name);
      if (kind == "secret" && makesIt && (object.kind == "externalsecret" || object.kind == "sealedsecret")) {
        return fmt::format(
            "{}: the Secret {} is made in the cluster ({}), so that its values are not in these files: {}",
            place.where(), name, object.object->where(), elsewhere());
      }
    }
    auto text = fmt::format("{}: the {} {} is not in these files: {}", place.where(), wordOf(kind), name, elsewhere());
    if (!m_manifests.unread.empty()) {
      text += fmt::format(" Not read: {}", m_manifests.unread.front().text);
    }
    return text;
  }

  // envFrom: all keys of a ConfigMap or Secret. One that is not there may set anything, also what was set before.
  void addAll(const Yaml& item) {
    const bool isSecret = item.at("secretRef") != nullptr;
    const auto* reference = item.at(isSecret ? "secretRef" : "configMapRef");
    if (reference == nullptr) {
      return;
    }
    const auto kind = isSecret ? "secret" : "configmap";
    const auto name = reference->textAt("name");
    const auto* object = m_manifests.find(kind, name, m_workload.space);
    if (object == nullptr) {
      m_environment.addGap(absence(*reference, kind, name), reference->where());
      return;
    }
    const auto prefix = item.textAt("prefix");
    for (const char* part : {"data", "stringData"}) {
      const auto* data = isSecret || std::string_view(part) == "data" ? object->object->at(part) : nullptr;
      for (const auto& [key, value] : data == nullptr ? std::vector<YamlEntry>() : data->entries) {
        m_environment.set(variableOf(prefix + key, *value, isSecret && std::string_view(part) == "data"));
      }
    }
  }

  static Variable variableOf(const std::string& name, const Yaml& value, bool isEncoded) {
    Variable variable{name, value.text, value.where(), {}, value.source->asked};
    if (value.text.find("{{") != std::string::npos) {
      variable.problem =
          fmt::format("{}: {} is a template here: render it first (helm template … > rendered.yaml), and "
                      "name what that printed.",
                      variable.origin, name);
    } else if (isEncoded) {
      auto decoded = base64Decoded(value.text);
      variable.problem = decoded ? std::string() : fmt::format("{}: this is no base64.", variable.origin);
      variable.value = decoded.value_or("");
      if (variable.value.find('\0') != std::string::npos) {
        variable.problem = fmt::format("{}: a NUL character stands in this value.", variable.origin);
      }
    }
    return variable;
  }

  void addOne(const Yaml& item) {
    const auto name = item.textAt("name");
    if (name.empty()) {
      return;
    }
    if (const auto* from = item.at("valueFrom"); from != nullptr && from->kind == Kind::map) {
      if (auto variable = referenced(name, *from)) {
        m_environment.set(std::move(*variable));
      }
      return;
    }
    const auto* value = item.at("value");
    auto variable = variableOf(name, value == nullptr ? item : *value, false);
    if (variable.problem.empty()) {
      expand(variable);
    }
    m_environment.set(std::move(variable));
  }

  // Nothing where an optional key is not there.
  std::optional<Variable> referenced(const std::string& name, const Yaml& from) {
    const bool isSecret = from.at("secretKeyRef") != nullptr;
    const auto* reference = from.at(isSecret ? "secretKeyRef" : "configMapKeyRef");
    Variable unknown{name, {}, from.where()};
    if (reference == nullptr) {
      const auto kind = from.entries.empty() ? std::string("valueFrom") : from.entries.front().key;
      unknown.problem = fmt::format("{}: {} is known in the running container only ({}): ask it there: {}",
                                    from.where(), name, kind, asking());
      return unknown;
    }
    const auto kind = isSecret ? "secret" : "configmap";
    const auto object = reference->textAt("name");
    const auto key = reference->textAt("key");
    unknown.origin = reference->where();
    const auto* found = m_manifests.find(kind, object, m_workload.space);
    if (found == nullptr) {
      unknown.problem = absence(*reference, kind, object);
      return unknown;
    }
    const auto* plain = found->object->at(isSecret ? "stringData" : "data");
    const auto* encoded = isSecret ? found->object->at("data") : nullptr;
    if (const auto* value = plain == nullptr ? nullptr : plain->at(key); value != nullptr) {
      return variableOf(name, *value, false);
    }
    if (const auto* value = encoded == nullptr ? nullptr : encoded->at(key); value != nullptr) {
      return variableOf(name, *value, true);
    }
    if (reference->textAt("optional") == "true") {
      return std::nullopt;
    }
    unknown.problem = fmt::format("{}: there is no key {} in the {} {} ({}).", reference->where(), key, wordOf(kind),
                                  object, found->object->where());
    return unknown;
  }

  // $(NAME) of what is set so far; $$ is a $, and what is not set stands as written.
  void expand(Variable& variable) {
    const auto text = std::exchange(variable.value, {});
    bool grows = false;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = text.compare(at, 2, "$(") == 0 ? text.find(')', at) : std::string::npos;
      const auto* known = end == std::string::npos ? nullptr : m_environment.find(text.substr(at + 2, end - at - 2));
      if (text.compare(at, 2, "$$") == 0) {
        variable.value += '$';
        at += 2;
      } else if (known == nullptr) {
        variable.value += text[at++];
      } else {
        grows = true;
        variable.value += known->value;
        variable.problem = variable.problem.empty() ? known->problem : variable.problem;
        mergeAsked(variable.asked, known->asked);
        at = end + 1;
      }
      if (grows && variable.value.size() > longest) {
        variable.value.clear();
        variable.problem = fmt::format("{}: with its $(NAME) put in, {} is longer than {} characters.", variable.origin,
                                       variable.name, longest);
        return;
      }
    }
  }

  const Manifests& m_manifests;
  const Manifest& m_workload;
  const KubernetesContainer& m_container;
  Environment m_environment;
};

} // namespace

Variables environmentOf(const Manifests& manifests, const Manifest& workload, const KubernetesContainer& container) {
  return Reader(manifests, workload, container).read();
}

} // namespace whichbase::imports
