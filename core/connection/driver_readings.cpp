#include "connection/driver_readings.h"

#include "connection/connection_string.h"
#include "connection/driver_draft.h"
#include "connection/secret_forms.h"
#include "connection/url_shape.h"
#include "connection/written.h"

#include <fmt/format.h>

#include <array>

namespace whichbase::connection {

namespace {

struct Driver {
  const char* name;
  Draft (*read)(const Source&);
};

constexpr std::array<Driver, 6> drivers{{{"libpq", readAsLibpq},
                                         {"asyncpg", readAsAsyncpg},
                                         {"SQLAlchemy", readAsSqlAlchemy},
                                         {"node-postgres", readAsNode},
                                         {"pgx", readAsPgx},
                                         {"Ruby", readAsRuby}}};

constexpr const char* newerPgx = "versions after 5.10 read it as libpq does";

// libpq has found user or host elsewhere.
bool takesOtherParts(const Draft& strict, const Draft& other) {
  const auto differ = [](const std::optional<Piece>& a, const std::optional<Piece>& b) {
    return a.has_value() != b.has_value() || (a && a->value != b->value);
  };
  return (strict.user || strict.host) && (differ(strict.user, other.user) || differ(strict.host, other.host));
}

std::optional<std::string> shown(const std::optional<Piece>& piece) {
  if (!piece || (piece->value.empty() && !piece->secret)) {
    return std::nullopt;
  }
  return piece->secret ? "***" : piece->value;
}

// A part of a reading beside what is meant. An absent part only differs where the driver goes on without it.
bool differs(const std::optional<std::string>& read, std::string_view meant, bool accepts) {
  return read ? *read != meant : accepts && !meant.empty();
}

// The problems are made of our own words, libpq's cleared message and names of parameters; this is the second lock.
std::string withoutSecrets(const std::string& problem, const Source& source) {
  std::vector<Span> spans;
  for (const auto& secret : source.secrets()) {
    findSecret(problem, std::string(secret.in(source.text())), spans);
  }
  return covered(problem, joined(std::move(spans)));
}

struct Parts {
  std::string user, host, port, dbname;
};

bool readsAsMeant(const Reading& reading, const Parts& meant) {
  return reading.accepts && !differs(reading.user, meant.user, true) && !differs(reading.host, meant.host, true) &&
         !differs(reading.port, meant.port, true) && !differs(reading.dbname, meant.dbname, true);
}

// "takes the host to be example.org", or "refuses it".
std::string mistake(const Reading& reading, const Parts& meant) {
  const auto says = [&](const char* name, const std::optional<std::string>& read, const std::string& part) {
    if (!differs(read, part, reading.accepts)) {
      return std::string();
    }
    return read == "***" ? fmt::format("a piece of the password for the {}", name)
                         : fmt::format("the {} to be {}", name, read ? *read : std::string("left out"));
  };
  for (const auto& text : {says("host", reading.host, meant.host), says("database", reading.dbname, meant.dbname),
                           says("user", reading.user, meant.user), says("port", reading.port, meant.port)}) {
    if (!text.empty()) {
      return text;
    }
  }
  return {};
}

std::string joinedNames(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  return text;
}

// Drivers with one outcome are named together, in the order of their first.
std::string sentence(const std::vector<Reading>& readings, const Parts& meant) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const auto& reading : readings) {
    const auto outcome = readsAsMeant(reading, meant) ? std::string("=") : mistake(reading, meant);
    auto found = std::ranges::find(groups, outcome, &decltype(groups)::value_type::first);
    if (found == groups.end()) {
      found = groups.insert(groups.end(), {outcome, {}});
    }
    found->second.push_back(reading.accepts && reading.problem == newerPgx ? "pgx up to 5.10" : reading.driver);
  }
  std::string text;
  for (const auto& [outcome, names] : groups) {
    const bool one = names.size() == 1;
    const auto verb = outcome == "="    ? fmt::format("read{} it as meant", one ? "s" : "")
                      : outcome.empty() ? fmt::format("refuse{} it", one ? "s" : "")
                                        : fmt::format("take{} {}", one ? "s" : "", outcome);
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", joinedNames(names), verb);
  }
  return text + ".";
}

std::string decoded(std::string_view text, const std::optional<Span>& span) {
  return span ? Source(text).piece(*span, Decoding::percent).value : std::string();
}

Parts meantBy(std::string_view text, const UrlShape& shape) {
  Parts parts{decoded(text, shape.user), {}, {}, decoded(text, shape.dbname)};
  for (const auto& host : shape.hosts) {
    const bool first = &host == &shape.hosts.front();
    parts.host += (first ? "" : ",") + decoded(text, host.name);
    parts.port += (first ? "" : ",") + decoded(text, host.port);
  }
  for (const auto& [key, value] : shape.query) {
    auto* part = key.in(text) == "user"     ? &parts.user
                 : key.in(text) == "host"   ? &parts.host
                 : key.in(text) == "port"   ? &parts.port
                 : key.in(text) == "dbname" ? &parts.dbname
                                            : nullptr;
    if (part != nullptr) {
      *part = decoded(text, value);
    }
  }
  return parts;
}

} // namespace

std::vector<Reading> readings(std::string_view text) {
  const Source source(trimmed(text));
  std::vector<Reading> result;
  const Draft strict = readAsLibpq(source);
  for (const auto& driver : drivers) {
    Draft draft = driver.read(source);
    if (driver.read == &readAsPgx && draft.accepts && takesOtherParts(strict, draft)) {
      draft.problem = newerPgx;
    }
    Reading reading{
        driver.name, draft.accepts, shown(draft.user), shown(draft.host), shown(draft.port), shown(draft.dbname), {}};
    if (draft.problem) {
      reading.problem = withoutSecrets(*draft.problem, source);
    }
    result.push_back(std::move(reading));
  }
  return result;
}

std::string disagreement(std::string_view bare) {
  const auto scheme = schemeOf(bare);
  if (scheme.empty() || scheme.find(':') != std::string::npos) {
    return {}; // key/value strings are libpq's own, jdbc: is Java's: no other driver is meant to read them
  }
  // postgresql+psycopg2://, postgres:// and the like: whoever reads it takes the driver's name off first.
  const auto text = fmt::format("postgresql{}", bare.substr(scheme.size()));
  const auto reading = readUrl(text);
  if (reading.meaning != UrlMeaning::clear) {
    return {};
  }
  const auto meant = meantBy(text, reading.shape);
  const auto unescaped = [&](const std::optional<Span>& span) {
    return span && span->in(text).find_first_of("@/?#") != std::string_view::npos;
  };
  const bool isUnclear = unescaped(reading.shape.user) || unescaped(reading.shape.password);
  // Only SQLAlchemy is meant to read postgresql+psycopg2://.
  const bool forAll = scheme.find('+') == std::string::npos;
  const auto read = readings(text);
  const bool differently = std::ranges::any_of(
      read, [&](const Reading& each) { return !readsAsMeant(each, meant) && (isUnclear || (each.accepts && forAll)); });
  return differently ? sentence(read, meant) : std::string();
}

} // namespace whichbase::connection
