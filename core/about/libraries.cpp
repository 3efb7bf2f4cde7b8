#include "about/libraries.h"

#include "pg/session.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cairo.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <librsvg/rsvg.h>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <pango/pango.h>
#include <toml++/toml.h>

namespace whichbase::about {

std::string version() {
  return WHICHBASE_VERSION;
}

std::vector<std::string> libraries() {
  auto all = pg::clientLibraries();
  all.push_back(fmt::format("SQLite {}", SQLite::getLibVersion()));
  all.push_back(fmt::format("SQLiteCpp {}", SQLITECPP_VERSION));
  all.push_back(fmt::format("OpenSSL {}", OpenSSL_version(OPENSSL_VERSION_STRING)));
  all.push_back(fmt::format("Cairo {}", cairo_version_string()));
  all.push_back(fmt::format("Pango {}", pango_version_string()));
  all.push_back(fmt::format("librsvg {}.{}.{}", rsvg_major_version, rsvg_minor_version, rsvg_micro_version));
  all.push_back(fmt::format("toml++ {}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH));
  all.push_back("yaml-cpp " WHICHBASE_YAML_VERSION);
  all.push_back(fmt::format("fmt {}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100));
  all.push_back(fmt::format("nlohmann-json {}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                            NLOHMANN_JSON_VERSION_PATCH));
  return all;
}

std::string versionText(const std::string& name, std::vector<std::string> more) {
  for (auto& library : libraries())
    more.push_back(std::move(library));
  return fmt::format("{} {}\nwith {}", name, version(), fmt::join(more, ", "));
}

} // namespace whichbase::about
