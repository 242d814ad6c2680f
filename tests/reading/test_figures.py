"""Figures put together from words, numbers, times, places and statements, as the rules choose them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents import Options, from_text
from counterfoil.errors import CounterfoilError
from counterfoil.reading import read
from counterfoil.reading.model import Account, Cause, Direction, Figure, Kind, Tally
from marking import marked

DAY = date(2024, 5, 8)  # a Wednesday


def account(text: str) -> Account:
    return read(from_text(text, Options(published=DAY)), engine="rules")


def figure(text: str, number: str) -> Figure:
    [found] = [f for f in account(text).figures if f.number.anchor.quote == number]
    return found


@pytest.mark.parametrize(
    "words",
    [
        "At least N⟦39⟧ W⟦people⟧ E⟦were killed⟧ in the town.",
        "The storm E⟦destroyed⟧ N⟦212⟧ W⟦houses⟧.",
        "Police E⟦arrested⟧ N⟦four⟧ W⟦suspects⟧ near the market.",
        "There were N⟦1,204⟧ W⟦cases of cholera⟧ in the camp.",
        "N⟦Sixty per cent⟧ of the W⟦families⟧ E⟦had fled⟧.",
        "W⟦Unemployment⟧ E⟦stands⟧ at N⟦9.4%⟧.",
        "The army says it E⟦has lost⟧ N⟦17⟧ W⟦soldiers⟧.",
        "The repairs, in a W⟦report⟧, were put aside; rebels E⟦freed⟧ N⟦thousands⟧ of W⟦captives⟧.",
    ],
)
def test_roles_of_a_number(words: str) -> None:
    letters = [words[i - 1] for i, c in enumerate(words) if c == "⟦"]
    plain = "".join(c for i, c in enumerate(words) if not (c in "NWE" and words[i + 1 : i + 2] == "⟦"))
    text, spans = marked(plain)
    expected = {letter: span.of(text) for letter, span in zip(letters, spans, strict=True)}
    found = figure(text, expected["N"])
    assert found.what is not None
    assert found.what.quote == expected["W"]
    if "E" in expected:
        assert found.event is not None
        assert found.event.quote == expected["E"]


def test_a_change_keeps_its_direction_its_base_and_its_baseline() -> None:
    found = figure("Displacement rose by 40% compared with 2022, the agency said.", "40%")
    assert (found.kind, found.direction) == (Kind.CHANGE, Direction.UP)
    assert found.base is not None
    assert found.base.quote == "compared with 2022"
    assert found.baseline is not None
    assert (found.baseline.value.first, found.baseline.value.last) == (date(2022, 1, 1), date(2022, 12, 31))


def test_a_change_of_what_a_count_of_its_sentence_counts_is_of_the_same_measure() -> None:
    text = "Chile admitted 620 refugees last year, an increase of 12%, while its population grew by 1%."
    figures = read(from_text(text), engine="rules").figures
    codes = {f.number.anchor.quote: f.measure.value.code for f in figures if f.measure}
    assert codes == {"620": "resettled", "12%": "resettled", "1%": "population"}


def test_a_change_since_an_earlier_count_did_not_happen_then() -> None:
    text = (
        "At the end of 2023 Chad hosted 1.1 million refugees. The United States admitted 100,034 refugees in fiscal "
        "year 2024, a spokesman said. It had admitted 60,014 a year earlier, an increase of 67%."
    )
    [change] = [f for f in read(from_text(text, Options(published=DAY))).figures if f.kind is Kind.CHANGE]
    assert change.period is None
    assert change.baseline is not None
    assert change.baseline.value.first == date(2022, 10, 1)


def test_what_stands_at_a_day_is_a_stock() -> None:
    text = "Chad hosted 1.2 million refugees at the end of 2023, Niger 410,000. In 2023 some 8,000 arrived in Niger."
    kinds = {f.number.anchor.quote: f.kind for f in read(from_text(text)).figures}
    assert kinds == {"1.2 million": Kind.STOCK, "410,000": Kind.STOCK, "8,000": Kind.FLOW}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Raids killed 30 people a month in Chad between 2019 and 2021, the group said.", Kind.RATE),
        ("The clinic took in 200 wounded people every week.", Kind.RATE),
        ("Some 12 people died a year ago in the same valley.", Kind.FLOW),
        ("Raids killed 30 people in a month.", Kind.FLOW),
        ("At the end of 2024, 1.6 million people were internally displaced in Chad.", Kind.STOCK),
        ("In 2024, 1.6 million people were internally displaced in Chad.", Kind.FLOW),
        ("As of 3 May 2023, 45 people had been killed in Chad.", Kind.FLOW),
    ],
)
def test_what_happens_each_month_and_what_stands_at_a_day_are_told_apart(text: str, kind: Kind) -> None:
    [found] = [f for f in read(from_text(text, Options(published=DAY))).figures if f.what is not None]
    assert found.kind is kind


def test_a_level_reached_is_compared_with_the_level_before() -> None:
    found = figure("The number of shelters went up from 14 to 32 on Monday.", "32")
    assert found.base is not None
    assert found.base.quote == "from 14"


def test_times_count_back_from_the_day_of_speaking_and_are_no_figures() -> None:
    found = account("In the past two years 300 guards have been killed, the union said.")
    assert [f.number.anchor.quote for f in found.figures] == ["300"]
    [period] = [f.period for f in found.figures]
    assert period is not None
    assert (period.value.first, period.value.last) == (date(2022, 5, 8), DAY)
    assert [s.what for s in found.skipped] == ["two"]


def test_a_time_taken_over_from_an_earlier_sentence_says_so() -> None:
    text = "A bomb went off in Mosul on Monday. It killed 14 people. On Tuesday 3 more people were killed."
    first, second = account(text).figures
    assert second.carried == () or "period" not in second.carried
    if first.period is not None:
        assert first.carried[0] == "period"
        assert first.period.anchor.quote == "on Monday"


def test_the_country_an_article_is_about_is_kept_apart_from_places_named() -> None:
    text = "Floods hit Sukkur and Larkana in Pakistan. Officials counted 40 dead. In Kabul, Afghanistan, 3 people died."
    found = {f.number.anchor.quote: f for f in account(text).figures}
    assert found["40"].scene is not None
    assert found["40"].scene.value.country == "PAK"
    assert found["3"].scene is None, "its sentence names another country"


def test_who_is_counted_is_no_place() -> None:
    assert figure("The camp hosts 61,000 Sudanese refugees.", "61,000").place is None


def test_origin_and_destination_of_a_movement() -> None:
    found = figure("Some 5,200 people were deported from Iran to Herat on Monday, officials said.", "5,200")
    assert found.origin is not None
    assert found.origin.value.name == "Iran"
    assert found.destination is not None
    assert found.destination.value.name.startswith("Herat")


@pytest.mark.parametrize(
    ("text", "number", "origin", "destination", "transit"),
    [
        ("Some 90 people were deported from Iran through Islam Qala to Herat.", "90", "IRN", "AFG", ["AFG"]),
        ("Returns from Kenya reached 4,100 in May.", "4,100", "KEN", None, []),
        ("Peru expelled 60 men to Quito.", "60", "PER", "ECU", []),
        ("Some 700 Syrians who crossed into Lebanon are waiting.", "700", None, "LBN", []),
        ("About 30 families left Togo for Benin.", "30", "TGO", "BEN", []),
        ("Over 5,000 people fled Mali last week.", "5,000", "MLI", None, []),
        ("The agency recorded 4,000 returns from Iran and 2,000 from Chad.", "4,000", "IRN", None, []),
        ("The agency recorded 4,000 returns from Iran and 2,000 from Chad.", "2,000", "TCD", None, []),
        ("A plane took 44 deportees from Malta to Tunis and on to Khartoum.", "44", "MLT", "SDN", ["TUN"]),
        ("In Chad 50 people died.", "50", None, None, []),
    ],
)
def test_where_a_movement_began_ended_and_passed(
    text: str, number: str, origin: str | None, destination: str | None, transit: list[str]
) -> None:
    found = figure(text, number)
    ends = [one.value.country if one else None for one in (found.origin, found.destination)]
    assert (ends, [one.value.country for one in found.transit]) == ([origin, destination], transit)


def test_of_several_who_take_in_none_is_chosen() -> None:
    found = figure("Honduras and El Salvador received 5,120 and 2,960 deportees.", "2,960")
    assert found.destination is not None
    assert found.destination.value.country is None


def test_of_several_ends_listed_none_is_chosen() -> None:
    found = figure("Some 5,000 people fled to Uganda, Kenya and Rwanda.", "5,000")
    assert found.destination is not None
    assert (found.destination.value.country, found.destination.value.level) == (None, "unknown")
    assert found.destination.anchor.quote == "Uganda, Kenya and Rwanda"
    assert "Kenya" in found.destination.value.reason


@pytest.mark.parametrize(
    ("text", "number", "tally"),
    [
        ("Another 12 people died, bringing the total to 45.", "12", Tally.INCREMENT),
        ("Another 12 people died, bringing the total to 45.", "45", Tally.CUMULATIVE),
        ("Six more miners were killed on Monday.", "Six", Tally.INCREMENT),
        ("More than 60 miners were killed on Monday.", "60", None),
        ("Some 60 more than last year were killed.", "60", None),
        ("The blast killed five men and wounded another 12.", "12", None),
        ("Eight cases were found, taking the number of infections to 312.", "312", Tally.CUMULATIVE),
        ("So far 230 bodies have been found.", "230", Tally.CUMULATIVE),
        ("Since January 4,500 people have been deported.", "4,500", Tally.CUMULATIVE),
        ("A total of 45 guards were wounded.", "45", None),
        ("Nine people drowned.", "Nine", None),
    ],
)
def test_increments_and_cumulative_counts_are_told_apart(text: str, number: str, tally: Tally | None) -> None:
    found = figure(text, number).tally
    assert (found.value if found else None) is tally


@pytest.mark.parametrize(
    ("text", "number", "cause", "words"),
    [
        ("The quake killed 40 people.", "40", Cause.DISASTER, "quake"),
        ("Shelling displaced 300 families.", "300", Cause.CONFLICT, "Shelling"),
        ("There were 14 airstrikes.", "14", Cause.CONFLICT, "airstrikes"),
        ("Cholera has killed 143 people.", "143", Cause.DISEASE, "Cholera"),
        ("The famine claimed 900 lives.", "900", Cause.HUNGER, "famine"),
        ("The ferry capsized and 31 people drowned.", "31", Cause.ACCIDENT, "capsized"),
        ("Gangs killed 18 people in the port.", "18", Cause.CRIME, "Gangs"),
        ("War and drought displaced 300 families.", "300", None, None),
        ("The disaster management office said 12 people were killed.", "12", None, None),
        ("The hurricane center said 3 people drowned.", "3", None, None),
        ("The virus infected 400 men; the war killed 20 men.", "20", Cause.CONFLICT, "war"),
        ("Fourteen men died of Ebola during the war.", "Fourteen", None, None),
        ("After the floods, schools got $3 million.", "$3 million", None, None),
    ],
)
def test_a_cause_is_read_from_words_that_name_one(text: str, number: str, cause: Cause | None, words: str) -> None:
    found = figure(text, number).cause
    assert (found.value if found else None, found.anchor.quote if found else None) == (cause, words)


def test_the_innermost_statement_owns_the_figure() -> None:
    found = account("Amina Noor said that the health ministry had reported 12 deaths.")
    [one] = found.figures
    assert one.statement is not None
    assert "ministry" in found.statements[one.statement].speaker.name.lower()


def test_the_article_itself_speaks_where_nobody_else_does() -> None:
    [one] = account("Nine people died in the fire.").figures
    assert one.statement is None


WORDS = st.lists(
    st.sampled_from(
        '12 1,204 60% half two thousand people killed said Kabul “ ” " . , in on Monday the past years according to '
        "more than from rose by he minister deported voluntarily 3.5 crore Rs 🇸🇩 \u202b e\u0301 \n\n - ( ) £40".split(
            " "
        )
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=400), WORDS))
def test_any_text_is_read_and_every_anchor_is_its_words(text: str) -> None:
    try:
        document = from_text(text, Options(published=DAY))
        found = read(document, engine="rules")
    except CounterfoilError:
        return
    for f in found.figures:
        anchors = [f.number.anchor, f.hedge, f.what, f.event, f.base, *(s.anchor for s in (f.period, f.place) if s)]
        for anchor in anchors:
            if anchor is not None:
                assert anchor.span.of(text) == anchor.quote
        if f.statement is not None:
            content = found.statements[f.statement].content
            assert any(f.number.anchor.span in piece.span for piece in content)
    assert read(document, engine="rules") == found


@pytest.mark.parametrize("piece", ["1,1,1,", '"', "“", "((((", "said ", "12 people ", "He said 12. ", "in 2020 "])
def test_reading_is_near_linear_in_length(piece: str) -> None:
    """Thrice the text takes about thrice the function calls."""
    import cProfile
    import pstats

    def calls(length: int) -> int:
        document = from_text(piece * (length // len(piece)), Options(published=DAY))
        profile = cProfile.Profile()
        profile.enable()
        read(document, engine="rules")
        profile.disable()
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(200)
    assert calls(12_000) < 3.5 * calls(4_000) + 20_000


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("Arrests fell to 300 in 2022 from 450.", {"300": "in 2022", "450": None}),
        ("Arrests rose to 300 in 2022, from 250 in 2021.", {"300": "in 2022", "250": "in 2021"}),
    ],
)
def test_what_a_number_is_compared_with_has_not_its_time(sentence: str, whole: dict[str, str | None]) -> None:
    account = read(from_text(sentence), engine="rules")
    for figure in account.figures:
        number = figure.number.anchor.quote
        if number in whole:
            assert (figure.period.anchor.quote if figure.period else None) == whole[number]


@pytest.mark.parametrize(
    ("text", "number", "kind", "way"),
    [
        ("Unemployment was 6.3 per cent, down 0.6 points.", "6.3 per cent", Kind.SHARE, None),
        ("Unemployment was 6.3 per cent, down 0.6 points.", "0.6 points", Kind.CHANGE, Direction.DOWN),
        ("Turnout was 61 percent, five points lower than in 2019.", "61 percent", Kind.SHARE, None),
        ("The jobless rate is 4.1 percent, a fall of 0.2 points.", "4.1 percent", Kind.SHARE, None),
        ("Coverage reached about 81 percent in May, up two percentage points.", "81 percent", Kind.SHARE, None),
        ("Inflation was 8.1 percent in May, down 1.2 points.", "8.1 percent", Kind.CHANGE, Direction.UP),
        # changes
        ("Prices rose 3.4 percent, up from 2 percent.", "3.4 percent", Kind.CHANGE, Direction.UP),
        ("Exports were 12 percent higher.", "12 percent", Kind.CHANGE, Direction.UP),
        ("Output was 4 percent down.", "4 percent", Kind.CHANGE, Direction.DOWN),
        ("That was 4.5 percentage points, the drop in growth.", "4.5 percentage points", Kind.CHANGE, Direction.DOWN),
    ],
)
def test_a_level_has_no_direction_of_the_change_beside_it(
    text: str, number: str, kind: Kind, way: Direction | None
) -> None:
    found = figure(text, number)
    assert (found.kind, found.direction) == (kind, way)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 140,000 returned in March, up from 56,797 who returned in 2023.", {"140,000": 3, "56,797": 2023}),
        ("Up to 140,000 came home, against 12,400 people who did in 2022.", {"140,000": None, "12,400": 2022}),
        ("Kenya counted 900 cases in May compared with 400 cases in April.", {"900": 5, "400": 4}),
        ("Police held 40 men in 2023, down from 75 men in 2021.", {"40": 2023, "75": 2021}),
        # nothing compared, and nothing but a time
        ("They dug 27 bodies from 16 graves in 2022.", {"27": 2022, "16": 2022}),
        ("Rations were cut by 40 percent since 2020.", {"40 percent": 2020}),
    ],
)
def test_each_side_of_a_comparison_has_its_own_time(text: str, expected: dict[str, int | None]) -> None:
    for number, told in expected.items():
        period = figure(text, number).period
        first = period.value.first if period else None
        assert (first and (first.year if first.year != DAY.year else first.month)) == told, number


@pytest.mark.parametrize(
    "text",
    [
        "The bank revised its growth forecast for 2025 from 4.2% to 3.8%.",
        "Admissions at the clinic rose from 310 to about 450 in May.",
    ],
)
def test_both_ends_of_a_change_count_one_thing(text: str) -> None:
    first, last = read(from_text(text)).figures
    assert first.measure is not None
    assert last.measure is not None
    assert first.measure.value.code == last.measure.value.code != "other"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In 2023 police counted 271 raids in Mali.", 2023),
        ("In 2019 the Health Ministry recorded 640 cases of measles in Chad.", 2019),
        # what had been over by then, and what is told in a clause, has no year of its own
        ("In 2023 the Health Ministry told parliament that 271 raids had taken place in Mali.", None),
        ("In 2019 the Health Ministry estimated that 640 children had died in Chad.", None),
    ],
)
def test_who_counts_in_a_year_counts_what_happened_in_it(text: str, year: int | None) -> None:
    period = next(one for one in read(from_text(text)).figures if one.number.anchor.quote in ("271", "640")).period
    assert (period and period.value.first and period.value.first.year) == year


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Some 300 people have left Kisumu of their own free will.", "observed"),
        ("The 40 guests of the camp near Kano left by their own will.", "observed"),
        ("Some 300 people will leave Kisumu.", "projected"),
    ],
)
def test_a_will_of_ones_own_is_no_time_to_come(text: str, modality: str) -> None:
    assert [one.modality.value for one in read(from_text(text), engine="rules").figures] == [modality]
