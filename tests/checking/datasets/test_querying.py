"""The query that is printed gives what the cube gives, and names the rows behind it."""

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
from rerunning import by_sql

Add = Callable[..., Edition]
WINDOWS = [("later", date(2023, 2, 1), date(2023, 3, 31)), ("earlier", date(2023, 1, 1), date(2023, 1, 31))]


@pytest.mark.parametrize("dating", ["", "by-end", "within", "spread"])
def test_the_query_gives_what_the_cube_gives(add: Add, dating: str) -> None:
    edition = add()
    chosen = [one for one in edition.dataset.variants if one.id == dating]
    text = querying.sql(edition, deaths(edition), variants=chosen, where=[pakistan(edition)], windows=WINDOWS)
    answers = by_sql(text)
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


def test_a_query_lists_the_rows_behind_its_answer_from_its_from_on(add: Add) -> None:
    edition = add()
    january = [("January", date(2023, 1, 1), date(2023, 1, 31))]
    text = querying.sql(edition, deaths(edition), where=[pakistan(edition)], windows=january)
    with editions.opened(edition.path) as connection:
        found = connection.execute(f"SELECT id, _file, _row {text[text.index('FROM') :]} ORDER BY id").fetchall()
    assert found == [("1", "events.csv", 2), ("2", "events.csv", 3)]
