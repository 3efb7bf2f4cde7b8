// .env files, as Compose and the dotenv programs read them (docs.docker.com/compose/how-tos/environment-variables).
#pragma once

#include "import/interpolation.h"

namespace whichbase::imports {

struct EnvFile {
  std::string shown{};              // how it is called in origins and errors
  std::vector<std::string> asked{}; // what each of its values asks for: "files in FOLDER"
  Syntax syntax = Syntax::dotenv;
  bool isRaw = false; // Compose's format: raw, and docker run's --env-file: no quotes, nothing is put in
};

// NAME=value, NAME: value, "export " before it; '…' as it is, "…" with \n, \", \$ …, both over several lines; a comment
// behind a value after white space. ${NAME} is looked for in the lines above, in `earlier` and in `scope`, in Compose's
// syntax in `scope` first. A NAME alone is taken from `scope`. The last of several lines with one name counts. A line
// that is none of this is an error that names its number.
std::expected<Variables, Error> parseEnvFile(std::string_view text, const EnvFile& file, const Scope& scope,
                                             const Variables& earlier = {});

} // namespace whichbase::imports
