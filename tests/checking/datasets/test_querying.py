"""The query that is printed gives what the cube gives, and names the rows behind it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from checking.datasets.asked import STOCK, by_step, deaths, key_of, pakistan, stock, used
from counterfoil.checking.datasets import (
    editions,
    querying,
    warehouse,
)
from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.settings import explicit_settings

Add = Callable[..., Edition]
WINDOWS = [("later", date(2023, 2, 1), date(2023, 3, 31)), ("earlier", date(2023, 1, 1), date(2023, 1, 31))]


@pytest.mark.parametrize("dating", ["", "by-end", "within", "spread"])
def test_the_query_gives_what_the_cube_gives(add: Add, dating: str) -> None:
    edition = add()
    chosen = [one for one in edition.dataset.variants if one.id == dating]
    text = querying.sql(edition, deaths(edition), variants=chosen, where=[pakistan(edition)], windows=WINDOWS)
    code = "import sys, duckdb\nprint(duckdb.connect(sys.argv[1], read_only=True).execute(sys.stdin.read()).fetchall())"
    run = subprocess.run(
        [sys.executable, "-c", code, edition.path], input=text, capture_output=True, text=True, check=True
    )
    answers = {name: total or 0 for name, total, _ in eval(run.stdout, {"Decimal": float})}
    cube = warehouse.cube(edition, deaths(edition), where=[pakistan(edition)])
    sums = by_step(cube, key_of(cube, dating=dating))
    for name, first, last in WINDOWS:
        assert answers[name] == pytest.approx(sum(value for day, value in sums.items() if first <= day <= last)), name


@pytest.mark.parametrize("dating", ["", "by-end"])
def test_the_query_takes_the_same_part_of_a_month_as_the_cube(add: Add, description: str, dating: str) -> None:
    edition = add(description=description.replace('end = "until"', 'end = "until"\nprecision = "month"'))
    windows = [
        ("whole", date(2023, 1, 1), date(2023, 3, 31)),
        ("end", date(2023, 1, 1), date(2023, 3, 20)),
        ("both", date(2023, 1, 10), date(2023, 3, 3)),
        ("within", date(2023, 1, 10), date(2023, 1, 12)),
    ]
    chosen = [one for one in edition.dataset.variants if one.id == dating]
    text = querying.sql(edition, deaths(edition), variants=chosen, windows=windows)
    cube = warehouse.cube(edition, deaths(edition), variants=chosen, most_apart=1)
    key = next(n for n, one in enumerate(cube.keys) if one.dating == dating)
    answers = evaluate(cube, explicit_settings([((first, last), None) for _, first, last in windows]))
    with editions.opened(edition.path) as connection:
        found = {name: float(total or 0) for name, total, _ in connection.execute(text).fetchall()}
    for n, (name, _, _) in enumerate(windows):
        assert found[name] == pytest.approx(answers.later_counts[key, n]), name
    assert len(set(found.values())) == len(windows)


def test_the_query_of_a_stock_takes_the_last_state(add: Add, description: str) -> None:
    edition = add(STOCK, used(stock(description)))
    text = querying.sql(edition, deaths(edition), windows=[("2023", date(2023, 1, 1), date(2023, 12, 31))])
    with editions.opened(edition.path) as connection:
        assert connection.execute(text).fetchall() == [("2023", 49, 2)]


def test_the_rows_behind_an_answer_are_named(add: Add) -> None:
    edition = add()
    found = querying.rows(
        edition, deaths(edition), where=[pakistan(edition)], days=(date(2023, 2, 1), date(2023, 2, 28))
    )
    assert [(row["id"], row["_file"], row["_row"]) for row in found] == [("2", "events.csv", 3)]
