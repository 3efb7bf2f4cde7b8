#include "document/report.h"
#include "sample_incident.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

using namespace whichbase;
using namespace whichbase::document;

namespace {

// A strict reader: every element is closed in its order, ids are there once, headings skip no level, every table names
// its columns, every picture has title and description, and nothing runs or is fetched.
constexpr auto reader = R"(
import sys, re
from html.parser import HTMLParser
VOID = {'meta', 'link', 'br', 'img', 'hr', 'input'}
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.level, self.problems, self.skips = [], set(), 0, [], []
        self.svg = None
    def say(self, what): self.problems.append('line %d: %s' % (self.getpos()[0], what))
    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)): self.say('attribute twice in ' + tag)
        values = dict(attrs)
        if tag in ('script', 'iframe', 'object', 'embed', 'base', 'link'): self.say(tag)
        for name, value in attrs:
            if name.startswith('on'): self.say(name)
            if name in ('src', 'href', 'xlink:href', 'action') and not (value or '').startswith('#'): self.say(name + ' ' + str(value))
            if name == 'href': self.skips.append(value[1:])
            if value and re.search(r'url\(|javascript:', value) and name == 'style': self.say(value)
        if 'id' in values:
            if values['id'] in self.ids: self.say('id twice: ' + values['id'])
            self.ids.add(values['id'])
        if re.fullmatch('h[1-6]', tag):
            if int(tag[1]) > self.level + 1: self.say('heading skips to ' + tag)
            self.level = int(tag[1])
        if tag == 'th' and values.get('scope') not in ('col', 'row'): self.say('th without scope')
        if tag == 'html' and not values.get('lang'): self.say('no lang')
        if tag == 'svg': self.svg = set()
        if self.svg is not None: self.svg.add(tag)
        if tag not in VOID: self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID: self.handle_endtag(tag)
    def handle_endtag(self, tag):
        if tag == 'svg':
            if not {'title', 'desc'} <= self.svg: self.say('svg without title and desc')
            self.svg = None
        if not self.open or self.open[-1] != tag: self.say('</%s> while %s is open' % (tag, self.open[-1:]))
        else: self.open.pop()
    def handle_comment(self, data): self.say('comment ' + data)
text = sys.stdin.buffer.read().decode('utf-8', 'strict')
reader = Reader(); reader.feed(text); reader.close()
if reader.open: reader.problems.append('never closed: ' + str(reader.open))
for target in reader.skips:
    if target not in reader.ids: reader.problems.append('no target #' + target)
if re.search('[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]', text): reader.problems.append('control character')
for need in ('<!DOCTYPE html>', '<title>', 'prefers-color-scheme: dark', '@media print', ':focus-visible', 'class="skip"'):
    if need not in text: reader.problems.append('no ' + need)
print('\n'.join(reader.problems))
)";

std::string problemsIn(const std::string& html) {
  test::RunOptions options;
  options.input = html;
  const auto result = test::runProgram({"python3", "-c", reader}, options);
  return result.errors + (result.output == "\n" ? "" : result.output);
}

TEST(Html, IsReadStrictlyWithAllItsPictures) {
  EXPECT_EQ(problemsIn(toHtml(reportOf(samples::recordedIncident()))), "");
}

TEST(Html, HoldsWhateverANameHolds) {
  for (const std::string& name : samples::nastyNames())
    EXPECT_EQ(problemsIn(toHtml(reportOf(samples::incidentNamed(name)))), "") << name;
}

TEST(Html, ANameIsShownAndNeverRun) {
  const std::string html = toHtml(reportOf(samples::incidentNamed("<script>alert(1)</script>\" onload=\"x")));
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x"), std::string::npos);
}

TEST(Html, WritingFromRightToLeftTurnsNothingAroundIt) {
  const std::string html = toHtml(reportOf(samples::incidentNamed("שרת"), {.drawings = false}));
  EXPECT_NE(html.find("<bdi>שרת0</bdi>"), std::string::npos);
}

TEST(Html, SaysEverySignInWords) {
  const std::string html = toHtml(reportOf(samples::recordedIncident(), {.drawings = false}));
  EXPECT_NE(html.find("<span class=\"spoken\">Good: </span>"), std::string::npos);
  EXPECT_NE(html.find("<span class=\"spoken\">Bad: </span>"), std::string::npos);
}

TEST(Html, KeepsTheLinesOfWhatWasWritten) {
  Incident incident{samples::incident()};
  incident.written = {{"actions", "one <b>\ntwo & three"}};
  const std::string html = toHtml(reportOf(incident, {.drawings = false}));
  EXPECT_NE(html.find("<p class=\"written\">one &lt;b&gt;\ntwo &amp; three</p>"), std::string::npos);
}

} // namespace
