#include "present/slides.h"

#include "document/recorded.h"
#include "model/environment_words.h"
#include "present/hidden_addresses.h"
#include "topology/proofs.h"
#include "window/sign.h"

#include <QObject>

#include <algorithm>
#include <array>

namespace whichbase::ui {

namespace {

constexpr std::size_t stackFrom = 6; // servers: fewer than in the window, since they are drawn larger

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

Slide sidePage(const View& view, topology::Side side, const layout::Diagram& diagram) {
  const bool isBefore = side == topology::Side::before;
  const auto& snapshot = isBefore ? *view.before : *view.after;
  Slide page;
  page.kind = isBefore ? Slide::Kind::before : Slide::Kind::now;
  page.heading = isBefore ? QObject::tr("BEFORE") : view.hasBefore ? QObject::tr("AFTER") : QObject::tr("NOW");
  const bool recorded = isBefore ? view.beforeRecorded : view.afterRecorded;
  const QString when = text(topology::toClockAndDay(snapshot.finishedAt));
  page.when = recorded ? QObject::tr("recorded %1").arg(when) : QObject::tr("seen %1").arg(when);
  page.sign = signOf(snapshot.verdict.kind);
  page.sentence = text(snapshot.verdict.text);
  page.detail = text(snapshot.verdict.detail);
  if (!isBefore && !view.stale.isEmpty())
    page.detail = view.stale;
  page.diagram = diagram;
  return page;
}

// "saw it after 3 ms, and confirmed that it was deleted"
QString outcomeOf(const topology::ServerCheck& check, const topology::Verification& verification) {
  const bool isRow = verification.means == topology::Verification::Means::testRow;
  QString told;
  if (!check.reached)
    told = QObject::tr("was not reached");
  else if (!check.saw)
    told = isRow ? QObject::tr("did not see the row") : QObject::tr("did not see the others’ flags");
  else if (!isRow)
    told = QObject::tr("sees the flags of the others");
  else if (check.seenAfterMs)
    told = QObject::tr("saw the row within %1 ms").arg(QString::number(*check.seenAfterMs, 'f', 0));
  else
    told = QObject::tr("saw the row");
  if (isRow && check.saw)
    told += check.confirmedDeletion ? QObject::tr(", and its deletion") : QObject::tr("; its deletion was not seen");
  if (isRow && check.server == verification.writer)
    told = QObject::tr("wrote the row, and %1").arg(told);
  if (!check.note.empty())
    told += QStringLiteral(" (%1)").arg(text(check.note));
  return told;
}

void addVerification(Slide& page, const topology::Snapshot& snapshot, const topology::ToldVerification& told) {
  const auto& verification = *snapshot.proofs.verification;
  const bool blind =
      std::ranges::any_of(verification.servers, [](const auto& each) { return each.reached && !each.saw; });
  page.sentence = text(told.text);
  page.sign = !told.current               ? Sign::unknown
              : verification.everyoneSees ? Sign::good
              : blind                     ? Sign::bad
                                          : Sign::unknown;
  if (!told.current)
    page.detail = QObject::tr("Something changed since: this is how it was then.");
  for (const auto& check : verification.servers)
    page.lines.push_back({check.saw       ? Sign::good
                          : check.reached ? Sign::bad
                                          : Sign::unknown,
                          text(check.server), outcomeOf(check, verification), check.database});
}

std::optional<Slide> proofPage(const View& view) {
  const auto* snapshot = present(view);
  Slide page;
  page.kind = Slide::Kind::proof;
  page.heading = QObject::tr("PROOF");
  page.when = text(topology::toClockAndDay(snapshot->finishedAt));
  const auto told = topology::toldVerification(*snapshot);
  if (told) {
    page.when = text(topology::toClockAndDay(snapshot->proofs.verification->at));
    addVerification(page, *snapshot, *told);
  } else {
    page.sentence = QObject::tr("What this rests on: what the running databases told");
    for (const auto& evidence : snapshot->evidence)
      page.lines.push_back({evidence.says == "unknown" ? Sign::unknown : Sign::none, {}, text(evidence.text), {}});
  }
  for (const auto& rows : snapshot->proofs.rows)
    page.lines.push_back(
        {rows.settled ? Sign::none : Sign::unknown, QObject::tr("Rows compared"), text(topology::toText(rows)), {}});
  if (page.lines.empty())
    return std::nullopt;
  return page;
}

std::optional<Slide> leftBehindPage(const View& view) {
  constexpr std::array codes = {"left-behind", "tables-missing", "triggers-missing", "user-rows-differ"};
  Slide page;
  page.kind = Slide::Kind::leftBehind;
  page.heading = view.comparison ? QObject::tr("LEFT BEHIND") : QObject::tr("NOT IN BOTH");
  page.when = text(topology::toClockAndDay(present(view)->finishedAt));
  QStringList titles;
  for (const auto& finding : openFindings(view)) {
    if (std::ranges::find(codes, finding.code) == codes.end())
      continue;
    titles << text(finding.title);
    page.lines.push_back({signOf(finding.severity), text(finding.title), text(finding.text), {}});
    if (page.sign != Sign::bad)
      page.sign = signOf(finding.severity);
  }
  if (titles.isEmpty())
    return std::nullopt;
  page.sentence = titles.size() <= 2 ? titles.join(QStringLiteral("; "))
                                     : QObject::tr("%1; and %2 more").arg(titles.front()).arg(titles.size() - 1);
  return page;
}

void addEvents(Slide& page, const history::Overview& overview) {
  for (const auto& event : overview.events) {
    if (!event.isMajor() && event.kind != history::EventKind::note)
      continue;
    page.lines.push_back(
        {Sign::none, text(topology::toShortClock(event.at, overview.events.back().at)), text(event.text), {}});
  }
}

// Without a history the two sides are two known times.
void addSides(Slide& page, const topology::Comparison& comparison) {
  const auto reference = comparison.after.finishedAt;
  for (const auto* side : {&comparison.before, &comparison.after})
    page.lines.push_back({signOf(side->verdict.kind),
                          text(topology::toShortClock(side->finishedAt, reference)),
                          text(side->verdict.text),
                          {}});
}

// The last time that the verdict changed says most.
QString timelineSentence(const Slide& page, const history::Overview* overview) {
  if (overview)
    for (auto event = overview->events.rbegin(); event != overview->events.rend(); ++event)
      if (event->kind == history::EventKind::verdictChanged)
        return QStringLiteral("%1: %2").arg(text(topology::toShortClock(event->at, overview->events.back().at)),
                                            text(event->text));
  const auto& first = page.lines.front();
  const auto& last = page.lines.back();
  return first.lead == last.lead ? QStringLiteral("%1: %2").arg(last.lead, last.text)
                                 : QObject::tr("From %1 to %2").arg(first.lead, last.lead);
}

std::optional<Slide> timelinePage(const View& view, const history::Overview* overview) {
  Slide page;
  page.kind = Slide::Kind::timeline;
  page.heading = QObject::tr("TIMELINE");
  page.when = QObject::tr("all times in UTC");
  if (overview)
    addEvents(page, *overview);
  if (page.lines.empty() && view.comparison)
    addSides(page, *view.comparison);
  if (page.lines.empty())
    return std::nullopt;
  page.sentence = timelineSentence(page, overview);
  return page;
}

QString whenOf(const View& view) {
  if (view.replayedAt)
    return QObject::tr("as it was at %1").arg(text(topology::toClockAndDay(*view.replayedAt)));
  return QObject::tr("as of %1").arg(text(topology::toClockAndDay(present(view)->finishedAt)));
}

} // namespace

Slides slidesOf(const View& view, const std::shared_ptr<const history::Overview>& overview,
                const EnvironmentLooks& looks) {
  Slides slides;
  const auto* snapshot = present(view);
  if (!snapshot)
    return slides;
  slides.title = text(snapshot->title);
  slides.when = whenOf(view);
  slides.overview = overview && view.replayedAt
                        ? std::make_shared<const history::Overview>(document::until(*overview, *view.replayedAt))
                        : overview;
  slides.addresses = addressesOf(view);
  layout::Options options;
  options.width = 1200;
  options.stackFrom = stackFrom;
  options.environmentWords = environmentWords(view, looks);
  layout::DiagramPair pair;
  if (view.comparison)
    pair = layout::layOut(*view.comparison, options);
  else
    (view.after ? pair.after : pair.before) = layout::layOut(*snapshot, options);
  if (view.before)
    slides.pages.push_back(sidePage(view, topology::Side::before, pair.before));
  if (view.after)
    slides.pages.push_back(sidePage(view, topology::Side::after, pair.after));
  for (auto& page : {proofPage(view), leftBehindPage(view), timelinePage(view, slides.overview.get())})
    if (page)
      slides.pages.push_back(*page);
  return slides;
}

QString spokenText(const Slide& slide) {
  QStringList parts{slide.heading, slide.when, slide.sentence, slide.detail};
  for (const auto& box : slide.diagram.boxes)
    parts << text(box.title) + (box.databaseId.empty() ? QString() : QStringLiteral(" ") + letterOf(box.databaseId)) +
                 (box.usersText.empty() ? QString()
                                        : QStringLiteral(", %1 %2").arg(text(box.usersText), text(box.usersWord))) +
                 (box.failure.empty() ? QString() : QStringLiteral(", ") + text(box.failure));
  for (const auto& line : slide.lines)
    parts << (line.lead.isEmpty() ? line.text : QStringLiteral("%1: %2").arg(line.lead, line.text));
  parts.removeAll(QString());
  return parts.join(QStringLiteral(". "));
}

} // namespace whichbase::ui
