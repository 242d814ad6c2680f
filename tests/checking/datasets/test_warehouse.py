"""The warehouse: cubes are what a plain loop over the rows counts, and what is not covered is never zero."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checking.datasets.asked import STOCK, by_step, deaths, key_of, stock, used
from counterfoil.checking.datasets import (
    catalogue,
    conditions,
    editions,
    importing,
    placing,
    steps,
    warehouse,
)
from counterfoil.checking.datasets.model import Dataset, Edition, PlaceFilter
from counterfoil.checking.surface.model import Cube
from counterfoil.errors import InputError
from counterfoil.reading.model import Precision

Add = Callable[..., Edition]
STEPS = [Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR]


# -- a plain loop ------------------------------------------------------------------------------------------------------

EVENTS = st.lists(
    st.tuples(
        st.integers(0, 800),  # first day
        st.integers(0, 90),  # days it lasts beyond it
        st.sampled_from(["Pakistan", "Chad"]),
        st.sampled_from(["North", "South", ""]),
        st.integers(0, 50),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=25,
)
EPOCH = date(2021, 11, 20)


def looped(
    events: list[tuple[int, int, str, str, int, int]], step: Precision, definition: str, place: str, dating: str
) -> dict[date, float]:
    """Count the dead by step, event by event and day by day."""
    found: dict[date, float] = {}
    for begin, lasts, _, province, dead, civilians in events:
        first, last = EPOCH + timedelta(begin), EPOCH + timedelta(begin + lasts)
        if (definition and not civilians) or (place and province != "South"):
            continue
        if dating == "within":
            whole = Precision.MONTH if step in (Precision.DAY, Precision.WEEK) else step
            if steps.step_start(first, whole) != steps.step_start(last, whole):
                continue
        if dating == "spread":
            for day in range(lasts + 1):
                at = steps.step_start(first + timedelta(day), step)
                found[at] = found.get(at, 0.0) + dead / (lasts + 1)
        else:
            at = steps.step_start(last if dating == "by-end" else first, step)
            found[at] = found.get(at, 0.0) + dead
    return {at: value for at, value in found.items() if value}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS, st.sampled_from(STEPS))
def test_every_key_is_what_a_plain_loop_counts(
    description: str,
    tmp_path_factory: pytest.TempPathFactory,
    events: list[tuple[int, int, str, str, int, int]],
    step: Precision,
) -> None:
    folder = tmp_path_factory.mktemp("loop")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", "day", "until", "country", "province", "dead", "civilians"])
    for nth, (begin, lasts, country, province, dead, civilians) in enumerate(events):
        first, last = EPOCH + timedelta(begin), EPOCH + timedelta(begin + lasts)
        writer.writerow([nth, first, last, country, province, dead, civilians])
    (folder / "events.csv").write_text(text.getvalue())
    edition = importing.add([folder / "events.csv"], catalogue.parse(description), home=folder / "home").edition
    cube = warehouse.cube(edition, deaths(edition), precision=step)
    assert len(cube.keys) == 2 * 2 * 4
    for nth, key in enumerate(cube.keys):
        expected = looped(events, step, key.definition, key.place, key.dating)
        got = by_step(cube, nth)
        assert got.keys() == expected.keys()
        assert all(got[at] == pytest.approx(value) for at, value in expected.items())
    only = warehouse.cube(
        edition, deaths(edition), precision=step, where=[PlaceFilter("country", ("PAK",))], variants=[]
    )
    some = [event for event in events if event[2] == "Pakistan"]
    assert by_step(only) == looped(some, step, "", "", "")
    assert only.covered.any() <= bool(some)


# -- keys --------------------------------------------------------------------------------------------------------------


def test_keys_are_all_combinations_and_the_first_is_the_default(add: Add) -> None:
    edition = add()
    cube = warehouse.cube(edition, deaths(edition), precision=Precision.MONTH)
    first = cube.keys[0]
    assert (first.definition, first.place, first.dating, first.score) == ("", "", "", 1.0)
    assert (first.source, first.edition, first.measure) == ("desk-events", edition.name, "deaths")
    both = cube.keys[key_of(cube, definition="civilians", place="south", dating="spread")]
    assert both.score == pytest.approx(0.8 * 0.5)
    assert both.words == "people killed in attacks, in which civilians died, in the south, spread over their days"


def test_what_is_chosen_holds_in_every_key(add: Add) -> None:
    edition = add()
    civilians = edition.dataset.variants[0]
    cube = warehouse.cube(edition, deaths(edition), chosen=[civilians], precision=Precision.YEAR)
    assert {key.definition for key in cube.keys} == {"civilians"}
    assert cube.values[0].sum() == 5
    assert cube.keys[0].score == 1.0


def test_variants_that_the_files_cannot_answer_are_left_out(add: Add, rows: str) -> None:
    edition = add("\n".join(line.rpartition(",")[0] for line in rows.splitlines()))
    assert [one.id for one in conditions.variants_of(edition, deaths(edition))] == [
        "south",
        "by-end",
        "within",
        "spread",
    ]
    with pytest.raises(InputError, match="no column 'civilians'"):
        warehouse.cube(edition, deaths(edition), chosen=[edition.dataset.variants[0]])


def test_an_indicator_that_the_files_cannot_answer_says_so(add: Add, rows: str, description: str) -> None:
    edition = add(
        "\n".join(line.rpartition(",")[0] for line in rows.splitlines()),
        description.replace('value = "dead"', 'value = "civilians"'),
    )
    assert conditions.answerable(edition, deaths(edition)) == "its files have no column 'civilians'"
    assert conditions.answerable(edition, edition.dataset.indicators[1]) == ""
    with pytest.raises(InputError, match="no column 'civilians'"):
        warehouse.cube(edition, deaths(edition))


def test_variants_for_some_countries_only(add: Add, description: str) -> None:
    edition = add(description=description.replace("score = 0.5", 'score = 0.5\nonly = ["PAK"]'))
    ids = {
        code: {one.id for one in conditions.variants_of(edition, deaths(edition), country=code)}
        for code in ("PAK", "COD")
    }
    assert ids["PAK"] - ids["COD"] == {"south"}


def test_too_many_ways_at_once_are_refused(add: Add, description: str) -> None:
    many = "".join(
        f'[[variants]]\nid = "x{n}"\naxis = "{axis}"\nwords = "x"\nwhere = "dead > {n}"\n\n'
        for n, axis in enumerate(["definition", "place", "actor", "status"] * 9)
    )
    names = ", ".join(f'"x{n}"' for n in range(36))
    edition = add(description=description.replace('variants = ["civ', f'variants = [{names}, "civ') + many)
    with pytest.raises(InputError, match="ways of counting at once"):
        warehouse.cube(edition, deaths(edition))


def test_days_of_monthly_data_are_refused(add: Add, description: str) -> None:
    edition = add(description=description.replace("[time]", '[time]\nprecision = "month"'))
    for step in (Precision.DAY, Precision.WEEK):
        with pytest.raises(InputError, match="it counts by the month"):
            warehouse.cube(edition, deaths(edition), precision=step)


# -- what is covered ---------------------------------------------------------------------------------------------------


def covered(cube: Cube) -> tuple[date, date] | None:
    at = np.flatnonzero(cube.covered)
    if not len(at):
        return None
    return date.fromordinal(int(cube.edges[at[0]])), date.fromordinal(int(cube.edges[at[-1] + 1]) - 1)


def test_days_before_the_first_and_after_the_last_row_are_not_covered(add: Add) -> None:
    edition = add()
    assert covered(warehouse.cube(edition, deaths(edition))) == (date(2023, 1, 5), date(2023, 3, 10))
    whole = warehouse.cube(edition, deaths(edition), precision=Precision.MONTH)
    assert covered(whole) == (date(2023, 2, 1), date(2023, 2, 28))


def test_a_country_without_rows_is_not_covered_and_one_with_rows_from_its_first_on(add: Add, description: str) -> None:
    edition = add()
    none = warehouse.cube(edition, deaths(edition), where=[PlaceFilter("country", ("TCD",))])
    assert not none.covered.any()
    assert placing.find_place(edition, deaths(edition), "TCD", level="country") is None
    congo = warehouse.cube(edition, deaths(edition), where=[PlaceFilter("country", ("COD",))])
    assert covered(congo) == (date(2023, 3, 10), date(2023, 3, 10))
    declared = add(description=description.replace("[time]", "[time]\nsince = 2023-01-01"), edition="since")
    congo = warehouse.cube(declared, deaths(declared), where=[PlaceFilter("country", ("COD",))])
    assert covered(congo) == (date(2023, 1, 1), date(2023, 3, 10))


def test_gaps_breaks_and_lags(add: Add, description: str) -> None:
    time = (
        "[time]\nlag_days = 20\nsince = 2022-12-01\nuntil = 2023-04-30\ngaps = [[2023-02-10, 2023-02-12]]\n"
        'breaks = [{ at = 2023-02-01, why = "new staff" }, { at = 2023-03-15, why = "new rules", refuse = true }]'
    )
    edition = add(description=description.replace("[time]", time))
    cube = warehouse.cube(edition, deaths(edition), precision=Precision.MONTH)
    months = [date.fromordinal(int(edge)).month for edge in cube.edges[:-1]]
    assert months == [12, 1, 2, 3, 4]
    assert cube.covered.tolist() == [True, True, False, True, True]
    assert cube.lagging.tolist() == [False, False, False, False, True]
    assert cube.breaks == ((2, "new staff", False), (3, "new rules", True))


# -- reporting range, stocks, what is never summed ---------------------------------------------------------------------


def test_the_reporting_range_is_summed_beside_the_value(add: Add, description: str) -> None:
    ranged = description.replace('value = "dead"', 'value = "dead"\nlow = "civilians"\nhigh = "dead + 1"')
    edition = add(description=ranged)
    cube = warehouse.cube(edition, deaths(edition), precision=Precision.YEAR, variants=[])
    assert cube.low is not None
    assert cube.high is not None
    assert (cube.low.sum(), cube.values.sum(), cube.high.sum(), cube.rows.sum()) == (3, 11, 14, 3)
    plain = add(edition="plain")
    assert warehouse.cube(plain, deaths(plain)).low is None


def test_a_stock_is_the_last_state_of_each_country_and_never_a_sum_over_time(add: Add, description: str) -> None:
    edition = add(STOCK, used(stock(description)))
    monthly = warehouse.cube(edition, deaths(edition), precision=Precision.MONTH)
    assert by_step(monthly) == {date(2023, 1, 1): 20 + 9, date(2023, 3, 1): 40}
    assert monthly.covered.tolist() == [True, False, True]
    yearly = warehouse.cube(edition, deaths(edition), precision=Precision.YEAR)
    assert by_step(yearly) == {date(2023, 1, 1): 40 + 9}
    assert by_step(yearly, key_of(yearly, definition="civilians")) == {date(2023, 1, 1): 40}


def test_a_snapshot_is_one_state_dated_by_its_last_day(add: Add, description: str) -> None:
    rounds = used(stock(description)).replace("[time]", '[time]\nsnapshot = "year(day) * 100 + month(day)"')
    edition = add(STOCK, rounds)
    assert by_step(warehouse.cube(edition, deaths(edition))) == {
        date(2023, 1, 7): 50,
        date(2023, 1, 25): 16,
        date(2023, 3, 10): 40,
    }


def test_what_is_never_summed_is_nothing_where_several_rows_meet(add: Add, description: str) -> None:
    edition = add(description=description.replace('kind = "flow"', 'kind = "rate"\nadditive = "none"', 1))
    cube = warehouse.cube(edition, deaths(edition), precision=Precision.MONTH, variants=[])
    assert np.isnan(cube.values[0][0])
    assert cube.values[0][2] == 2


def test_a_home_without_editions_opens_no_database(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom counterfoil.checking.datasets.editions import editions\n"
        "print(editions(sys.argv[1]), 'duckdb' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["()", "False"]


HOSTILE = ["(SELECT count(*) FROM read_csv('/etc/passwd'))", "getenv('HOME')", "1) FROM rows; ATTACH 'x' --"]


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_hostile_description_in_an_edition_is_refused_when_it_is_read(
    add: Add, dataset: Dataset, tmp_path: Path, sql: str
) -> None:
    import json

    from counterfoil.checking.datasets import database
    from counterfoil.errors import DatasetError

    told = editions.told_of(add())
    told["description"] = dataset.text.replace('value = "dead"', f'value = "{sql}"')
    folder = tmp_path / "other" / "desk-events"
    folder.mkdir(parents=True)
    staging = database.staging(folder / "1.duckdb", [], tmp_path)
    staging.execute("CREATE TABLE edition.edition AS SELECT $told AS told", {"told": json.dumps(told)})
    staging.close()
    with pytest.raises(DatasetError, match=r"indicators\[1\].value"):
        editions.editions(tmp_path / "other")
