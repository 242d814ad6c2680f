"""Scores to statements and figures: answers written by hand show what must hold, whatever a model says."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents import Options, from_text
from counterfoil.reading import decode, inputs, rules
from counterfoil.reading.decode import Answer, Thresholds
from counterfoil.reading.figures import Found
from counterfoil.reading.inputs import Ask, Sheet
from counterfoil.reading.model import Account, Act, Figure, Kind, Statement
from counterfoil.spans import Skipped, Span

SURE = 9.0
LIMITS = Thresholds()


@dataclass(frozen=True)
class Case:
    """A text as the model is shown it."""

    text: str
    found: Found
    account: Account
    sheet: Sheet

    def words(self, ask: Ask, words: str) -> range:
        """Return the places in the window of the first occurrence of some words."""
        start = self.text.index(words)
        first, last = inputs.range_of(self.sheet.words, Span(start, start + len(words)))
        a, b = np.searchsorted(ask.window, (first, last - 1))
        assert (ask.window[a], ask.window[b]) == (first, last - 1), f"{words!r} is not shown"
        return range(int(a), int(b) + 1)

    def ask(self, word: str) -> Ask:
        """Return what is asked about a cue, as if the rules knew nothing of it."""
        first, last = inputs.range_of(self.sheet.words, Span(self.text.index(word), self.text.index(word) + len(word)))
        return inputs.cue(self.sheet, first, last, None, (), False)

    def cue(
        self,
        ask: Ask,
        *,
        source: str | None = None,
        content: Sequence[str] = (),
        sure: bool = True,
        belief: bool = False,
        name: tuple[str, float] | None = None,
    ) -> Answer:
        """Return an answer about a cue; `name` is a name of the speaker and how probable it is."""
        count = len(ask.window)
        ends = np.full((1 + count, 3), -SURE, np.float32)
        _mark(ends[:, :2], self.words(ask, source) if source else None)
        if name:
            ends[0, 2] = np.log(1 - name[1])
            ends[1 + self.words(ask, name[0])[0], 2] = np.log(name[1])
        words = np.zeros((count, 3), np.float32)
        words[:, 0] = SURE
        for piece in content:
            for nth, at in enumerate(self.words(ask, piece)):
                words[at] = (0, SURE, 0) if nth == 0 else (0, 0, SURE)
        whole = np.array([0, SURE if sure else -SURE, 0, SURE if belief else -SURE], np.float32)
        return Answer(ends, words, whole)

    def number(self, ask: Ask, *, sure: bool = True, labels: dict[str, str] | None = None, **roles: str) -> Answer:
        """Return an answer about a number."""
        ends = np.full((1 + len(ask.window), 2 * len(inputs.ROLES)), -SURE, np.float32)
        for nth, role in enumerate(inputs.ROLES):
            _mark(ends[:, 2 * nth : 2 * nth + 2], self.words(ask, roles[role]) if role in roles else None)
        given = {"kind": Kind.FLOW, "concept": "killed", "unit": "person", "direction": None, **(labels or {})}
        tables = (inputs.KINDS, inputs.CONCEPTS, inputs.UNITS, inputs.DIRECTIONS)
        whole = np.zeros(sum(decode.LABELS), np.float32)
        for start, table, name in zip(np.cumsum((0, *decode.LABELS[:-1])), tables, given.values(), strict=True):
            whole[start + table.index(name)] = SURE
        return Answer(ends, np.array([0, SURE if sure else -SURE], np.float32), whole)

    def statements(
        self, asked: Sequence[tuple[Ask, Answer]], limits: Thresholds = LIMITS
    ) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
        asks, answers = [ask for ask, _ in asked], [answer for _, answer in asked]
        return decode.statements(self.found, self.account, self.sheet, asks, answers, limits, "encoder@test")

    def figures(self, *answers: Answer) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
        return decode.figures(
            self.found, self.account, self.sheet, answers, self.account.statements, LIMITS, "encoder@test"
        )


def _mark(ends: np.ndarray, where: range | None) -> None:
    if where is None:
        ends[0] = SURE
    else:
        ends[1 + where[0], 0] = ends[1 + where[-1], 1] = SURE


def case(text: str) -> Case:
    found, account = rules.draft(from_text(text, Options(published=None)))
    return Case(text, found, account, inputs.sheet(found, account, lambda word: (1,)))


def quotes(statement: Statement) -> tuple[str | None, str | None, list[str]]:
    return (
        statement.source and statement.source.quote,
        statement.cue and statement.cue.quote,
        [piece.quote for piece in statement.content],
    )


# --- the most probable run of words --------------------------------------------------------------------------------

SCORES = st.one_of(st.floats(-12, 12, width=16), st.just(-1e4), st.just(0.0))
ROLES = 2
ENDS = st.lists(st.tuples(*[SCORES] * (2 * ROLES)), min_size=1, max_size=9)


@settings(deadline=None)
@given(ENDS, st.integers(1, 5))
def test_the_best_run_of_each_role_is_the_one_that_trying_all_finds(rows: list[tuple[float]], longest: int) -> None:
    ends = np.array(rows, np.float32)
    count = len(rows) - 1
    made = decode.best(ends, longest)
    assert len(made) == ROLES
    for role, (found, share) in enumerate(made):
        first, last = decode.shares(ends[:, 2 * role]), decode.shares(ends[:, 2 * role + 1])
        every = product(range(count), repeat=2)
        runs = {(a, b + 1): first[1 + a] * last[1 + b] for a, b in every if 0 <= b - a < longest}
        none = first[0] * last[0]
        assert share == pytest.approx(max([none, *runs.values()]), abs=1e-6)
        assert share == pytest.approx(none if found is None else runs[found], abs=1e-6)


def test_none_wins_where_it_is_as_probable_as_words() -> None:
    assert decode.best(np.zeros((3, 2), np.float32), 2) == [(None, pytest.approx(1 / 9))]


@given(st.lists(SCORES, min_size=1, max_size=9))
def test_shares_are_probabilities(row: list[float]) -> None:
    shares = decode.shares(np.array(row, np.float32))
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert (shares >= 0).all()
    assert shares[np.argmax(np.array(row, np.float32))] == shares.max()  # two that differ by less than a float tie


@settings(deadline=None)
@given(st.lists(st.floats(-9, 9, width=16), max_size=9), st.sampled_from([0.0, 0.5, 2.0]))
def test_the_runs_of_content_are_those_that_trying_all_finds(odds: list[float], cost: float) -> None:
    def worth(inside: Sequence[bool]) -> float:
        begun = sum(here and not before for before, here in zip((False, *inside), inside, strict=False))
        return sum(value for value, here in zip(odds, inside, strict=True) if here) - cost * begun

    found = decode.runs(np.array(odds, np.float32), cost)
    assert worth(found) == pytest.approx(max(map(worth, product((False, True), repeat=len(odds)))), abs=1e-4)


# --- what is asked about -------------------------------------------------------------------------------------------


def tags(one: Case, **scored: int) -> np.ndarray:
    """Return tags that are "outside" everywhere, save for the words given."""
    made = np.zeros((len(one.sheet.words.starts), 5), np.float32)
    made[:, 0] = SURE
    for word, tag in scored.items():
        made[one.sheet.words.lower.index(word)] = np.eye(5)[tag] * SURE
    return made


def test_what_the_tags_open_is_asked_about_beside_the_cues_of_the_rules() -> None:
    one = case("The mayor said 12 died. Her deputy whooped it out loud that 20 fled.")
    asked = decode.cues(one.sheet, one.account, tags(one, whooped=1, it=2, out=2), LIMITS)
    words = [" ".join(one.sheet.words.lower[a.first : a.last]) for a in asked]
    assert words == ["said", "whooped it out"]
    assert [tuple(a.told) for a in asked] == [(1, 1, 0), (0, 0, 0)]


def test_a_cue_of_the_rules_that_the_tags_cut_otherwise_is_asked_about_once_and_as_the_rules_have_it() -> None:
    one = case("The mayor has said 12 died.")
    [told] = decode.told_cues(one.sheet, one.account)
    for marks in ({"has": 1}, {"said": 1, "12": 2}, {"mayor": 1, "has": 2}, {"has": 1, "said": 1}):
        [asked] = decode.cues(one.sheet, one.account, tags(one, **marks), LIMITS)
        assert (asked.first, asked.last) == told
        assert tuple(asked.told) == (1, 1, 0)


def test_a_cue_stops_at_the_end_of_its_sentence() -> None:
    one = case("So she spoke. Twelve fled.")
    [asked] = decode.cues(one.sheet, one.account, tags(one, spoke=1, **{".": 2}, twelve=2), LIMITS)
    assert one.sheet.words.lower[asked.last - 1] in ("spoke", ".")


def test_without_words_nothing_is_asked() -> None:
    one = case("")
    assert decode.cues(one.sheet, one.account, np.zeros((0, 0), np.float32), LIMITS) == []


# --- statements ----------------------------------------------------------------------------------------------------

TWO = """\
Mayor Ana Ruiz arrived late. It rained for hours.

Ruiz said 12 people had died, and left.
"""


def test_the_answer_makes_the_statement() -> None:
    one = case(TWO)
    ask = one.ask("said")
    [made], skipped = one.statements([(ask, one.cue(ask, source="Ruiz", content=["12 people had died"]))])
    assert quotes(made) == ("Ruiz", "said", ["12 people had died"])
    assert (made.act, made.speaker.name) == (Act.SPEECH, "Ana Ruiz")
    assert skipped == ()


def test_what_is_no_cue_is_counted_and_takes_the_statement_of_the_rules_with_it() -> None:
    one = case(TWO)
    ask = one.ask("said")
    assert len(one.account.statements) == 1
    made, skipped = one.statements([(ask, one.cue(ask, sure=False))])
    assert made == ()
    assert [(s.what, s.reason) for s in skipped] == [("said", "the model takes it for no cue")]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "told"),
    [
        ("Lind limited sales to 12 packs.", "Lind", "limited", "sales to 12 packs", False),
        ("The hotel included 9 rooms in its plan.", "The hotel", "included", "9 rooms", False),
        ("The river left 40 homeless.", "The river", "left", "40 homeless", False),
        ("Ruiz has 12 boats.", "Ruiz", "has", "12 boats", False),
        ("The tally has 12 boats.", "The tally", "has", "12 boats", True),
        ("Lind counted 12 packs.", "Lind", "counted", "12 packs", True),
        ("Lind saw 12 packs.", "Lind", "saw", "12 packs", True),
    ],
)
def test_a_verb_that_no_list_calls_one_of_telling_is_none(
    text: str, source: str, cue: str, content: str, told: bool
) -> None:
    one = case(text)
    ask = one.ask(cue)
    made, skipped = one.statements([(ask, one.cue(ask, source=source, content=[content]))])
    assert [quotes(statement) for statement in made] == ([(source, cue, [content])] if told else [])
    assert [s.reason for s in skipped] == ([] if told else ["a verb that tells of no words"])


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("“Those who say 38 have not been there,” Lind said.", "say", "who", "38"),
        ("Lind said that anyone who claims 50 were killed is lying.", "claims", "who", "50 were killed"),
        ("Lind knew of no report by the network that 85 had died.", "report", "the network", "that 85 had died"),
    ],
)
def test_what_others_say_stays_theirs_though_the_model_takes_it_for_no_cue(
    text: str, cue: str, source: str, content: str
) -> None:
    one = case(text)
    ask = one.ask(cue)
    made, _ = one.statements([(ask, one.cue(ask, sure=False))])
    assert (source, cue, [content]) in [quotes(statement) for statement in made]


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        ("of a threshold of 1", "of a threshold of 1 per cent"),
        ("of a threshold of 1 per cent for more than", "of a threshold of 1 per cent for more than 50"),
        ("of a threshold", "of a threshold"),
    ],
)
def test_content_takes_a_number_whole(content: str, whole: str) -> None:
    one = case("Ruiz told us of a threshold of 1 per cent for more than 50 banks.")
    ask = one.ask("told")
    [made], _ = one.statements([(ask, one.cue(ask, source="Ruiz", content=[content]))])
    assert quotes(made) == ("Ruiz", "told", [whole])


def test_a_turn_stays_its_speakers_around_what_the_model_finds_in_it() -> None:
    one = case("Deputy Spokesperson: We estimate that 600 tons are stuck.\n\nSite Manager: It is 40.")
    ask = one.ask("estimate")
    made, _ = one.statements([(ask, one.cue(ask, source="We", content=["that 600 tons are stuck"]))])
    assert [(statement.speaker.name, statement.parent) for statement in made] == [
        ("Deputy Spokesperson", None),
        ("Deputy Spokesperson", 0),
        ("Site Manager", None),
    ]


def test_a_cue_that_takes_nothing_is_counted() -> None:
    one = case(TWO)
    ask = one.ask("said")
    made, skipped = one.statements([(ask, one.cue(ask, source="Ruiz"))])
    assert made == ()
    assert [(s.what, s.reason) for s in skipped] == [("said", "cue without words that it could take")]


def test_content_stays_in_the_paragraph_of_its_cue() -> None:
    one = case(TWO)
    ask = one.ask("said")
    [made], _ = one.statements([(ask, one.cue(ask, content=["It rained for hours", "12 people had died"]))])
    assert quotes(made)[2] == ["12 people had died"]


def test_content_leaves_its_cue_out_and_goes_on_behind_it() -> None:
    one = case("“Twelve people died,” Ruiz said, “and 20 fled.”")
    ask = one.ask("said")
    [made], _ = one.statements(
        [(ask, one.cue(ask, source="Ruiz", content=["“Twelve people died,” Ruiz said, “and 20"]))]
    )
    assert [piece for piece in quotes(made)[2] if "said" in piece] == []


@pytest.mark.parametrize("content", ["12 people had died,", ", and left.", "12 people had died, and left."])
def test_marks_at_the_ends_stay_with_the_sentence(content: str) -> None:
    one = case(TWO)
    ask = one.ask("said")
    [made], _ = one.statements([(ask, one.cue(ask, content=[content]))])
    assert quotes(made)[2] == [content.strip(",. ")]


def test_content_of_several_sentences_is_a_statement_for_each() -> None:
    one = case("Ruiz said 12 people had died. Another 20 had fled. Nobody stayed.")
    ask = one.ask("said")
    made, _ = one.statements([(ask, one.cue(ask, source="Ruiz", content=["12 people had died. Another 20 had fled"]))])
    assert [quotes(s)[2] for s in made] == [["12 people had died"], ["Another 20 had fled"]]
    assert {s.cue for s in made} == {made[0].cue}


def test_a_quotation_that_runs_on_into_the_next_paragraph_keeps_its_speaker() -> None:
    one = case("“We counted 12 dead,” Ruiz said. “The water came at night.\n\n“It took 300 houses and 40 boats.”")
    ask = one.ask("said")
    content = ["“We counted 12 dead,”", "“The water came at night"]
    made, _ = one.statements([(ask, one.cue(ask, source="Ruiz", content=content))])
    last = made[-1]
    assert quotes(last)[2] == ["“It took 300 houses and 40 boats.”"]
    assert quotes(last)[:2] == ("Ruiz", "said")


def test_a_source_is_one_run_of_words_in_the_text() -> None:
    filler = "It rained on the hills and on the fields below them, and nobody came. " * 12
    one = case(f"{filler}\n\n{filler}\n\nHe said 12 people had died.")
    ask = one.ask("said")
    gap = int(np.flatnonzero(np.diff(ask.window) > 1)[0])
    answer = one.cue(ask, content=["12 people had died"])
    answer.ends[:, :2] = -SURE
    answer.ends[1 + gap, 0] = answer.ends[2 + gap, 1] = SURE
    made, _ = one.statements([(ask, answer)])
    assert [s.source for s in made] == [None]


def test_belief_is_told_from_speech() -> None:
    one = case(TWO)
    ask = one.ask("said")
    [made], _ = one.statements([(ask, one.cue(ask, content=["12 people had died"], belief=True))])
    assert made.act is Act.BELIEF


THREE = "Ana Ruiz met Bo Lind. He said 12 people had died."


@pytest.mark.parametrize(
    ("name", "share", "expected"),
    [("Bo Lind", 0.9, "Bo Lind"), ("Ana Ruiz", 0.95, "Ana Ruiz"), ("Ana Ruiz", 0.1, None)],
)
def test_whom_a_pronoun_stands_for_is_told_where_the_model_is_sure(
    name: str, share: float, expected: str | None
) -> None:
    one = case(THREE)
    assert {full for full, _ in one.sheet.named.values()} == {"Ana Ruiz", "Bo Lind"}
    ask = one.ask("said")
    [made], _ = one.statements([(ask, one.cue(ask, source="He", content=["12 people had died"], name=(name, share)))])
    [rules_alone] = one.account.statements
    assert made.speaker.name == (expected or rules_alone.speaker.name)
    assert {c.of for c in made.certainty} == {"cue", "source", "speaker"}


def test_a_name_in_the_source_leaves_the_model_no_choice() -> None:
    one = case("Ana Ruiz met Bo Lind. Ruiz said 12 people had died.")
    ask = one.ask("said")
    answer = one.cue(ask, source="Ruiz", content=["12 people had died"], name=("Bo Lind", 0.99))
    answer.ends[:, :2] = -SURE
    at = len(one.sheet.words.lower) - 1 - one.sheet.words.lower[::-1].index("ruiz")
    answer.ends[1 + int(np.searchsorted(ask.window, at)), :2] = SURE
    [made], _ = one.statements([(ask, answer)])
    assert made.speaker.name == "Ana Ruiz"


def test_a_threshold_above_one_names_nobody_whom_the_rules_do_not() -> None:
    one = case(THREE)
    ask = one.ask("said")
    answer = one.cue(ask, source="He", content=["12 people had died"], name=("Ana Ruiz", 0.999))
    [made], _ = one.statements([(ask, answer)], Thresholds(speaker=1.01, other=1.01))
    assert made.speaker.name == one.account.statements[0].speaker.name


@pytest.mark.parametrize("source", [None, "Ruiz"])
def test_every_statement_of_the_model_tells_how_sure_it_is(source: str | None) -> None:
    one = case(TWO)
    ask = one.ask("said")
    [made], _ = one.statements([(ask, one.cue(ask, source=source, content=["12 people had died"]))])
    assert {c.of for c in made.certainty} >= {"cue", "source"}
    assert all(0 <= c.probability <= 1 for c in made.certainty)


def test_what_the_model_answered_is_set_aside_no_longer() -> None:
    text = "Ruiz said. It rained. “Twelve people died in the flood here.” 14 March was cold."
    one = case(text)
    reasons = {s.reason for s in one.account.skipped}
    assert reasons >= {"cue without words that it could take", "quotation without a speaker", "a date"}
    ask = one.ask("said")
    made, aside = one.statements(
        [(ask, one.cue(ask, source="Ruiz", content=["“Twelve people died in the flood here.”"]))]
    )
    assert len(made) == 1
    left = decode.unanswered(one.account, one.sheet, [ask], made)
    assert {s.reason for s in (*left, *aside)} == {"a date"}


def test_what_the_model_is_not_asked_about_stays_set_aside() -> None:
    one = case("Ruiz said. “Twelve people died in the flood here.”")
    assert decode.unanswered(one.account, one.sheet, [], ()) == one.account.skipped


# --- figures -------------------------------------------------------------------------------------------------------

FLOOD = "Floods killed 12 villagers and a dog in Herat on 3 May 2023, down from 30."


def test_a_figure_has_the_number_of_the_grammar_and_the_words_of_the_model() -> None:
    one = case(FLOOD)
    first, *others = one.sheet.numbers
    answer = one.number(first, what="villagers", event="killed", place="Herat", time="on 3 May 2023")
    [made], skipped = one.figures(answer, *(one.number(ask, sure=False) for ask in others))
    assert made.number.anchor.quote == "12"
    assert made.number.value.said_low == 12
    assert made.what is not None
    assert made.event is not None
    assert made.place is not None
    assert made.period is not None
    assert (made.what.quote, made.event.quote, made.place.anchor.quote) == ("villagers", "killed", "Herat")
    assert made.place.value.country == "AFG"
    assert str(made.period.value.first) == "2023-05-03"
    assert [(s.what, s.reason) for s in skipped] == [("30", "the model takes it for no figure")] * len(others)


def test_words_that_no_grammar_knows_are_kept_without_a_value() -> None:
    one = case("Floods killed 12 villagers at Upper Zorn when the moon was full.")
    [ask] = one.sheet.numbers
    [made], _ = one.figures(one.number(ask, place="Upper Zorn", time="when the moon was full"))
    assert made.place is not None
    assert made.period is not None
    assert (made.place.anchor.quote, made.place.value.level) == ("Upper Zorn", "unknown")
    assert (made.period.value.first, bool(made.period.value.reason)) == (None, True)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("The flood cost $12 that day.", "person", "USD"),
        ("The wall was 12 km long.", "person", "km"),
        ("About 12% of villagers fled.", "person", "percent"),
        ("The flood hit 12 families.", "household", "household"),
        ("The flood hit 12 families.", "currency", "household"),  # a currency without its sign is nobody's unit
    ],
)
def test_a_unit_that_the_words_fix_stays(text: str, unit: str, expected: str) -> None:
    one = case(text)
    [ask] = one.sheet.numbers
    [made], _ = one.figures(one.number(ask, labels={"unit": unit}))
    assert made.number.value.unit == expected


def test_every_answer_about_a_number_tells_how_sure_it_is() -> None:
    one = case(FLOOD)
    made, _ = one.figures(*(one.number(ask) for ask in one.sheet.numbers))
    for figure in made:
        assert [c.of for c in figure.certainty] == ["number", *inputs.ROLES, "kind", "concept", "unit", "direction"]
        assert all(0 <= c.probability <= 1 for c in figure.certainty)


def test_a_time_in_another_sentence_is_told_as_carried_over() -> None:
    one = case("The flood came on 3 May 2023. It killed 12 villagers.")
    ask = one.sheet.numbers[-1]
    answers = [one.number(ask, sure=False) for ask in one.sheet.numbers[:-1]]
    [made], _ = one.figures(*answers, one.number(ask, time="on 3 May 2023"))
    assert made.carried == ("period",)


def test_labels_take_the_most_probable_of_each_table_where_no_term_says_what_is_counted() -> None:
    one = case("The hall held 12 ribbons that day.")
    [ask] = one.sheet.numbers
    [made], _ = one.figures(one.number(ask, what="ribbons", labels={"kind": Kind.STOCK, "concept": "weapons"}))
    assert made.kind is Kind.STOCK
    assert made.measure is not None
    assert made.measure.value.code == "weapons"


@pytest.mark.parametrize(
    ("text", "cue", "content", "said"),
    [
        ("The court heard 12 cases on Monday.", "heard", "12 cases", False),
        ("The panel has heard 300 complaints from women.", "heard", "300 complaints from women", False),
        ("The council hears 40 witnesses today.", "hears", "40 witnesses", False),
        ("Neighbours heard two blasts near the port.", "heard", "two blasts near the port", False),
        ("The inquiry heard that 12 people died.", "heard", "12 people died", True),
        ("The court heard 12 people had died in the fire.", "heard", "12 people had died in the fire", True),
        ("The court reported 12 cases on Monday.", "reported", "12 cases", True),
    ],
)
def test_a_thing_that_is_heard_is_nobodys_words(text: str, cue: str, content: str, said: bool) -> None:
    shown = case(text)
    ask = shown.ask(cue)
    source = text.partition(" has " if " has " in text else f" {cue} ")[0]
    found, skipped = shown.statements([(ask, shown.cue(ask, source=source, content=[content]))])
    assert [statement.cue.quote for statement in found if statement.cue] == ([cue] if said else [])
    assert [one.reason for one in skipped] == ([] if said else ["cue without words that it could take"])
