#include "import/environment.h"

namespace whichbase::imports {

void Environment::set(Variable variable) {
  const auto [place, isNew] = m_places.emplace(variable.name, m_variables.size());
  if (isNew) {
    m_variables.push_back(std::move(variable));
  } else {
    m_variables[place->second] = std::move(variable);
  }
}

void Environment::addGap(const std::string& problem, const std::string& origin) {
  for (auto& variable : m_variables) {
    variable.problem = problem;
  }
  set({.origin = origin, .problem = problem});
}

const Variable* Environment::find(const std::string& name) const {
  const auto found = m_places.find(name);
  return found == m_places.end() ? nullptr : &m_variables[found->second];
}

} // namespace whichbase::imports
