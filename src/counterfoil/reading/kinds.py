"""Stock, flow, change, rate; how sure; up or down: what the words around a number say of it beside its measure."""

from counterfoil.reading.lexemes import BREAKS, Hit, Part, Scan, beside, has, part_of, scan_around, within
from counterfoil.reading.model import Cause, Direction, Kind, Modality, Tally
from counterfoil.reading.taxonomy import Entry, vocabulary
from counterfoil.spans import Span

SUMMED = 6  # tokens between "the total", "the toll" and its number
NEARBY = 12  # tokens between "so far" and its number
REACH = 6  # tokens before an event or a number in which a modal word counts
WALLS = BREAKS | frozenset(',"“”()') | {"that", "which", "and", "while", "but", "of"}
_CLOSERS = frozenset([",", "is", "are", "was", "were"])  # "among those facing eviction are 300 people who ..."
SHARES = ("percent", "fraction")
_KINDS = {
    "money": Kind.MONEY,
    "measure": Kind.MEASUREMENT,
    "duration": Kind.DURATION,
    "age": Kind.AGE,
    "score": Kind.SCORE,
    "rate": Kind.RATE,
    "points": Kind.CHANGE,
}

_CERTAINTY = ("denied", "feared", "planned", "projected", "uncertain", "estimated")  # the first that is found is taken


_CAUSES = tuple(Cause)


def direction(text: str, number: Span, event: Span | None, what: Span | None) -> Direction | None:
    """Return the sign of a change: from the event's words, else from those beside the number, else from `what`."""
    window = Span(max(0, number.start - 60), min(len(text), number.end + 40))
    scan = scan_around(text, window, number)
    first, last = scan.tokens(number)
    act = part_of(text, scan, event)
    for part in (None if _of_another(scan, (first, last), act) else act, None, part_of(text, scan, what)):
        signs = within(part, "up", "down")
        if part is None:
            signs = [
                h
                for h in scan.of("up", "down")
                if (-4 <= h.last - 1 - first < 0 or 0 <= h.first - last < 2)
                and BREAKS.isdisjoint(scan.words[min(h.last, last) : max(h.first, first)])
            ]
        clear = [h for h in signs if part or not h.inert or h.first >= last]  # "more than 60%" is a bound
        if clear:
            nearest = min(clear, key=lambda h: h.first if part else (abs(h.first - first), h.first))
            return Direction(nearest.section)
    return None


def kind_of(
    scan: Scan,
    here: tuple[int, int],
    thing: Part | None,
    act: Part | None,
    time: Part | None,
    entry: Entry,
    shape: str,
    unit: str,
    sign: Direction | None,
) -> Kind:
    """Return the kind of quantity; see the section `kinds` of the lexicon for the words."""
    if shape == "multiple":
        return Kind.CHANGE
    if shape in SHARES:
        return Kind.CHANGE if sign is not None or _changes(scan, here, act) else Kind.SHARE
    if shape == "measure" and "/" in unit and entry.code != "speed":
        return Kind.RATE if entry.code == "volume" else Kind.MEASUREMENT
    if shape in _KINDS:
        return _KINDS[shape]
    if _is_rate(scan, here, thing, time):
        return Kind.RATE
    if _is_difference(scan, here, act, entry):
        return Kind.CHANGE
    # "lives" stay, but not in "lost their lives"; "needs", but not "wants to relocate"
    wishes = act[0].of("planned", "projected") if act else []
    stays = any(
        entry.code not in hit.longer and not any(wish.first <= hit.first < wish.last for wish in wishes)
        for hit in within(act, "state")
    )
    if entry.kind == "flow" and entry.rank > 1 and not stays:
        return Kind.FLOW
    if entry.kind == "stock" and entry.rank > 1:
        return Kind.STOCK
    return _stock_or_flow(thing, act, time, entry, unit)


def _changes(scan: Scan, here: tuple[int, int], act: Part | None) -> bool:
    """Say whether a percentage is one of change: "rose by 60%", "60% more"; but "rose to 60%" is a share."""
    before, after = scan.words[max(0, here[0] - 2) : here[0]], scan.words[here[1] : here[1] + 2]
    if after[:1] == ("of",) and after != ("of", "its"):
        return False
    if before[-1:] in (("to",), ("at",), ("from",)) and before != ("up", "to"):
        return False
    if not _of_another(scan, here, act) and has(act, "change_words"):
        return True
    comma = scan.words[here[1] : here[1] + 1] == (",",)
    return any(
        (not h.inert and beside(scan, h, here, 2))
        if h.last <= here[0]
        else 0 <= h.first - here[1] < 2 - comma and not _bounds_another(scan, h, here)
        for h in scan.of("change_words")
    )


def _bounds_another(scan: Scan, hit: Hit, here: tuple[int, int]) -> bool:
    """Say whether "more than" is another number's bound: "37% spend more than half of it"."""
    return hit.first > here[1] and scan.words[hit.first] == "more" and scan.words[hit.last : hit.last + 1] == ("than",)


def _of_another(scan: Scan, here: tuple[int, int], act: Part | None) -> bool:
    """Say whether an event is told of a change, and the number is a level: "was 6.3 per cent, down 0.6 points"."""
    if act is None or act[0] is not scan or act[1] < here[1] or "," not in scan.words[here[1] : act[1]]:
        return False
    if any(word.startswith("point") for word in scan.words[here[0] : here[1] + 1]):
        return False  # "was 4.5 points, the drop in growth"
    before = here[0]
    while before and scan.words[before - 1] in _ROUGHLY:
        before -= 1
    return scan.words[max(0, before - 1) : before] != () and scan.words[before - 1] in LEVELS


# Verbs before a level; "stood at" is told by its "at".
LEVELS = frozenset("is was are were be been remains remained stays stayed reached totalled averaged equals".split())
_ROUGHLY = frozenset("about around some nearly almost just only over under roughly a an at".split())


def _is_difference(scan: Scan, here: tuple[int, int], act: Part | None, entry: Entry) -> bool:
    """Say whether a count is how many more or fewer: "rose by 40", "40 fewer than", "gained 13 seats"."""
    if entry.code == "seats" and has(act, "change_words"):
        return True
    if act and has(act, "change_words"):
        own, low, high = act
        if high - low <= 2 and own.words[high - 1] in _DIFFERENCES:
            return True
    if scan.words[max(0, here[0] - 1) : here[0]] == ("to",) and scan.words[max(0, here[0] - 2) : here[0] - 1] != (
        "up",
    ):
        return False  # "rose by six to 51"
    return any(
        beside(scan, h, here, 2) and (h.last <= here[0] or scan.words[h.first] in ("more", "fewer", "less"))
        for h in scan.of("change")
    )


_DIFFERENCES = ("more", "fewer", "less", "increase", "decrease", "rise", "drop", "fall", "decline", "gain")


def _is_rate(scan: Scan, here: tuple[int, int], thing: Part | None, time: Part | None) -> bool:
    """Say whether the count is per day, per head or an average."""
    end = here[1]
    if thing and thing[0] is scan and 0 <= thing[1] - end <= 3:
        end = thing[2]
    spoilt = scan.of("not_rate")
    for hit in scan.of("rate"):
        if any(s.first <= hit.first < s.last for s in spoilt):
            continue
        if 0 <= hit.first - end <= 2 and WALLS.isdisjoint(scan.words[end : hit.first]):
            return True
        if hit.last <= here[0] and beside(scan, hit, here, 3) and scan.words[hit.first] not in ("a", "an", "per"):
            return True
        if time and time[0] is scan and time[1] == hit.first and hit.last == time[2]:
            return True
    return False


def _names_year(time: Part | None) -> bool:
    return time is not None and any(len(w) == 4 and w.isdigit() for w in time[0].words[time[1] : time[2]])


def _stock_or_flow(thing: Part | None, act: Part | None, time: Part | None, entry: Entry, unit: str) -> Kind:
    """Return stock or flow: events happen; else the verb says it, then the time words, then the noun."""
    if unit == "event":
        return Kind.FLOW
    if has(act, "state"):
        return Kind.STOCK
    if act:
        own, low, high = act
        verbs = [w for w in own.words[low:high] if w not in vocabulary().auxiliaries and w[0].isalpha()]
        if has(act, "flow") or any(w.endswith(("ed", "ing")) for w in verbs):
            return Kind.FLOW
        if not verbs:
            return Kind.STOCK
    if has(time, "as_of"):
        return Kind.STOCK
    if has(time, "since") or has(thing, "flow_nouns") or _names_year(time):
        return Kind.FLOW
    return Kind.FLOW if entry.kind == "flow" else Kind.STOCK


# "Of their own free will" speaks of no time to come.
_WISHES = tuple(
    (before, "will") for before in ("free", "own", "good", "ill", "their", "his", "her", "its", "political")
)


def modality_of(scan: Scan, here: tuple[int, int], act: Part | None) -> Modality:
    """Return how sure the words are. Precision first: without a word beside the number or its event, observed."""
    anchors = [here]
    # "feared that 9 might drown, but the navy counted 80": what another clause fears is not what this one counts
    set_apart = act is not None and not _CONTRASTS.isdisjoint(scan.words[act[2] : here[0]])
    if act and act[0] is scan and not set_apart and not _CLOSERS.issuperset(scan.words[act[1] : act[2]]):
        anchors.append((act[1], act[2]))
    found: set[str] = set()
    for hit in scan.of(*_CERTAINTY):
        if hit.inert or (hit.first and scan.words[hit.first - 1 : hit.first + 1] in _WISHES):
            continue
        reach = 2 * REACH if hit.section == "denied" else REACH
        if hit.section == "estimated":
            if hit.last <= here[0] and _clear(scan, hit.last, here[0], 3):
                found.add(hit.section)
            continue
        for first, last in anchors:
            inside = first <= hit.first and hit.last <= last
            if inside or (hit.last <= first and _clear(scan, hit.last, first, reach)):
                found.add(hit.section)
    found |= _foreseen(scan.words, here)
    if not found.isdisjoint(("planned", "projected")) and _came_about(scan.words, here):
        found -= {"planned", "projected"}
    first_found = next((name for name in _CERTAINTY if name in found), "observed")
    return Modality("estimated" if first_found == "uncertain" else first_found)


_CONTRASTS = frozenset(["but", "while", "whereas", "although", "though"])
# Participles that tell of the noun behind them ("expected growth of 5%") or of the count before ("5% is projected").
_PARTICIPLES = {
    **dict.fromkeys(("expected", "projected", "forecast", "predicted", "anticipated", "foreseen"), "projected"),
    **dict.fromkeys(("planned", "targeted", "proposed", "scheduled", "budgeted"), "planned"),
}
_NOUNS = {
    **dict.fromkeys(("forecast", "projection", "prediction", "outlook"), "projected"),
    **dict.fromkeys(("target", "goal", "plan", "quota"), "planned"),
    **dict.fromkeys(("estimate",), "estimated"),
}
_COPULAS = frozenset("is are was were be been stands stood remains remained".split())
_HEDGED = _ROUGHLY | frozenset("more less least most than to up some".split())
_OWNERS = frozenset("a an the its their his her our this that s official annual".split())
_SMALL = frozenset(  # words that end a noun phrase
    "to by in on at for from with as than that which who whose and or but if when while will would have has had not"
    " the a an it they he she this these those".split()
)
_AIMED_AT = frozenset("attack attacks raid raids strike strikes bomb bombing shooting gunmen militants".split())
SUBJECT = 8  # tokens of a subject between "the forecast" and "is 5.2%"


def _foreseen(words: tuple[str, ...], here: tuple[int, int]) -> set[str]:
    """Return how sure an adjective, a noun or a passive of foresight makes the number.

    "expected growth of 5.2%", "4,000 planned job losses", "a 3% growth forecast", "the target is 90%", "is projected".
    """
    first, last = here
    found: set[str] = set()
    before = first
    while before and words[before - 1] in _HEDGED:
        before -= 1
    between = first - before
    opens = max(0, before - SUBJECT)
    for at in range(opens, first):
        found |= _ahead(words, at, before if between else first)
    ends = next((k for k in range(last, min(last + SUBJECT, len(words))) if _stops(words[k])), len(words))
    for at in range(last, min(ends, last + 4)):
        word, following = words[at], words[at + 1 : at + 2]
        if at == last and word in _PARTICIPLES and following and following[0].isalpha() and following[0] not in _SMALL:
            found.add(_PARTICIPLES[word])  # "4,000 planned job losses"
        owned = first and words[first - 1] in _OWNERS
        closed = not following or _stops(following[0]) or following[0] in _SMALL
        if at > last and word in _NOUNS and owned and closed and _SMALL.isdisjoint(words[last:at]):
            found.add(_NOUNS[word])  # "its 3% growth forecast"
    if ends < len(words) - 1 and words[ends] in _COPULAS and words[ends + 1] in _PARTICIPLES:
        after = words[ends + 2 : ends + 3]
        if after != ("to",) and not {"and", "who", "that", "which"} & set(words[last:ends]):
            found.add(_PARTICIPLES[words[ends + 1]])  # "5.6% of GDP is projected for 2026"
    return found


# "The expected trial of 12 officers began": what was foreseen has happened.
_HAPPENED = frozenset(
    "began started opened ended finished closed concluded happened occurred materialised materialized passed".split()
)
_DONE = frozenset("completed finished held carried concluded ended opened done made implemented executed".split())
_PAIRS = frozenset((("took", "place"), ("went", "ahead"), ("got", "under"), ("came", "true"), ("took", "effect")))
_OPEN = frozenset(
    "to will would may might could should must can not never yet only until unless before if whether after when who"
    " which that whose due expected".split()
)


def _came_about(words: tuple[str, ...], here: tuple[int, int]) -> bool:
    """Say whether the number's own clause tells that what was foreseen took place: "began", "was completed"."""
    foreseen = next((k for k in range(here[0] - 1, -1, -1) if words[k] in _PARTICIPLES), -1)
    if foreseen < 0 or any(_stops(w) or w in _OPEN for w in words[foreseen + 1 : here[0]]):
        return False
    for k in range(here[1], min(len(words), here[1] + 2 * SUBJECT)):
        word, following = words[k], words[k + 1 : k + 2]
        if word in BREAKS or word == "," or word in _OPEN:
            return False
        if word in _HAPPENED or (following and (word, following[0]) in _PAIRS):
            return True
        if word in ("was", "were", "been"):
            done = next((m for m in range(k + 1, min(len(words), k + 3)) if words[m] in _DONE), -1)
            return done > 0 and _OPEN.isdisjoint(words[k:done])
    return False


def _stops(word: str) -> bool:
    return word in BREAKS or word == "," or word in _COPULAS


def _ahead(words: tuple[str, ...], at: int, end: int) -> set[str]:
    """Return how sure the word at a place before the number makes it: its phrase must lead to the number."""
    word, led = words[at], words[at + 1 : end]
    if any(one in BREAKS or one in (",", "and", "but", "that", "which", "who") for one in led):
        return set()
    copula = bool(led) and (led[-1] in _COPULAS or (led[-1] == "at" and led[-2:-1] != () and led[-2] in _COPULAS))
    plain = _COPULAS.isdisjoint(led[:-2] if copula else led)
    if not plain or (word == "target" and not _AIMED_AT.isdisjoint(words)):
        return set()
    adjective = _PARTICIPLES.get(word) or ("estimated" if word == "estimated" else None)
    before = words[at - 1] if at else ""
    if (
        adjective
        and before not in _COPULAS
        and before not in ("as", "than", "had", "have", "has")
        and "to" not in led[:1]
    ):
        phrase = not led or led[-1] == "of" or copula
        if phrase and (not led or led[0] not in _SMALL):
            return {adjective}
    return {_NOUNS[word]} if word in _NOUNS and copula else set()


def _clear(scan: Scan, first: int, last: int, reach: int) -> bool:
    """Say whether at most `reach` tokens stand between, none of them a break, "are" or another verb of saying."""
    if last - first > reach:
        return False
    return not any(w in BREAKS or w in _CLOSERS for w in scan.words[first:last]) and not any(
        first <= h.first < last for h in scan.of("ends")
    )


def tally_of(scan: Scan, here: tuple[int, int], time: Part | None, kind: Kind) -> tuple[Tally, Span] | None:
    """Return whether a count adds to an earlier one or sums all since a beginning, and the words that say so."""
    if kind not in (Kind.STOCK, Kind.FLOW):
        return None
    first, last = here
    for hit in scan.of("increment"):
        ahead = scan.words[hit.last : hit.last + 1]
        # "killed five and wounded another 12": on top of another count, not of an earlier one
        joined = "and" in scan.words[max(0, hit.first - 3) : hit.first]
        before = hit.last == first and scan.words[hit.first] != "more" and not joined
        if not hit.inert and (before or (last == hit.first and ahead != ("than",))):
            return Tally.INCREMENT, scan.span(hit.first, hit.last)
    for hit in scan.of("cumulative"):
        between = scan.words[hit.last : first] if hit.last <= first else scan.words[last : hit.first]
        if hit.inert or len(between) > SUMMED or not BREAKS.isdisjoint(between) or any(w[0].isdigit() for w in between):
            continue
        if hit.last <= first or (not between and scan.words[hit.first] in ("in", "altogether", "overall")):
            return Tally.CUMULATIVE, scan.span(hit.first, hit.last)
    if kind is Kind.STOCK:
        return None
    said = within(time, "cumulative_times")
    if time is not None and time[0] is scan and said:
        return Tally.CUMULATIVE, time[0].span(said[0].first, said[0].last)
    for hit in scan.of("cumulative_times"):
        if scan.words[hit.first] not in ("since", "as") and beside(scan, hit, here, NEARBY):
            return Tally.CUMULATIVE, scan.span(hit.first, hit.last)
    return None


def cause_of(scan: Scan, here: tuple[int, int], thing: Part | None, act: Part | None) -> tuple[Cause, Span] | None:
    """Return what brought harm about and the words: of event and thing, else of the clause, else of the sentence.

    None where they name no cause, or two.
    """
    opens, closes = here
    while opens and scan.words[opens - 1] not in BREAKS:
        opens -= 1
    while closes < len(scan.words) and scan.words[closes] not in BREAKS:
        closes += 1
    for parts in ((act, thing), ((scan, opens, closes),), ((scan, 0, len(scan.words)),)):
        hits = [(part[0], hit) for part in parts if part is not None for hit in within(part, *_CAUSES) if not hit.inert]
        if len({hit.section for _, hit in hits}) == 1:
            own, hit = hits[0]
            joined = any(_is_joined(own, hit, other) for other in own.of(*_CAUSES) if other.section != hit.section)
            return None if joined else (Cause(hit.section), own.span(hit.first, hit.last))
        if hits:
            return None
    return None


def _is_joined(scan: Scan, one: Hit, other: Hit) -> bool:
    """Say whether two hits are joined by "and" or "or" alone: "war and drought"."""
    between = scan.words[min(one.last, other.last) : max(one.first, other.first)]
    return between in (("and",), ("or",), (",",), (",", "and"))
