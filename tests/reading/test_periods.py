"""Time expressions: where they stand, and which days they mean. Sentences are our own."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.errors import DatasetError, InputError
from counterfoil.reading import periods
from counterfoil.reading.model import Precision
from counterfoil.spans import Span
from marking import marked

PUBLISHED = date(2023, 11, 9)  # a Thursday


def days(text: str) -> tuple[date | None, date | None]:
    if not text:
        return None, None
    first, _, last = text.partition("..")
    return (date.fromisoformat(first) if first else None), (
        date.fromisoformat(last or first) if last or first else None
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # a day, by name
        ("Floods killed six ⟦on Monday⟧ in the valley.", "2023-11-06"),
        ("Six died ⟦on Thursday⟧, police said.", "2023-11-09"),
        ("Talks will resume ⟦on Monday⟧ in the capital.", "2023-11-13"),
        ("Talks will resume ⟦next Monday⟧.", "2023-11-13"),
        ("Soldiers came ⟦yesterday at dusk⟧, he wrote.", "2023-11-08"),
        ("⟦Overnight⟧ three drones fell.", "2023-11-08..2023-11-09"),
        ("They shelled the port ⟦on Tuesday night⟧ again.", "2023-11-07"),
        ("The toll of ⟦Sunday's⟧ ambush rose.", "2023-11-05"),
        ("Rain fell ⟦on Saturday and Sunday⟧ here.", "2023-11-04..2023-11-05"),
        ("It struck at 04:12 ⟦on Tuesday⟧ near the lake.", "2023-11-07"),
        ("They crossed ⟦on the 3rd⟧, he said.", "2023-11-03"),
        # a date
        ("He spoke ⟦on Wednesday, November 8⟧ in Quetta.", "2023-11-08"),
        ("It began ⟦on 17 March 2021⟧ with rain.", "2021-03-17"),
        ("They met ⟦on Dec. 5⟧ in Doha.", "2022-12-05"),
        ("The camp closed ⟦on 2022-02-24⟧ for good.", "2022-02-24"),
        ("It lasted ⟦from March 15 to 17⟧ there.", "2023-03-15..2023-03-17"),
        ("They counted 40 graves ⟦between 14 and 22 June⟧ alone.", "2023-06-14..2023-06-22"),
        ("Some 90 fled ⟦between 8 December and 12 June⟧, she said.", "2022-12-08..2023-06-12"),
        # months, quarters, seasons, years
        ("Prices rose 4% ⟦in March⟧ and fell later.", "2023-03-01..2023-03-31"),
        ("It opened ⟦in August last year⟧.", "2022-08-01..2022-08-31"),
        ("It opened ⟦in mid-August 2021⟧.", "2021-08-11..2021-08-20"),
        ("It rained ⟦in late December⟧ as well.", "2022-12-21..2022-12-31"),
        ("It was ⟦in early 2016⟧ that they left.", "2016-01-01..2016-04-30"),
        ("Arrivals fell ⟦in the second half of 2022⟧ there.", "2022-07-01..2022-12-31"),
        ("Arrivals fell ⟦in the first six months of 2022⟧ there.", "2022-01-01..2022-06-30"),
        ("Arrivals fell ⟦in the first week of April⟧ there.", "2023-04-01..2023-04-07"),
        ("Arrivals fell ⟦in the third quarter of 2022⟧ there.", "2022-07-01..2022-09-30"),
        ("The stock stood at 90 ⟦at the end of June⟧.", "2023-06-30"),
        ("They left ⟦in the summer of 2019⟧ for good.", "2019-06-01..2019-08-31"),
        ("The war displaced many ⟦in the 1990s⟧.", "1990-01-01..1999-12-31"),
        ("They recorded 36 ⟦in 2018⟧ and more later.", "2018-01-01..2018-12-31"),
        ("Losses grew ⟦from 2015 to 2017⟧ there.", "2015-01-01..2017-12-31"),
        ("Losses were ⟦in 2017–18⟧ the worst.", "2017-01-01..2018-12-31"),
        ("They recorded 36 ⟦in 2023⟧ there.", "2023-01-01..2023-11-09"),
        # counted from the day of speaking
        ("They fled ⟦last week⟧ by boat.", "2023-10-30..2023-11-05"),
        ("They fled ⟦last month⟧ by boat.", "2023-10-01..2023-10-31"),
        ("They fled ⟦last year⟧ by boat.", "2022-01-01..2022-12-31"),
        ("They fled ⟦two weeks ago⟧ by boat.", "2023-10-26"),
        ("Attacks doubled ⟦in the past two years⟧ there.", "2021-11-09..2023-11-09"),
        ("They died ⟦in the last 24 hours⟧ there.", "2023-11-08..2023-11-09"),
        ("They died ⟦over the past week⟧ there.", "2023-11-02..2023-11-09"),
        ("⟦So far this year⟧ 40 were held.", "2023-01-01..2023-11-09"),
        ("They died ⟦over the weekend⟧ in the hills.", "2023-11-04..2023-11-05"),
        ("There were 40 ⟦in the week to Sunday⟧ alone.", "2023-10-30..2023-11-05"),
        ("It fell ⟦on Friday⟧ and rose again ⟦the next day⟧.", "2023-11-03"),
        ("Six U-boats sank ⟦during World War II⟧ there.", "1939-09-01..1945-09-02"),
        ("Nobody came ⟦since World War II⟧ there.", "1945-09-02..2023-11-09"),
        ("The storm was expected ⟦on Wednesday⟧ in Bermuda.", "2023-11-08"),
        ("They left ⟦a couple of days ago⟧ by boat.", "2023-11-07"),
        ("They left ⟦half a year ago⟧ by boat.", "2023-05-09"),
        ("Six died ⟦twenty-one days ago⟧ here.", "2023-10-19"),
        ("The mill burnt down ⟦two hundred years ago⟧ here.", "1823-11-09"),
        ("They left ⟦the day before yesterday⟧ by boat.", "2023-11-07"),
        ("They will return ⟦the week after next⟧ by boat.", "2023-11-20..2023-11-26"),
        ("It fell ⟦two days after the January 7 quake⟧ here.", "2023-01-09"),
        ("Rain fell ⟦on 5 May⟧ but not ⟦in the two weeks before⟧ it.", "2023-05-05"),
        ("It struck ⟦in the early hours of Monday⟧ again.", "2023-11-06"),
        ("Aid came ⟦in the last two days of October⟧ here.", "2023-10-30..2023-10-31"),
        ("Aid came ⟦in the second half of this month⟧ here.", "2023-11-16..2023-11-30"),
        ("It rained ⟦in week 36 of 2022⟧ here.", "2022-09-05..2022-09-11"),
        ("It rained ⟦on Monday the 6th⟧ here.", "2023-11-06"),
        ("It fell ⟦last March⟧ here.", "2023-03-01..2023-03-31"),
        ("It fell ⟦on Christmas Eve⟧ here.", "2022-12-24"),
        ("It fell ⟦in the year to 30 June⟧ here.", "2022-07-01..2023-06-30"),
        # open ends
        ("⟦So far in 2023⟧ some 40 were held.", "2023-01-01..2023-11-09"),
        ("Losses grew ⟦since at least 2015⟧ there.", "2015-01-01..2023-11-09"),
        ("Camps stay open ⟦until at least March⟧ there.", "..2024-03-31"),
        ("Some 40 had gone ⟦as at 30 June⟧ by road.", "2023-06-30"),
        ("Some 900 have gone ⟦since Monday⟧ by road.", "2023-11-06..2023-11-09"),
        ("Some 900 have gone ⟦since 2015⟧ by road.", "2015-01-01..2023-11-09"),
        ("Some 900 have gone ⟦since mid-September⟧ by road.", "2023-09-15..2023-11-09"),
        ("Some 900 had gone ⟦as of Tuesday⟧ by road.", "2023-11-07"),
        ("Some 900 had gone ⟦as of 30 September⟧ by road.", "2023-09-30"),
        ("It plans 20 wells ⟦by 2040⟧.", "..2040-12-31"),
        ("It plans 20 wells ⟦by the end of March⟧.", "..2024-03-31"),
        ("Camps stay open ⟦until January⟧.", "..2024-01-31"),
        ("There had been 12 ⟦before 2014⟧ there.", "..2013-12-31"),
        ("There were 12 ⟦after 2018⟧ there.", "2019-01-01..2023-11-09"),
        # years in words, months without capitals, and in digits
        ("They left ⟦in two thousand and twenty⟧ by boat.", "2020-01-01..2020-12-31"),
        ("They left ⟦in nineteen ninety-nine⟧ by boat.", "1999-01-01..1999-12-31"),
        ("Few came ⟦since twenty nineteen⟧ by boat.", "2019-01-01..2023-11-09"),
        ("They left ⟦on 5 May nineteen eighty-four⟧ by boat.", "1984-05-05"),
        ("They left ⟦on the twenty second of June⟧ by boat.", "2023-06-22"),
        ("They left ⟦in june 2016⟧ by boat.", "2016-06-01..2016-06-30"),
        ("They left ⟦on 5 may 2019⟧ by boat.", "2019-05-05"),
        ("They came ⟦from january to june⟧ by boat.", "2023-01-01..2023-06-30"),
        ("They left ⟦in 11/2016⟧ by boat.", "2016-11-01..2016-11-30"),
        ("They left ⟦in 2016-11⟧ by boat.", "2016-11-01..2016-11-30"),
        ("They left ⟦in 2010-11⟧ by boat.", "2010-01-01..2011-12-31"),
        ("They left ⟦in 2021/22⟧ by boat.", "2021-01-01..2022-12-31"),
        ("They left ⟦in 2019-2023⟧ by boat.", "2019-01-01..2023-12-31"),
        ("They left ⟦in the ’90s⟧ by boat.", "1990-01-01..1999-12-31"),
        ("They left ⟦in the late nineties⟧ by boat.", "1997-01-01..1999-12-31"),
        ("Prices are up ⟦from 2019⟧ levels.", "2019-01-01..2019-12-31"),
        ("Some 40 were missing ⟦as of end-September⟧ there.", "2023-09-30"),
        ("It will be paid ⟦no later than 30 June⟧ in cash.", "..2024-06-30"),
        # a weekday that may be to come
        ("The strike is set ⟦for this Saturday⟧ in Doha.", "2023-11-11"),
        ("Talks ⟦this Friday⟧ in Doha.", "2023-11-10"),
        ("They met ⟦this Monday⟧ in Doha.", "2023-11-06"),
        ("He would have been 80 ⟦on 20 November⟧ there.", "2023-11-20"),
        ("They return ⟦in two weeks' time⟧ by boat.", "2023-11-23"),
        ("Losses fell ⟦in the first half of 2023⟧ against 4 ⟦in the same period in 2021⟧.", "2023-01-01..2023-06-30"),
        ("⟦In May 2023⟧ it fell; ⟦in the corresponding month of 2022⟧ it rose.", "2023-05-01..2023-05-31"),
        # from an event on
        ("Nobody came ⟦in the two years since the Beslan raid⟧ there.", ""),
        ("They left ⟦500 days into the war⟧ by boat.", ""),
        ("Kyiv says, ⟦600 days into the war in Ukraine⟧, that it holds.", "2023-10-17"),
        # not to be resolved: words kept
        ("They meet ⟦every Monday⟧ in the square.", ""),
        ("They fell by half ⟦in two days⟧ there.", ""),
        ("They fell ⟦in the past few decades⟧ there.", ""),
        ("The harvest failed ⟦before the war⟧ already.", ""),
        ("The budget ⟦for fiscal 2022⟧ was cut.", ""),
        ("They signed ⟦on 3/7/2017⟧ in haste.", ""),
        ("They left ⟦two to three weeks ago⟧ by boat.", ""),
    ],
)
def test_an_expression_has_its_words_and_days(words: str, expected: str) -> None:
    text, spans = marked(words)
    found = periods.find(text, PUBLISHED)
    assert [t.span.of(text) for t in found] == [s.of(text) for s in spans]
    assert (found[0].period.first, found[0].period.last) == days(expected)
    assert found[0].period.reason


@pytest.mark.parametrize(
    "text",
    [
        "A six-hour siege ended in surrender.",
        "In 2,018 houses there was no light.",
        "The second man may march on.",
        "He asked for 2000 tents.",
        "Section 4 of May's book.",
        "It took the 13th floor.",
        "At the same time the 2020 election went on.",
    ],
)
def test_lengths_and_counts_are_no_times(text: str) -> None:
    assert [t.span.of(text) for t in periods.find(text, PUBLISHED) if "May" not in t.span.of(text)] == []


@pytest.mark.parametrize(
    ("text", "open_start", "open_end", "increment"),
    [
        ("It rose since Monday.", False, True, False),
        ("It rose in the last 24 hours.", False, False, True),
        ("It will end by Friday.", True, False, False),
        ("It has killed nine so far.", True, True, False),
        ("It rose on Monday.", False, False, False),
    ],
)
def test_open_ends_and_windows_are_told_apart(text: str, open_start: bool, open_end: bool, increment: bool) -> None:
    (time,) = periods.find(text, PUBLISHED)
    assert (time.period.open_start, time.period.open_end, time.increment) == (open_start, open_end, increment)


def test_a_window_counts_back_from_the_day_of_the_utterance() -> None:
    text = "In a press conference on Monday, November 6, he spoke of 60 attacks in the past two years. Rain fell."
    found = periods.find(text, PUBLISHED)
    assert (found[1].period.first, found[1].period.last) == (date(2021, 11, 6), date(2023, 11, 6))
    start = text.index("60 attacks")
    assert periods.utterance_days(text, [Span(start, start + 10)], found, PUBLISHED) == (date(2023, 11, 6),)


def test_the_days_of_all_utterances_are_found_at_once() -> None:
    text, spans = marked(
        "⟦He spoke⟧ of rain.\n\nHe told reporters on Monday that ⟦60 fled⟧. ⟦Six died⟧, he said on Tuesday.\n\n"
        "⟦Rain fell⟧."
    )
    found = periods.find(text, PUBLISHED)
    dated = periods.utterance_days(text, spans, found, PUBLISHED)
    assert dated == (PUBLISHED, date(2023, 11, 6), date(2023, 11, 7), PUBLISHED)
    assert dated == tuple(periods.utterance_days(text, [span], found, PUBLISHED)[0] for span in spans)


def test_a_day_of_an_act_is_no_day_of_an_utterance() -> None:
    text = "Shells fell on Monday. The town has lost 60 people in the past two years."
    found = periods.find(text, PUBLISHED)
    assert found[1].period.last == PUBLISHED
    assert periods.utterance_days(text, [found[1].span], found, PUBLISHED) == (PUBLISHED,)


def test_the_weekday_decides_the_year() -> None:
    (time,) = periods.find("They met on Wednesday, November 8, in Doha.", date(2025, 1, 3))
    assert time.period.first == date(2023, 11, 8)
    assert "weekday" in time.period.reason


@pytest.mark.parametrize(
    ("text", "published", "event"),
    [
        ("Kabul and Taliban. Attacks rose since the takeover.", PUBLISHED, "kabul-takeover-2021"),
        ("Attacks rose since the fall of Kabul.", PUBLISHED, "kabul-takeover-2021"),
        ("Attacks rose since the takeover.", PUBLISHED, None),  # whose takeover?
        ("Kabul and Taliban. Attacks rose since the takeover.", date(2021, 8, 1), None),  # not yet
        ("In Hatay and Aleppo many left after the earthquake.", date(2023, 3, 1), "turkiye-syria-earthquake-2023"),
        ("In Hatay and Aleppo many left after the earthquake.", date(2025, 3, 1), None),  # too long ago
        ("Syria and Syrian, Gaza and Hamas: prices doubled since the war.", PUBLISHED, None),  # two wars
    ],
)
def test_an_event_counts_only_where_the_article_agrees(text: str, published: date, event: str | None) -> None:
    time = periods.find(text, published)[-1]
    assert time.event == event
    assert (time.period.first is None) == (event is None)
    assert time.period.reason


def test_a_day_beside_another_is_counted_from_it() -> None:
    text = "It fell on Friday and rose again the next day; aid came two weeks before Indonesian relief."
    found = periods.find(text, PUBLISHED)
    assert [t.period.first for t in found] == [date(2023, 11, 3), date(2023, 11, 4), None]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("The operation, launched on 17 March, goes on. 900 left ⟦since the operation⟧.", "2023-03-17"),
        ("The operation, launched on 17 March, goes on. 900 left ⟦since the operation commenced⟧.", "2023-03-17"),
        ("The campaign began on 1 October. 900 left ⟦since the campaign began⟧.", "2023-10-01"),
        ("The raid, which was launched by the army on 17 March, goes on. 900 left ⟦since the raid⟧.", "2023-03-17"),
        (
            "The raid, which the army launched on 17 March, goes on. 900 left ⟦since the start of the raid⟧.",
            "2023-03-17",
        ),
        ("They left. On 17 March, the army launched an operation. 900 left ⟦since the operation⟧.", "2023-03-17"),
        # two of them, or not surely the same one
        ("A raid on Monday hit Dnipro, a raid on Tuesday Odesa. 900 left ⟦since the raid⟧.", ""),
        ("The raid was launched on 17 March. A second raid goes on. 900 left ⟦since the raid began⟧.", ""),
        ("The raid was announced on 3 March and began on 17 March. 900 left ⟦since the raid began⟧.", ""),
        ("The invasion began on 17 March. 900 left ⟦since the Soviet invasion⟧.", ""),
        ("The operation goes on. 900 left ⟦since the operation commenced⟧.", ""),
    ],
)
def test_an_article_dates_its_own_events(text: str, since: str) -> None:
    text, (span,) = marked(text)
    time = periods.find(text, PUBLISHED)[-1]
    assert (time.span, time.period.first) == (span, days(since)[0])
    assert time.period.open_end


def test_users_add_events(tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("key,first,names\ndam-2020,2020-05-02,Big Dam break; dam burst\n", "utf-8-sig")
    events = periods.load_events([table])
    assert {event.key for event in periods.shipped_events().rows} < {event.key for event in events.rows}
    (time,) = periods.find("Nobody came since the Big Dam break.", PUBLISHED, events=events)
    assert (time.event, time.period.first) == ("dam-2020", date(2020, 5, 2))
    again = tmp_path / "again.csv"
    again.write_text("key,first,last,names,context\n dam-2020 ,2020-05-03,,Big Dam break,\n\n", "utf-8")
    (time,) = periods.find("Since the Big Dam break, 4 came.", PUBLISHED, events=periods.load_events([table, again]))
    assert time.period.first == date(2020, 5, 3)


def test_a_bad_table_of_events_shows_all_its_faults_at_once(tmp_path: Path) -> None:
    table, other = tmp_path / "events.csv", tmp_path / "other.csv"
    table.write_text(
        "key,first,last,names,generic,context,within\n"
        "a,soon,2020-02-30,x,,,0\n"
        ",2020-01-02,2020-01-01,,,,\n"
        "b,2020-01-01,,,storm,,many\n"
        "c,2020-01-01,,fine,,,0,one cell more\n",
        "utf-8",
    )
    other.write_text("key,when\nd,2020-01-01\n", "utf-8")
    with pytest.raises(DatasetError) as caught:
        periods.load_events([table, other])
    told = caught.value.what.splitlines()
    assert told == [
        "11 faults in the events:",
        "events.csv, line 2, first: 'soon' is no day: write it as YYYY-MM-DD",
        "events.csv, line 2, last: '2020-02-30' is no day: write it as YYYY-MM-DD",
        "events.csv, line 3, key: empty: give the event a name of its own",
        "events.csv, line 3, last: the event ends before it begins",
        "events.csv, line 3, names: no words: write the phrases that name the event, a semicolon between two",
        "events.csv, line 4, context: empty: generic phrases need words that the article must hold, too",
        "events.csv, line 4, within: 'many' is no number of days: write digits, or nothing",
        "events.csv, line 5: more cells than columns: put quotes around a cell with a comma",
        "other.csv, line 1: no column 'first': add it",
        "other.csv, line 1: no column 'names': add it",
        "other.csv, line 1: no column is called 'when': take it out",
    ]
    assert caught.value.where == "events.csv, other.csv"
    assert "docs/events.md" in caught.value.mend


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the table is empty"),
        (b'key,first,names\na,2020-01-01,"x" y\n', "double the quotes"),
        (b'key,first,names\na,2020-01-01,"x\n', "double the quotes"),
    ],
)
def test_a_broken_table_of_events_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    table = tmp_path / "events.csv"
    table.write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        periods.load_events([table])
    assert told in caught.value.what


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_table_of_events_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    table = tmp_path / "events.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(InputError) as caught:
        periods.load_events([table])
    assert caught.value.where == str(table)


@pytest.mark.parametrize(
    "text",
    [
        "They march 2000 miles.",
        "It may 2020 be so.",
        "In two thousand and ten villages there is none.",
        "In twenty ten-litre cans there is none.",
        "People in their ’40s have none.",
        "In the year 99999 there is none.",
        "It was the storm of the century.",
        "They named her player of the year.",
    ],
)
def test_words_that_tell_no_time(text: str) -> None:
    assert [time.span.of(text) for time in periods.find(text, PUBLISHED)] == []


@pytest.mark.parametrize(
    "text",
    [
        "On 31 February 2023 it fell.",
        "On 29 February 2023 it fell.",
        "On 2023-13-45 it fell.",
        "On 31/31/2023 it fell.",
        "It fell since 31 April.",
        "It fell in week 60.",
        "It will fall in the next 10000 centuries.",
        "It fell in the past 99999 decades.",
    ],
)
def test_days_outside_the_calendar_have_a_reason(text: str) -> None:
    [time] = periods.find(text, PUBLISHED)
    assert (time.period.first, time.period.last) == (None, None)
    assert "calendar" in time.period.reason


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("⟦In the week after the raid⟧ six fled.", "2023-11-04..2023-11-10"),
        ("⟦In the two weeks before the raid⟧ six fled.", "2023-10-20..2023-11-02"),
        ("⟦Two days after the raid⟧ six fled.", "2023-11-05"),
        ("⟦The day before the raid⟧ six fled.", "2023-11-02"),
        ("⟦In the year before the takeover of Kabul⟧ six fled.", "2020-08-15..2021-08-14"),
        ("⟦Two years after the fall of Kabul⟧ six fled.", "2023-08-15"),
        ("⟦Since the interim government was formed⟧ Afghans leave Afghanistan.", "2021-09-07..2023-11-09"),
        ("⟦In the week before the flood⟧ six fled.", ""),
        ("Few come ⟦from 2019 onwards⟧.", "2019-01-01..2023-11-09"),
        ("Few came ⟦as early as 2012⟧.", "2012-01-01..2012-12-31"),
        ("It is below ⟦pre-2019⟧ levels.", "..2018-12-31"),
        ("It was ⟦in May 2022⟧ what it was ⟦in the same month a year earlier⟧.", "2022-05-01..2022-05-31"),
        ("It is what it was ⟦in May 2022⟧, not ⟦the same month a year before⟧.", "2022-05-01..2022-05-31"),
    ],
)
def test_periods_beside_an_event_or_another_period(words: str, expected: str) -> None:
    text, spans = marked(f"The raid, launched on 3 November, failed. {words}")
    found = periods.find(text, PUBLISHED)[1:]
    assert [t.span.of(text) for t in found] == [s.of(text) for s in spans]
    assert (found[0].period.first, found[0].period.last) == days(expected)
    if len(found) > 1:
        assert (found[1].period.first, found[1].period.last) == days("2021-05-01..2021-05-31")


def test_a_period_is_named_again_in_another_year() -> None:
    text = "Losses fell in the first half of 2023 from the same period in 2021."
    again = periods.find(text, PUBLISHED)[1].period
    assert (again.first, again.last) == days("2021-01-01..2021-06-30")


def test_every_shipped_event_has_its_source_and_words() -> None:
    for event in periods.shipped_events().rows:
        assert event.source.startswith("https://"), event.key
        assert event.names or event.generic, event.key
        assert event.context or not event.generic, event.key


def test_without_publication_only_stated_years_have_days() -> None:
    text = "It rose on Monday, and since 2012, and on 3 March 2016."
    found = periods.find(text, None)
    assert [t.period.first for t in found] == [None, date(2012, 1, 1), date(2016, 3, 3)]
    assert found[0].period.reason == "the day of publication is not known"
    assert found[1].period.last is None
    assert found[1].period.open_end


@pytest.mark.parametrize("words", ["31 February 2020", "February 30", "99/99/9999", "0000-00-00", "week 99", "", "?!"])
def test_what_is_no_day_has_a_reason(words: str) -> None:
    period = periods.resolve(words, PUBLISHED)
    assert period.first is None
    assert period.reason


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "words", ["last year", "the next century", "yesterday", "tomorrow", "past 100 years", "next week"]
)
def test_the_calendar_may_end(words: str, today: date) -> None:
    period = periods.resolve(words, today)
    assert period.first is None or period.last is None or period.first <= period.last


def test_fiscal_years_follow_the_state_named_before_them() -> None:
    text = "The United States admitted 60,000 refugees in fiscal 2022."
    assert periods.find(text, PUBLISHED)[-1].period.first == date(2021, 10, 1)
    both = f"Australia took in few. {'It had said so before. ' * 8}{text}"
    assert periods.find(both, PUBLISHED)[-1].period.first == date(2021, 10, 1)
    two = "Australia and the United States agreed on the plan for fiscal 2022."
    assert periods.find(two, PUBLISHED)[0].period.first is None
    later = "Few came in fiscal 2022. Australia and the United States had agreed on it."
    assert periods.find(later, PUBLISHED)[0].period.first is None


def test_precision_tells_how_finely_the_words_fix_it() -> None:
    said = {
        "on Monday": Precision.DAY,
        "last week": Precision.WEEK,
        "in March": Precision.MONTH,
        "in 2019": Precision.YEAR,
    }
    assert {words: periods.resolve(words, PUBLISHED).precision for words in said} == said


_WORDS = st.lists(
    st.sampled_from(
        "on in since until by the last past next two 24 2019 1990s March May 8 , . - Monday week year ago early end of "
        "to between and first half quarter day days night overnight war after before 31 fiscal ’s \n\n 12:30 pm "
        "in may june 11/2016 2016-05 nineteen twenty thousand ninety corresponding end-2022 into each ’ time no than "
        "so far same month earlier takeover \ud800 \x00 ٣ ² 99999".split(" ")
    ),
    max_size=25,
).map(" ".join)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Some 56,000 crossed ⟦so far in 2021⟧, she said.", "2021-01-01..2021-12-31"),
        ("⟦In 2022 so far⟧ 300 died.", "2022-01-01..2022-12-31"),
        ("Dengue killed 12 ⟦so far in July⟧ there.", "2023-07-01..2023-07-31"),
        ("⟦So far in 2023⟧ 40 ships docked.", "2023-01-01..2023-11-09"),
        ("⟦In the decade to 2022⟧ the mine lost 90 men.", "2013-01-01..2022-12-31"),
        ("⟦Over the decade ending in 2020⟧ 12 dams broke.", "2011-01-01..2020-12-31"),
        ("Mills shut ⟦in the quarter to June⟧ there.", "2023-04-01..2023-06-30"),
        ("Exports sank ⟦in the quarter ended 30 June 2022⟧.", "2022-04-01..2022-06-30"),
        ("⟦In the last decade⟧ 12 dams broke.", "2013-11-09..2023-11-09"),
        ("Sales fell ⟦in Q1 and Q2⟧ there.", "2023-01-01..2023-06-30"),
        ("Sales fell ⟦in Q1, Q2 and Q3 of 2022⟧ there.", "2022-01-01..2022-09-30"),
        ("Sales fell in both ⟦Q3 and Q4 2022⟧ there.", "2022-07-01..2022-12-31"),
        ("Sales fell ⟦in H1 and H2 2021⟧ there.", "2021-01-01..2021-12-31"),
        ("Sales fell ⟦in Q4 2021 and Q1 2022⟧ there.", "2021-10-01..2022-03-31"),
        ("Sales fell ⟦in the first and second quarters of 2022⟧.", "2022-01-01..2022-06-30"),
        ("Sales fell ⟦in the third and the fourth quarter of last year⟧.", "2022-07-01..2022-12-31"),
        ("Sales fell ⟦in the first, second and third quarters of 2021⟧.", "2021-01-01..2021-09-30"),
        ("Sales fell ⟦between the first and third quarters of 2022⟧.", "2022-01-01..2022-09-30"),
        # what does not follow is no one period
        ("Sales fell ⟦in Q1 and Q3 of 2022⟧ there.", ""),
        ("Sales fell ⟦in the first and third quarters of 2022⟧.", ""),
        # one quarter, and none
        ("Sales fell ⟦in Q2⟧ and rose later.", "2023-04-01..2023-06-30"),
        ("The first and second battalions met ⟦in May⟧.", "2023-05-01..2023-05-31"),
    ],
)
def test_totals_of_a_past_year_lengths_to_a_year_and_lists_of_quarters(words: str, expected: str) -> None:
    text, spans = marked(words)
    found = periods.find(text, PUBLISHED)
    assert [time.span for time in found] == spans
    assert (found[0].period.first, found[0].period.last) == days(expected)
    assert found[0].period.reason


@given(st.one_of(_WORDS, st.text(max_size=60)), st.one_of(st.none(), st.dates()))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_ordered_expressions_with_reasons(text: str, published: date | None) -> None:
    found = periods.find(text, published)
    assert found == periods.find(text, published)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    for time in found:
        assert time.span.end <= len(text)
        period = time.period
        if period.first is None and period.last is None:
            assert period.reason
        if period.first is not None and period.last is not None:
            assert period.first <= period.last


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
@settings(max_examples=50, deadline=None)
def test_a_date_in_full_means_itself_whenever_it_is_said(day: date, today: date) -> None:
    for words in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
        period = periods.resolve(words, today)
        assert (period.first, period.last) == (day, day), words


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
@settings(max_examples=50, deadline=None)
def test_a_later_day_of_speaking_moves_a_window_with_it(today: date, count: int) -> None:
    period = periods.resolve(f"the past {count} days", today)
    assert (period.first, period.last) == (today - timedelta(days=count), today)
