// An environment as it is put together from several places: each name once, the last value wins.
#pragma once

#include "import/interpolation.h"

#include <map>

namespace whichbase::imports {

class Environment {
public:
  // Takes the place of the one of its name.
  void set(Variable variable);
  // What is not here may set anything, also what was set before: `problem` says so of all of it.
  void addGap(const std::string& problem, const std::string& origin);
  // nullptr where there is none.
  const Variable* find(const std::string& name) const;
  const Variables& variables() const { return m_variables; }
  Variables take() { return std::move(m_variables); }

private:
  Variables m_variables;
  std::map<std::string, std::size_t> m_places;
};

} // namespace whichbase::imports
