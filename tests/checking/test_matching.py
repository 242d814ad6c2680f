"""From a figure to what may answer it: the order of the tests, and why the others cannot."""

import pytest

from counterfoil.checking.matches import DIRECT, LOOSE, LOWER, UPPER
from counterfoil.comparing import axes
from counterfoil.errors import InputError
from counterfoil.reading.model import Kind

from .made import EVENTS, HELD, KILLED, dataset, edition, figures, indicator, matched


@pytest.mark.parametrize(
    ("sentence", "measure", "relation", "chosen"),
    [
        ("Violence of all kinds, in all violence, killed 900 people in Mali in 2021.", "deaths", DIRECT, ()),
        ("Conflict deaths in Mali reached 900 in 2021.", "deaths", DIRECT, ()),
        ("Some 900 people were killed in Mali in 2021.", "deaths", LOOSE, ()),
        ("Fighting in all violence killed 120 civilians in Mali in 2021.", "deaths", DIRECT, ("civilians",)),
        ("In all violence, 120 Malian citizens were killed in Mali in 2021.", "deaths", UPPER, ()),
        ("There were 45 attacks in Mali in 2021.", "attacks", DIRECT, ()),
        ("There were 45 attacks in Mali between 2010 and 2021.", "attacks", LOWER, ()),
        ("Attacks in Mali rose by 40 percent in 2021 compared with 2020.", "attacks", DIRECT, ()),
        ("There are 31,000 Malian refugees in Niger in December 2021.", "refugees", DIRECT, ()),
        ("The United Kingdom resettled 900 Syrians in 2021.", "arrivals", None, None),
    ],
)
def test_a_figure_finds_the_measure_that_counts_it(
    sentence: str, measure: str, relation: str | None, chosen: tuple[str, ...] | None
) -> None:
    found, _ = matched(sentence)
    if relation is None:
        assert [m.indicator.id for m in found] == [measure], found
        return
    [match] = found
    assert (match.indicator.id, match.relation) == (measure, relation), match.reasons
    assert tuple(v.id for v in match.chosen) == chosen


@pytest.mark.parametrize(
    ("sentence", "source", "why"),
    [
        ("Floods killed 90 people in Mali in 2021.", "Events", "the cause is disaster"),
        (
            "There were 45 suicide attacks in Mali in 2021.",
            "Camps",
            "people resettled, not suicide attacks",
        ),
        ("There were 45 attacks in Mali in 2009.", "Events", "covers 2015 to 2024, and the claim is of 2009"),
        ("There were 45 attacks in Marseille in 2021.", "Events", "no column for a town"),
        (
            "Since 2021, 31,000 refugees arrived in Niger.",
            "Camps",
            "people resettled, not people who arrived",
        ),
        ("Police deported 900 people from Niger in 2021.", "Camps", "it counts"),
        (
            "Some 45 people were detained in Mali in 2021.",
            "Events",
            "it counts deaths and attacks, not people detained",
        ),
    ],
)
def test_what_cannot_answer_says_why(sentence: str, source: str, why: str) -> None:
    _, unmatched = matched(sentence)
    told = {u.source: u.why for u in unmatched}
    assert why in told[source], told


def test_a_dataset_tells_what_it_cannot_answer_in_its_own_words() -> None:
    only_deaths = edition(dataset("events", KILLED, variants=EVENTS.variants, cannot=EVENTS.cannot))
    found, unmatched = matched("There were 45 suicide attacks in Mali in 2021.", [only_deaths])
    assert found == ()
    assert [u.why for u in unmatched] == [
        "it has no column for the kind of attack: suicide attacks cannot be counted",
    ]


def test_flows_are_never_set_against_stocks() -> None:
    flow = edition(dataset("flows", indicator("uprooted", "displaced")))
    stock = edition(dataset("stocks", indicator("uprooted", "displaced", kind=Kind.STOCK, additive="stock")))
    for sentence, fits in (
        ("Floods displaced 900 people in Mali in 2021.", flow),
        ("As of 31 December 2021, 900 people remained displaced in Mali.", stock),
    ):
        found, unmatched = matched(sentence, [flow, stock])
        assert [m.edition for m in found] == [fits], sentence
        assert "how many came during a time is not how many there were at a time" in unmatched[0].why


def test_households_become_people_only_with_a_stated_size() -> None:
    held = [edition(dataset("flows", indicator("uprooted", "displaced")))]
    found, unmatched = matched("Floods displaced 450 families in Mali in 2021.", held)
    assert found == ()
    assert "households become people only with a stated size" in unmatched[0].why


def test_variants_that_count_another_thing_are_shown_and_not_asked() -> None:
    [match], _ = matched("In all violence, 900 people were killed in Mali in 2021.")
    assert [v.id for v in match.opened] == ["no-border"]
    assert [v.id for v in match.beside] == ["civilians"]


def test_each_test_gives_a_reason_in_the_order_of_comparing() -> None:
    [match], _ = matched("In all violence, 900 people were killed in Mali in 2021.")
    assert [line.split(":")[0] for line in match.reasons] == [
        *("measure", "unit and kind", "population", "place", "window", "definition"),
    ]
    assert "0.4 of 1 away" in match.reasons[-1]


def test_only_a_definition_as_worded_is_firm_or_the_speakers_own() -> None:
    sentence = "There were 45 attacks in Mali in 2021, {} said."
    for distance, speaker, firm in ((0.0, "police", True), (0.3, "police", False), (0.3, "the Ledger Institute", True)):
        held = edition(dataset("events", indicator("attacks", "attack", unit="event", distance=distance)))
        [match], _ = matched(sentence.format(speaker), [held])
        assert match.firm is firm, (distance, speaker)
        assert match.own is (speaker != "police")


def test_several_editions_are_tried_and_one_reason_is_told_once() -> None:
    lasts = {"1": "2024-12-31", "2": "2019-12-31", "3": "2018-12-31"}
    held = [edition(EVENTS, name=name, last=last) for name, last in lasts.items()]
    found, unmatched = matched("There were 45 attacks in Mali in 2021.", held)
    assert [m.edition.name for m in found] == ["1"]
    assert len(unmatched) == 2
    found, unmatched = matched("Some 45 people were detained in Mali in 2021.", held)
    assert [(u.source, u.edition) for u in unmatched] == [("Events", "1 and 2 more")]


def test_a_rate_needs_people_to_divide_by() -> None:
    sentence = "In all violence, there were 5.2 deaths per 100,000 people in Mali in 2021."
    [match], _ = matched(sentence)
    assert match.divisor is not None
    assert match.divisor.edition.dataset.id == "people"
    _, unmatched = matched(sentence, HELD[:1])
    assert "a rate needs the number of people who live there" in unmatched[0].why


def test_a_pin_chooses_the_measure_and_owns_up_to_what_it_passed_over() -> None:
    sentence = "There were 45 suicide attacks in Mali in 2021."
    found, _ = matched(sentence, pin="45=events.attacks")
    assert [(m.indicator.id, m.pinned, m.firm) for m in found] == [("attacks", True, False)]
    [match], _ = matched("Some 45 people were detained in Mali in 2021.", pin="45=events@1.deaths")
    assert (match.indicator.id, match.relation) == ("deaths", LOOSE)
    assert match.outcomes["measure"].word == axes.UNKNOWN
    assert "pinned, although it counts deaths, not people detained" in match.reasons[0]
    _, unmatched = matched("Some 45 families were displaced in Mali in 2021.", pin="45=events@1.deaths")
    assert "stated size" in unmatched[0].why


@pytest.mark.parametrize(
    ("pin", "mend"),
    [
        ("45", "write it as"),
        ("45=events", "write it as"),
        ("45=.attacks", "write it as"),
        ("45=events@.attacks", "write it as"),
    ],
)
def test_a_pin_of_another_form_is_refused(pin: str, mend: str) -> None:
    with pytest.raises(InputError, match="no pin") as caught:
        matched("There were 45 attacks in Mali in 2021.", pin=pin)
    assert mend in caught.value.mend


def test_pins_that_name_nothing_are_told_all_at_once_with_near_names() -> None:
    from counterfoil.checking.pins import assert_named, parse_pin

    _, found = figures("There were 45 attacks in Mali in 2021.")
    pins = [parse_pin(p) for p in ("4=event.attacks", "45=events@2.attack", "45=events.attacks")]
    with pytest.raises(InputError) as caught:
        assert_named(pins, HELD, found)
    for words in ("no figure of the article is written '4': did you mean '45'?", "did you mean 'events'?",
                  "no edition '2' of events is held: there are '1'", "did you mean 'attacks'?"):  # fmt: skip
        assert words in caught.value.what, words
    assert_named(pins[2:], HELD, found)
    assert_named([parse_pin(f"{found[0].id}=events@1.attacks")], HELD, found)
