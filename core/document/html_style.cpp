#include "document/html_text.h"
#include "picture/palette.h"

#include <fmt/format.h>

namespace whichbase::document::html {

namespace {

using picture::Palette;

std::string databaseColours(const Palette& palette) {
  std::string rules;
  for (std::size_t i = 0; i < palette.databases.size(); ++i)
    rules += fmt::format("  .db{} {{ background: {}; color: {}; }}\n", i, picture::toHex(palette.databases[i]),
                         picture::toHex(picture::inkOn(palette.databases[i])));
  return rules;
}

std::string coloursOf(const Palette& palette) {
  using picture::toHex;
  return fmt::format("  :root {{ --window: {}; --paper: {}; --frame: {}; --text: {}; --faint: {};\n"
                     "    --good: {}; --warning: {}; --bad: {}; --accent: {}; }}\n",
                     toHex(palette.window), toHex(palette.paper), toHex(palette.frame), toHex(palette.text),
                     toHex(palette.faint), toHex(palette.good), toHex(palette.warning), toHex(palette.bad),
                     toHex(palette.databases.front())) +
         databaseColours(palette);
}

constexpr auto rules = R"(* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; background: var(--window); color: var(--text);
  font: 1rem/1.5 Inter, "DejaVu Sans", system-ui, sans-serif; }
main, nav { background: var(--paper); border: 1px solid var(--frame); border-radius: .5rem; padding: 1rem 1.5rem; }
nav { margin-bottom: 1rem; }
nav ol { columns: 16rem; margin: 0; padding-left: 1.5rem; }
a { color: var(--accent); }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus-visible { outline-width: 1px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; display: inline-block; margin-bottom: .5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .3rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; padding-top: .8rem; border-top: 1px solid var(--frame); }
p, li { max-width: 50rem; overflow-wrap: anywhere; }
.headline { font-size: 1.15rem; font-weight: 600; }
.sign { display: inline-block; min-width: 1.2em; }
.good .sign { color: var(--good); } .bad .sign { color: var(--bad); }
.warning .sign { color: var(--warning); } .unknown .sign, .none .sign { color: var(--faint); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--faint); padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border: 1px solid var(--frame);
  overflow-wrap: break-word; min-width: 4rem; max-width: 26rem; }
thead th { background: var(--window); }
tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: "DejaVu Sans Mono", ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
pre { overflow-x: auto; line-height: 1.2; }
figure { margin: .5rem 0 1rem; }
figure svg { max-width: 100%; height: auto; }
figcaption, .open, footer { color: var(--faint); }
.database { display: inline-block; min-width: 1.6em; padding: 0 .35em; border-radius: .3em; text-align: center;
  font-weight: 700; line-height: 1.35; print-color-adjust: exact; }
.dbx { border: 1px dashed var(--faint); }
.prompt { border-left: .25rem solid var(--accent); padding-left: 1rem; margin: 1rem 0; }
.written { white-space: pre-wrap; }
)";

constexpr auto printed = R"(@page { margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10pt; }
  main { border: 0; padding: 0; }
  nav, .skip { display: none; }
  h1, h2, caption, .headline { break-after: avoid; }
  tr, li, figure, .prompt { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; break-inside: avoid; }
  table { font-size: 8pt; width: 100%; }
  th, td { min-width: 0; padding: .2rem .4rem; }
  td { overflow-wrap: anywhere; }
  #evidence { break-before: page; }
}
)";

} // namespace

std::string databaseClass(const std::string& id) {
  const int index = picture::paletteIndex(id);
  return index < 0 ? "dbx" : fmt::format("db{}", std::size_t(index) % picture::lightPalette().databases.size());
}

std::string styleSheet() {
  return ":root { color-scheme: light dark; }\n" + coloursOf(picture::lightPalette()) +
         "@media screen and (prefers-color-scheme: dark) {\n" + coloursOf(picture::darkPalette()) + "}\n" + rules +
         printed;
}

} // namespace whichbase::document::html
