// ${NAME} in configuration files: Compose's templates (docs.docker.com/reference/compose-file/interpolation) and those
// of .env files.
#pragma once

#include "import/variables.h"

namespace whichbase::imports {

// A text, and what there is to know of it: `problem` and `asked` as a Variable has them.
struct Value {
  std::string text{};
  std::string problem{};
  std::vector<std::string> asked{};
  bool operator==(const Value&) const = default;
};

// What a name stands for; `asked` is filled in where it is not set, too.
struct Answer {
  bool isSet = false;
  Value value{};
};
using Scope = std::function<Answer(const std::string& name)>;

// Asks `lookup`, and says so in the answer.
Answer askedOf(const Lookup& lookup, const std::string& name);
// Of a variable that is known; its problem and what it asked for go with it.
Answer answerOf(const Variable& variable);

enum class Syntax {
  compose, // $NAME and ${NAME}, each with its forms; $$ is a $
  // .env files: \$ is a $, too, a $ that starts nothing is itself, and so are $NAME that is not set, and $$: in
  // passwords they mean themselves to most readers of such files.
  dotenv,
};

// The forms: ${NAME:-default}, ${NAME-default}, ${NAME:?why}, ${NAME?why}, ${NAME:+other}, ${NAME+other}, one in the
// other. A name that is not set, and has no default, stands as written and is the value's problem, which Compose would
// take for empty. `where` ("docker-compose.yml:12") stands before a problem.
Value interpolated(std::string_view text, const Scope& scope, Syntax syntax, const std::string& where);

} // namespace whichbase::imports
