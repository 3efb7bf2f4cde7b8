// How the benchmarks time and sum up.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace whichbase::bench {

template <class Work>
double millisecondsOf(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// The value below which `share` of all lie: 0.5 is the median.
inline double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

inline double median(std::vector<double> values) {
  return percentile(std::move(values), 0.5);
}

} // namespace whichbase::bench
