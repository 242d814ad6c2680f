"""The shipped descriptions: each loads, reads its publisher's layout, and counts what a hand counts."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from counterfoil.checking.datasets import catalogue, conditions, editions, importing, placing, warehouse
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter
from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.model import Kind, Precision

HERE = Path(__file__).parent / "publishers"
DESCRIPTIONS = Path(catalogue.__file__).parent / "descriptions"
SHIPPED = sorted(path.stem for path in DESCRIPTIONS.glob("*.toml"))
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason=f"no real files: {DATA} is missing")


# -- what a description says -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_description_is_sound_and_its_neighbours_exist(name: str) -> None:
    dataset = catalogue.load(DESCRIPTIONS / f"{name}.toml")
    assert dataset.id == name
    assert {neighbour for neighbour, _ in dataset.differs} <= set(SHIPPED) - {name}
    assert dataset.differs, "how it differs from its neighbours is the point"
    assert dataset.cannot
    assert dataset.names


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_dataset_cannot_answer_is_none_of_what_it_counts(name: str) -> None:
    dataset = catalogue.known(name)
    counted = {one.concept for one in dataset.indicators}
    assert not counted & {one.concept for one in dataset.cannot}


@pytest.mark.parametrize("name", SHIPPED)
def test_sentences_that_users_read_end_as_sentences(name: str) -> None:
    dataset = catalogue.known(name)
    sentences = [dataset.definition, *(why for _, why in dataset.differs), *(one.why for one in dataset.cannot)]
    assert [one for one in sentences if not one.endswith(".") or one[0] != one[0].upper()] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_way_of_counting_is_used_and_only_the_default_has_score_one(name: str) -> None:
    dataset = catalogue.known(name)
    used = {variant for indicator in dataset.indicators for variant in indicator.variants}
    assert used == {one.id for one in dataset.variants}
    assert all(0 < one.score < 1 for one in dataset.variants)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_score_and_distance_stands_with_its_reason(name: str) -> None:
    lines = (DESCRIPTIONS / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if line.startswith(("score =", "distance =")) and "  # " not in line]
    assert bare == []


# -- small files in each publisher's layout, counted by hand -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For which place, over which days or at which day, in which way of counting."""

    at: str = ""
    origin: str = ""
    to: str = ""
    level: str = "country"
    country: str = ""
    first: str = "1900-01-01"
    last: str = "2100-12-31"
    way: str = ""


@dataclass(frozen=True)
class Counted(Asked):
    """What an indicator of an edition must give."""

    files: tuple[str, ...]
    like: str
    indicator: str
    expected: float

    def __str__(self) -> str:
        return "-".join(one for one in (*self.files, self.indicator, self.at, self.origin, self.to, self.way) if one)


GED = ("GEDEvent_v23_1.csv",)
HDX = ("conflict_data_pak.csv",)
MONTHS = ("GEDEvent_v23_0_9.csv", "GEDEvent_v23_0_10.csv")
YEARS = ("organizedviolencecy_v25_1.csv",)
ACLED = ("acled.csv",)
UPDATED = ("acled.csv", "acled_update.csv")
GTD = ("gtd.csv",)
DTM = ("dtm.csv",)

COUNTED = [
    # All eight events of Pakistan but those of Israel and Gaza: 6 + 4 + 2 + 3 + 7 + 0.
    Counted(GED, "ucdp-ged", "deaths", 22, at="PAK"),
    Counted(GED, "ucdp-ged", "deaths", 6, at="PAK", first="2021-03-01", last="2021-03-29"),
    Counted(GED, "ucdp-ged", "deaths", 12, at="PAK", way="state-based"),
    Counted(GED, "ucdp-ged", "deaths", 3, at="PAK", way="non-state"),
    Counted(GED, "ucdp-ged", "deaths", 7, at="PAK", way="one-sided"),
    Counted(GED, "ucdp-ged", "deaths", 20, at="PAK", way="without-line-of-control"),
    Counted(GED, "ucdp-ged", "deaths", 19, at="PAK", way="clear-events"),
    Counted(GED, "ucdp-ged", "deaths", 18, at="PAK", way="known-day"),
    Counted(GED, "ucdp-ged", "deaths", 22, at="PAK", way="located"),
    Counted(GED, "ucdp-ged", "deaths", 18, at="PAK", way="left-out"),
    Counted(GED, "ucdp-ged", "deaths", 10, at="PAK", way="no-state-forces"),
    Counted(GED, "ucdp-ged", "deaths", 12, at="PAK", way="state-forces-involved"),
    Counted(GED, "ucdp-ged", "deaths", 6, at="PAK", last="2021-03-31", way="by-end"),
    Counted(GED, "ucdp-ged", "deaths", 8, at="PAK", last="2021-03-31", way="spread"),  # two of event 2's four days
    Counted(GED, "ucdp-ged", "deaths", 10, at="PSE"),  # UCDP books Gaza under Israel
    Counted(GED, "ucdp-ged", "deaths", 4, at="ISR"),
    Counted(GED, "ucdp-ged", "deaths", 9, at="Khyber Pakhtunkhwa", level="admin1", country="PAK"),
    Counted(GED, "ucdp-ged", "civilian-deaths", 8, at="PAK"),
    Counted(GED, "ucdp-ged", "attack-deaths", 19, at="PAK"),
    Counted(GED, "ucdp-ged", "attacks", 5, at="PAK"),
    Counted(GED, "ucdp-ged", "clashes", 5, at="PAK"),
    Counted(HDX, "ucdp-ged", "deaths", 22, at="PAK"),
    Counted(("ged_24_columns.csv",), "ucdp-ged", "deaths", 22, at="PAK"),
    Counted(("ged_24_columns.csv",), "ucdp-ged", "deaths", 7, at="PAK", way="one-sided"),
    # October's file replaces event 102 (5 dead, then 4).
    Counted(MONTHS, "ucdp-candidate", "deaths", 13, at="PAK"),
    Counted(MONTHS, "ucdp-candidate", "deaths", 7, at="PAK", way="reviewed"),
    Counted(MONTHS, "ucdp-candidate", "civilian-deaths", 6, at="PAK"),
    Counted(YEARS, "ucdp-country-year", "deaths", 17, at="PAK", first="2023-01-01"),
    Counted(YEARS, "ucdp-country-year", "deaths", 719, at="PAK", last="2022-12-31"),
    Counted(YEARS, "ucdp-country-year", "state-based-deaths", 10, at="PAK", first="2023-01-01"),
    Counted(YEARS, "ucdp-country-year", "non-state-deaths", 2, at="PAK", first="2023-01-01"),
    Counted(YEARS, "ucdp-country-year", "one-sided-deaths", 5, at="PAK", first="2023-01-01"),
    Counted(YEARS, "ucdp-country-year", "civilian-deaths", 6, at="PAK", first="2023-01-01"),
    Counted(YEARS, "ucdp-country-year", "deaths", 9, at="MMR"),
    Counted(("Conf.csv",), "ucdp-country-month", "deaths", 30, at="PAK"),
    Counted(("Conf.csv",), "ucdp-country-month", "deaths", 20, at="PAK", first="2023-02-01", last="2023-02-28"),
    Counted(("Conf.csv",), "ucdp-country-month", "deaths", 3, at="COD"),
    Counted(ACLED, "acled", "deaths", 20, at="KEN"),
    Counted(ACLED, "acled", "deaths", 19, at="KEN", way="political-violence"),
    Counted(ACLED, "acled", "deaths", 10, at="KEN", way="known-day"),
    Counted(ACLED, "acled", "deaths", 19, at="KEN", way="located"),
    Counted(ACLED, "acled", "attack-deaths", 9, at="KEN"),
    Counted(ACLED, "acled", "civilian-deaths", 3, at="KEN"),
    Counted(ACLED, "acled", "suicide-attacks", 1, at="KEN"),
    Counted(ACLED, "acled", "suicide-attacks", 1, at="SOM"),
    Counted(ACLED, "acled", "suicide-attack-deaths", 4, at="KEN"),
    Counted(ACLED, "acled", "attacks", 3, at="KEN"),
    Counted(ACLED, "acled", "attacks", 2, at="KEN", way="no-state-forces"),
    Counted(ACLED, "acled", "airstrikes", 1, at="KEN"),
    Counted(ACLED, "acled", "clashes", 1, at="KEN"),
    Counted(ACLED, "acled", "protests", 1, at="KEN"),
    Counted(ACLED, "acled", "protests-and-riots", 2, at="KEN"),
    # A newer timestamp replaces KEN2 (10 dead, then 12), and KEN7 is new.
    Counted(UPDATED, "acled", "deaths", 22, at="KEN"),
    Counted(UPDATED, "acled", "attacks", 4, at="KEN"),
    Counted(UPDATED, "acled", "attacks", 3, at="KEN", way="deadly"),
    Counted(GTD, "gtd", "attacks", 7, at="PAK"),
    Counted(GTD, "gtd", "attacks", 6, at="PAK", way="succeeded"),
    Counted(GTD, "gtd", "attacks", 6, at="PAK", way="all-criteria"),
    Counted(GTD, "gtd", "attacks", 5, at="PAK", way="no-doubt"),  # one is in doubt, one was never coded
    Counted(GTD, "gtd", "attacks", 5, at="PAK", way="known-day"),
    Counted(GTD, "gtd", "attacks", 6, at="PAK", way="civil-targets"),
    Counted(GTD, "gtd", "attacks", 5, at="PAK", way="group-known"),
    Counted(GTD, "gtd", "suicide-attacks", 2, at="PAK"),
    Counted(GTD, "gtd", "suicide-attacks", 1, at="AFG"),
    Counted(GTD, "gtd", "deaths", 12, at="PAK"),  # 1 + 2 + 3 + unknown + 4 + a half + one and a half
    Counted(GTD, "gtd", "deaths-without-attackers", 11, at="PAK"),  # one attacker; -99 is unknown
    Counted(GTD, "gtd", "suicide-attack-deaths", 7, at="PAK"),
    Counted(GTD, "gtd", "injured", 8, at="PAK"),
    Counted(GTD, "gtd", "hostages", 6, at="PAK"),
    Counted(DTM, "iom-dtm", "displaced-country", 1022, at="TCD", first="2023-03-31", last="2023-03-31"),
    Counted(DTM, "iom-dtm", "displaced-country", 1500, at="TCD", first="2023-06-30", last="2023-06-30"),
    # Parts by area of origin are added; districts of one round reported on two days are one state, of the later.
    Counted(
        DTM, "iom-dtm", "displaced-province", 1000, at="Lac", level="admin1", first="2023-03-31", last="2023-03-31"
    ),
    Counted(
        DTM, "iom-dtm", "displaced-province", 1400, at="Lac", level="admin1", first="2023-06-30", last="2023-06-30"
    ),
    Counted(
        DTM, "iom-dtm", "displaced-district", 1400, at="TCD", first="2023-06-30", last="2023-06-30", way="conflict"
    ),
    Counted(
        DTM, "iom-dtm", "displaced-district", 300, at="Wayi", level="admin2", first="2023-03-31", last="2023-03-31"
    ),
    Counted(("population.csv",), "unhcr-population", "refugees", 1000, to="PAK", last="2022-12-31"),
    Counted(("population.csv",), "unhcr-population", "refugees", 1205, to="PAK", first="2023-01-01"),
    Counted(("population.csv",), "unhcr-population", "refugees", 1200, origin="AFG", to="PAK", first="2023-01-01"),
    Counted(("population.csv",), "unhcr-population", "refugees", 1700, origin="AFG", last="2022-12-31"),
    Counted(("population.csv",), "unhcr-population", "asylum-seekers", 50, origin="AFG", last="2022-12-31"),  # "*"
    Counted(("population.csv",), "unhcr-population", "displaced-across-borders", 720, to="IRN", last="2022-12-31"),
    Counted(("population.csv",), "unhcr-population", "displaced", 3200, at="AFG", first="2023-01-01"),
    Counted(("solutions_hdx.csv",), "unhcr-solutions", "resettled", 47, to="USA", first="2023-01-01"),
    Counted(("solutions_hdx.csv",), "unhcr-solutions", "resettled", 40, origin="AFG", to="USA", first="2023-01-01"),
    Counted(("solutions_hdx.csv",), "unhcr-solutions", "returned-refugees", 500, origin="PAK", to="AFG"),
    Counted(("solutions_hdx.csv",), "unhcr-solutions", "returned-refugees", 520, to="AFG"),
    Counted(("solutions_hdx.csv",), "unhcr-solutions", "returned-idps", 900, at="AFG"),
    Counted(("asylum_applications.csv",), "unhcr-asylum-applications", "applicants", 100, to="DEU"),
    Counted(("asylum_applications.csv",), "unhcr-asylum-applications", "applicants", 105, origin="SYR"),
    Counted(("asylum_applications.csv",), "unhcr-asylum-applications", "claims", 145, origin="SYR"),
    Counted(("asylum_applications.csv",), "unhcr-asylum-applications", "claims", 140, origin="SYR", way="new-alone"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "recognised", 64, origin="SYR"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "protected", 84, origin="SYR"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "protected", 87, to="DEU"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "rejected", 56, to="DEU"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "rejected", 12, origin="SYR", way="first-instance"),
    Counted(("asylum_decisions.csv",), "unhcr-asylum-decisions", "decisions", 116, origin="SYR"),
    Counted(("gidd.csv",), "idmc-gidd", "conflict-displacements", 164009, at="SSD", first="2023-01-01"),
    Counted(("gidd.csv",), "idmc-gidd", "conflict-displaced", 1100000, at="SSD", first="2023-01-01"),
    Counted(("gidd.csv",), "idmc-gidd", "conflict-displacements", 794000, at="ETH"),
    # The landslide of an unknown day stands at the year's first, which nothing shows to be covered.
    Counted(("gidd_disasters.csv",), "idmc-gidd-disasters", "disaster-displacements", 4210, at="KEN"),
    Counted(("gidd_disasters.csv",), "idmc-gidd-disasters", "disaster-displacements", 4200, at="KEN", way="floods"),
    Counted(("gidd_disasters.csv",), "idmc-gidd-disasters", "disaster-displacements", 1210, at="KEN", way="left-out"),
    # The triangulation of event 1 is not added, and of the two rows with one id the newer stands.
    Counted(("idu.csv",), "idmc-idu", "displacements", 568, at="SDN"),
    Counted(("idu.csv",), "idmc-idu", "conflict-displacements", 508, at="SDN"),
    Counted(("idu.csv",), "idmc-idu", "displacements", 508, at="SDN", way="exact"),
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "dead-and-missing", 134),
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "dead-and-missing", 133, way="mediterranean"),
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "dead", 95),
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "missing", 39),  # one row corrects by -2
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "dead", 94, at="ITA"),
    Counted(("missing_migrants_hdx.csv",), "iom-missing-migrants", "dead-and-missing", 103, way="quality-4"),
    Counted(
        ("Missing_Migrants_Global_Figures_allData.csv",), "iom-missing-migrants", "dead-and-missing", 1003, at="LBY"
    ),
    Counted(
        ("Missing_Migrants_Global_Figures_allData.csv",),
        "iom-missing-migrants",
        "dead-and-missing",
        1003,
        way="without-cumulative",
    ),
    Counted(("population_tidy.csv",), "wdi-population", "population", 110, at="ABW", first="2023-01-01"),
    Counted(("API_SP.POP.TOTL_DS2_en_csv_v2.csv",), "wdi-population", "population", 110, at="ABW", first="2023-01-01"),
]


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, ...], Edition]:
    """Return the editions that were imported so far, by the files they were made of."""
    return {}


def imported(paths: Sequence[Path], like: str, home: Path, *, deleted: Path | None = None) -> Edition:
    """Import files as a shipped dataset."""
    return importing.add(paths, catalogue.known(like), home=home, options=importing.Options(deleted=deleted)).edition


def edition(kept: dict[tuple[str, ...], Edition], home: Path, like: str, paths: tuple[Path, ...]) -> Edition:
    key = tuple(map(str, paths))
    if key not in kept:
        kept[key] = imported(paths, like, home)
    return kept[key]


def indicator(of: Edition, name: str) -> Indicator:
    return next(one for one in of.dataset.indicators if one.id == name)


def total(of: Edition, name: str, asked: Asked) -> float:
    """Return the sum of an indicator's steps that lie in the days given; for stocks the last state in them."""
    counted = indicator(of, name)
    filters: list[PlaceFilter] = []
    for value, role in ((asked.at, "at"), (asked.origin, "origin"), (asked.to, "destination")):
        if value:
            found = placing.find_place(of, counted, value, level=asked.level, role=role, country=asked.country)
            assert found is not None, f"no rows name {value} as {role}"
            filters.append(found)
    ways = [one for one in of.dataset.variants if one.id == asked.way]
    assert len(ways) == bool(asked.way)
    cube = warehouse.cube(of, counted, variants=ways, where=filters)
    steps = [
        (date.fromordinal(int(begin)), date.fromordinal(int(end) - 1))
        for begin, end in zip(cube.edges[:-1], cube.edges[1:], strict=True)
    ]
    key = len(cube.keys) - 1  # the way asked for, where one is: the default comes first
    inside = [
        float(cube.values[key, nth])
        for nth, (begin, end) in enumerate(steps)
        if begin >= date.fromisoformat(asked.first) and end <= date.fromisoformat(asked.last) and cube.covered[nth]
    ]
    assert inside, "no covered step"
    return inside[-1] if counted.kind is Kind.STOCK else sum(inside)


@pytest.fixture(scope="module")
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.mark.parametrize("case", COUNTED, ids=str)
def test_a_file_in_the_publishers_layout_gives_what_a_hand_counts(
    case: Counted, kept: dict[tuple[str, ...], Edition], data_home: Path
) -> None:
    paths = tuple(HERE / name for name in case.files)
    of = edition(kept, data_home / "-".join(case.files), case.like, paths)
    assert total(of, case.indicator, case) == pytest.approx(case.expected)


NEVER_BELOW_ZERO = {case.files: case.like for case in COUNTED if case.like != "iom-missing-migrants"}


@pytest.mark.parametrize("files", NEVER_BELOW_ZERO, ids="-".join)
def test_a_condition_never_counts_more_than_the_default(
    files: tuple[str, ...], kept: dict[tuple[str, ...], Edition], data_home: Path
) -> None:
    of = edition(kept, data_home / "-".join(files), NEVER_BELOW_ZERO[files], tuple(HERE / name for name in files))
    for counted in of.dataset.indicators:
        if conditions.answerable(of, counted):
            continue
        ways = [one for one in conditions.variants_of(of, counted, country="PAK") if one.axis != "dating"]
        cube = warehouse.cube(of, counted, variants=ways)
        assert len(cube.keys) > len({one.axis for one in ways})
        assert (cube.values[1:] <= cube.values[0] + 1e-9).all()


# -- other formats of the same -----------------------------------------------------------------------------------------


def sheet(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        one = book.create_sheet(name)
        for row in rows:
            one.append(list(row))
    book.save(path)
    return path


def cells(name: str) -> list[list[object]]:
    """Return the rows of a CSV file, numbers as numbers, as a workbook has them."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [
            [float(cell) if cell.lstrip("-").replace(".", "", 1).isdigit() else cell for cell in row]
            for row in csv.reader(file)
        ]


def parquet(path: Path, columns: str, rows: Sequence[str]) -> Path:
    """Write a Parquet file of rows of SQL values."""
    import duckdb

    with duckdb.connect() as connection:
        values = ", ".join(f"({row})" for row in rows)
        connection.execute(f"COPY (SELECT * FROM (VALUES {values}) AS t({columns})) TO '{path}' (FORMAT parquet)")
    return path


def added(tmp_path: Path, path: Path, like: str) -> Edition:
    return imported([path], like, tmp_path / "home")


def test_gtd_as_a_workbook_counts_as_its_csv_does(tmp_path: Path) -> None:
    of = added(tmp_path, sheet(tmp_path / "globalterrorismdb.xlsx", {"Sheet1": cells("gtd.csv")}), "gtd")
    assert total(of, "attacks", Asked(at="PAK")) == 7
    assert total(of, "suicide-attacks", Asked(at="PAK")) == 2
    assert total(of, "deaths", Asked(at="PAK")) == pytest.approx(12)


def test_gtd_has_no_1993_and_says_where_collectors_changed(tmp_path: Path) -> None:
    of = imported([HERE / "gtd.csv"], "gtd", tmp_path)
    cube = warehouse.cube(of, indicator(of, "attacks"))
    starts = [date.fromordinal(int(day)) for day in cube.edges[:-1]]
    assert [day for day, covered in zip(starts, cube.covered, strict=True) if day.year == 1993 and covered] == []
    assert [starts[nth] for nth, _, _ in cube.breaks] == [date(1998, 1, 1), date(2008, 4, 1), date(2012, 1, 1)]


MONTHS_OF_A_FISCAL_YEAR = "OCT NOV DEC JAN FEB MAR APR MAY JUN JUL AUG SEP".split()


def fiscal_year(year: int, *lines: tuple[str, str, list[int]]) -> list[list[object]]:
    """Return a sheet as the Refugee Processing Center lays it out: title, two-line header, regions, totals."""
    rows: list[list[object]] = [
        [None] * 17,
        ["Department of State\nSummary of Refugee Admissions"],
        ["as of 31-December-2024"],
        [None] * 17,
        ["", "", "", "", "Refugee Admissions by Month"],
        ["", "", "Refugee", "FY Total"],
        ["", "", "Admissions", "Admitted"],
        ["Country of Chargeability", None, "Ceiling", "to the U.S.", *MONTHS_OF_A_FISCAL_YEAR, None],
        [f"Fiscal Year {year}", None],
    ]
    for region in dict.fromkeys(line[0] for line in lines):
        rows.append([region, None, "30,000 - 50,000", ""])
        inside = [line for line in lines if line[0] == region]
        rows += [["", name, "", sum(counts), *counts, None] for _, name, counts in inside]
        rows.append(
            ["", f"Total {region}", None, 0, *[sum(month) for month in zip(*(c for *_, c in inside), strict=True)]]
        )
    rows.append(["Unallocated Reserve", None, "0"])
    rows.append(["", None, "", None, *[0] * 12])
    rows.append(["", "Grand Totals", "125000", 0, *[sum(month) for month in zip(*(c for *_, c in lines), strict=True)]])
    return rows


def prm(path: Path) -> Path:
    return sheet(
        path,
        {
            "Cumulative Summary": [["Summary"], ["Fiscal Year", "Africa", "Total"], ["1975", 0, 146158]],
            "2025": fiscal_year(
                2025,
                ("Africa", "Dem. Rep. Congo", [10, 20, 30, *[0] * 9]),
                ("Near East/South Asia", "Afghanistan", [1, 2, 3, *[0] * 9]),
            ),
            "2024": fiscal_year(
                2024,
                ("Africa", "Dem. Rep. Congo", [5] * 12),
                ("Former Soviet Union", "Union of Soviet Socialist Republics", [1, *[0] * 11]),
            ),
        },
    )


def test_refugee_admissions_fiscal_years_become_months_and_totals_are_set_aside(tmp_path: Path) -> None:
    of = added(tmp_path, prm(tmp_path / "prm.xlsx"), "us-prm-admissions")
    assert total(of, "admitted", Asked(to="USA")) == 60 + 1 + 60 + 6
    assert total(of, "admitted", Asked(origin="COD", first="2023-10-01", last="2024-09-30")) == 60
    assert total(of, "admitted", Asked(origin="COD", first="2024-01-01", last="2024-12-31")) == 45 + 60
    assert total(of, "admitted", Asked(origin="AFG")) == 6
    aside = dict(of.set_aside)
    assert aside["totals of regions and of the year"] == 6 * 12
    assert of.covered_until == date(2024, 12, 31), "months to come stand as zero in the workbook"


def test_uk_resettlement_reads_the_workbook_and_the_parquet_alike(tmp_path: Path) -> None:
    header = [
        "Year",
        "Quarter",
        "Nationality",
        "Region",
        "Case type",
        "Case outcome group",
        "Case outcome",
        "Age",
        "Sex",
    ]
    header += ["Applicant type", "UASC", "Host Country", "Decisions"]
    rows = [
        [2023, "2023 Q4", "Afghanistan", "Asia Central", "Resettlement Case", "Grant of Protection", scheme, *rest]
        for scheme, *rest in (
            ("Relocation - ARAP - Settled accommodation", "18-29", "Male", "Main applicant", "N/A", "N/A", 30),
            (
                "Resettlement - ACRS Pathway 1 - Settled accommodation",
                "18-29",
                "Male",
                "Main applicant",
                "N/A",
                "N/A",
                8,
            ),
        )
    ]
    rows.append(
        [
            2024,
            "2024 Q1",
            "Syria",
            "Middle East",
            "Resettlement Case",
            "Grant of Protection",
            "Resettlement - UK Resettlement Scheme",
            "18-29",
            "Female",
            "Main applicant",
            "N/A",
            "Lebanon",
            5,
        ]
    )
    rows.append(
        [
            2024,
            "2024 Q1",
            "Syria",
            "Middle East",
            "Asylum Case",
            "Refused",
            "Other Refusals",
            "18-29",
            "Male",
            "Main applicant",
            "N/A",
            "N/A",
            7,
        ]
    )
    book = sheet(tmp_path / "asylum.xlsx", {"Notes": [["Notes"]], "Data_Asy_D02": [["Table Asy_D02"], header, *rows]})
    columns = ", ".join(f'"{name}"' for name in header)
    values = [", ".join(f"'{cell}'" if isinstance(cell, str) else str(cell) for cell in row) for row in rows]
    for of in (
        added(tmp_path / "xlsx", book, "uk-resettlement"),
        added(tmp_path / "parquet", parquet(tmp_path / "decisions.parquet", columns, values), "uk-resettlement"),
    ):
        assert total(of, "resettled", Asked(to="GBR")) == 43
        assert total(of, "resettled", Asked(origin="AFG", to="GBR")) == 38
        assert total(of, "resettled", Asked(to="GBR", way="without-arap")) == 13
        assert total(of, "resettled", Asked(to="GBR", way="acrs")) == 8
        assert total(of, "resettled", Asked(to="GBR", first="2024-01-01", last="2024-03-31")) == 5
        assert total(of, "asylum-decisions", Asked(to="GBR")) == 7


def test_gidd_as_idmcs_own_workbook_has_disasters_too(tmp_path: Path) -> None:
    header = ["ISO3", "Name", "Year", "Conflict Stock Displacement", "Conflict Stock Displacement (Raw)"]
    header += ["Conflict Internal Displacements", "Conflict Internal Displacements (Raw)"]
    header += ["Disaster Internal Displacements", "Disaster Internal Displacements (Raw)"]
    header += ["Disaster Stock Displacement", "Disaster Stock Displacement (Raw)"]
    rows = [["SOM", "Somalia", 2023, 3900000, 3861000, 670000, 673000, 2043000, 2043101, None, None]]
    path = sheet(tmp_path / "gidd.xlsx", {"1_Displacement_data": [header, *rows], "README": [["about"]]})
    of = added(tmp_path, path, "idmc-gidd")
    assert total(of, "conflict-displaced", Asked(at="SOM")) == 3861000
    assert total(of, "conflict-displacements", Asked(at="SOM")) == 673000
    assert total(of, "disaster-displacements", Asked(at="SOM")) == 2043101


def test_unhcr_as_parquet_with_the_names_of_the_api(tmp_path: Path) -> None:
    columns = "year, coo_name, coo, coo_iso, coa_name, coa, coa_iso, refugees, asylum_seekers, idps, oip"
    rows = ["2024, 'Sudan', 'SUD', 'SDN', 'Chad', 'CHD', 'TCD', 750, 5, 0, NULL"]
    of = added(tmp_path, parquet(tmp_path / "population.parquet", columns, rows), "unhcr-population")
    assert total(of, "refugees", Asked(origin="SDN", to="TCD")) == 750


def test_a_year_without_a_figure_is_not_covered_where_silence_is_no_zero(tmp_path: Path) -> None:
    columns = "year, coo_name, coo_iso, coa_name, coa_iso, returned_refugees, resettlement, returned_idps"
    rows = [
        "1990, 'Sudan', 'SDN', 'Sudan', 'SDN', 7, 0, NULL",
        "1997, 'Sudan', 'SDN', 'Sudan', 'SDN', NULL, NULL, 30",
        "1999, 'Sudan', 'SDN', 'Sudan', 'SDN', NULL, NULL, 40",
    ]
    of = added(tmp_path, parquet(tmp_path / "solutions.parquet", columns, rows), "unhcr-solutions")
    for name, years in (("returned-idps", [1997, 1999]), ("returned-refugees", [1990])):
        cube = warehouse.cube(of, indicator(of, name))
        starts = [date.fromordinal(int(day)).year for day in cube.edges[:-1]]
        assert [year for year, covered in zip(starts, cube.covered, strict=True) if covered] == years


# -- what a file lacks, and what is wrong with it ----------------------------------------------------------------------


def test_ways_of_counting_whose_columns_a_file_lacks_are_left_out(tmp_path: Path) -> None:
    of = imported([HERE / "ged_24_columns.csv"], "ucdp-ged", tmp_path)
    ways = {one.id for one in conditions.variants_of(of, indicator(of, "deaths"), country="PAK")}
    assert "state-based" in ways
    assert not ways & {"clear-events", "known-day", "located", "without-line-of-control"}


def test_the_line_of_control_is_told_apart_for_its_two_countries_alone(tmp_path: Path) -> None:
    of = imported([HERE / "GEDEvent_v23_1.csv"], "ucdp-ged", tmp_path)
    for country, there in (("PAK", True), ("IND", True), ("ISR", False)):
        ways = {one.id for one in conditions.variants_of(of, indicator(of, "deaths"), country=country)}
        assert ("without-line-of-control" in ways) is there


def test_the_reporting_range_holds_the_best_estimate(tmp_path: Path) -> None:
    of = imported([HERE / "GEDEvent_v23_1.csv"], "ucdp-ged", tmp_path)
    cube = warehouse.cube(of, indicator(of, "deaths"), variants=())
    assert cube.low is not None
    assert cube.high is not None
    assert (cube.low <= cube.values).all()
    assert (cube.values <= cube.high).all()
    assert (cube.low.sum(), cube.high.sum()) == (34, 45)  # Pakistan 20 to 31, Israel and Gaza 14


def test_countries_that_a_table_draws_otherwise_cannot_be_asked(tmp_path: Path) -> None:
    for name, like in (("Conf.csv", "ucdp-country-month"), ("organizedviolencecy_v25_1.csv", "ucdp-country-year")):
        of = imported([HERE / name], like, tmp_path)
        for country in ("ISR", "PSE"):
            assert placing.find_place(of, indicator(of, "deaths"), country, level="country") is None


def test_acled_drops_the_events_of_its_deleted_list(tmp_path: Path) -> None:
    gone = tmp_path / "deleted.csv"
    gone.write_text("event_id_cnty,deleted_timestamp\nKEN1,3000\n", encoding="utf-8")
    of = imported([HERE / "acled.csv"], "acled", tmp_path, deleted=gone)
    assert total(of, "deaths", Asked(at="KEN")) == 16


def test_the_edition_is_named_by_the_publishers_version(tmp_path: Path) -> None:
    for name, like, version in (
        ("GEDEvent_v23_1.csv", "ucdp-ged", "23.1"),
        ("GEDEvent_v23_0_10.csv", "ucdp-candidate", "23.0.10"),
        ("organizedviolencecy_v25_1.csv", "ucdp-country-year", "25.1"),
    ):
        of = imported([HERE / name], like, tmp_path)
        assert of.name == version


@dataclass(frozen=True)
class Fault:
    """A fault typical of a publisher's file, and what its message must name."""

    name: str
    like: str
    change: tuple[str, str]
    says: tuple[str, ...]


FAULTS = [
    Fault("GEDEvent_v23_1.csv", "ucdp-ged", ("2021-04-11 00:00:00.000", "31/02/2021"), ("date_start", "31/02/2021")),
    Fault("GEDEvent_v23_1.csv", "ucdp-ged", ("\n2,XXX", "\n1,XXX"), ("id", "1")),
    Fault("GEDEvent_v23_1.csv", "ucdp-ged", ("best", "total"), ("best",)),
    Fault("GEDEvent_v23_0_10.csv", "ucdp-candidate", ("103,XXX", "102,XXX"), ("102",)),
    Fault("organizedviolencecy_v25_1.csv", "ucdp-country-year", ("Myanmar (Burma)", "Zembla"), ("Zembla",)),
    Fault("Conf.csv", "ucdp-country-month", ("2023-02-28", "2023-01-31"), ("2023-01-31",)),
    Fault("acled.csv", "acled", ("2024-02-09", "9.2.24"), ("event_date", "9.2.24")),
    Fault("acled.csv", "acled", ("timestamp", "updated"), ("timestamp",)),
    Fault("gtd.csv", "gtd", ("2015,2,11", "2015,13,11"), ("imonth", "13")),
    Fault("dtm.csv", "iom-dtm", ('"1,022"', '"1,0,2"'), ("numPresentIdpInd", "1,0,2")),
    Fault("dtm.csv", "iom-dtm", ("adminLevel", "level"), ("adminLevel",)),
    Fault("population.csv", "unhcr-population", (",1200,", ",-1200,"), ("refugees", "-1200")),
    Fault("asylum_decisions.csv", "unhcr-asylum-decisions", (",C,", ",X,"), ("dec_pc", "X")),
    Fault("solutions_hdx.csv", "unhcr-solutions", ("RST", "resettled people"), ("solutions_hdx.csv", "resettlement")),
    Fault("asylum_applications.csv", "unhcr-asylum-applications", (",C,", ",cases,"), ("app_pc", "cases")),
    Fault("gidd_disasters.csv", "idmc-gidd-disasters", ("2023-07-24", "24/07/23"), ("start_date", "24/07/23")),
    Fault("gidd.csv", "idmc-gidd", ("SSD,South Sudan,2023", "SSD,South Sudan,2022"), ("2022",)),
    Fault("idu.csv", "idmc-idu", (",500,", ",five hundred,"), ("figure", "five hundred")),
    Fault("missing_migrants_hdx.csv", "iom-missing-migrants", ("2023-03-05", "spring"), ("reported_date", "spring")),
    Fault("population_tidy.csv", "wdi-population", ("ABW,2023", "ABW,2022"), ("ABW",)),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.name}-{one.change[1]}")
def test_a_typical_fault_is_refused_with_its_place_and_nothing_is_kept(fault: Fault, tmp_path: Path) -> None:
    text = (HERE / fault.name).read_text(encoding="utf-8-sig")
    assert fault.change[0] in text
    path = tmp_path / fault.name
    path.write_text(text.replace(*fault.change, 1), encoding="utf-8")
    with pytest.raises((DatasetError, InputError)) as told:
        imported([path], fault.like, tmp_path / "home")
    message = f"{told.value.what}\n{told.value.where}\n{told.value.mend}"
    assert [word for word in fault.says if word not in message] == []
    assert editions.editions(tmp_path / "home") == ()


def test_an_unknown_nationality_in_a_workbook_is_named_with_its_mend(tmp_path: Path) -> None:
    path = sheet(tmp_path / "prm.xlsx", {"2024": fiscal_year(2024, ("Africa", "Zembla", [1] * 12))})
    with pytest.raises(DatasetError) as told:
        added(tmp_path, path, "us-prm-admissions")
    assert "Zembla" in told.value.what
    assert "aliases" in told.value.what


def test_a_quarter_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(
        "Quarter,Nationality,Case type,Case outcome group,Case outcome,Decisions\n"
        "autumn 2023,Syria,Resettlement Case,Grant of Protection,Resettlement - UK Resettlement Scheme,5\n",
        encoding="utf-8",
    )
    with pytest.raises(DatasetError) as told:
        added(tmp_path, path, "uk-resettlement")
    assert "autumn 2023" in told.value.what


# -- the real files: published sums ------------------------------------------------------------------------------------


REAL = {
    "ged": ("ucdp-ged", "ucdp_ged_pakistan_v22_1/conflict_data_pak.csv"),
    "afghanistan": ("ucdp-ged", "ucdp_ged_afghanistan_2020_v23_1/AfghanistanClustered.csv"),
    "candidate": ("ucdp-candidate", "ucdp_candidate_2023_10/GEDEvent_v23_0_10.csv"),
    "years": ("ucdp-country-year", "ucdp_country_year_v25_1/organizedviolencecy_v25_1.csv"),
    "months": ("ucdp-country-month", "ucdp_country_month_deaths_1989_2023/Conf.csv"),
    "population": ("unhcr-population", "unhcr_refugee_data_finder_2025_12/population.parquet"),
    "solutions": ("unhcr-solutions", "unhcr_refugee_data_finder_2025_12/solutions.parquet"),
    "decisions": ("unhcr-asylum-decisions", "unhcr_refugee_data_finder_2025_12/asylum_decisions.parquet"),
    "uk": ("uk-resettlement", "uk_home_office_resettlement/decisions_resettlement.parquet"),
    "us": ("us-prm-admissions", "us_prm_refugee_admissions_2024/prm_refugee_admissions_2024.xlsx"),
    "wdi": ("wdi-population", "wdi_population/population.csv"),
}


@dataclass(frozen=True)
class Published(Asked):
    """A sum of a real file that its publisher, or a count of the file by other means, gives too."""

    file: str
    indicator: str
    expected: float


PUBLISHED = [
    Published("ged", "deaths", 43225, at="PAK"),
    # Both sides of mid-August 2021, 26 months before: 51 events with 102 deaths on the Line of Control.
    Published("ged", "deaths", 784, at="PAK", first="2019-06-15", last="2021-08-14"),
    Published(
        "ged", "deaths", 784 - 102, at="PAK", first="2019-06-15", last="2021-08-14", way="without-line-of-control"
    ),
    Published("ged", "attacks", 296, at="PAK", first="2019-06-15", last="2021-08-14"),
    Published(
        "ged", "attacks", 296 - 51, at="PAK", first="2019-06-15", last="2021-08-14", way="without-line-of-control"
    ),
    Published("afghanistan", "deaths", 20834, at="AFG"),
    Published("afghanistan", "deaths", 20489, at="AFG", way="state-based"),
    Published("years", "deaths", 20834, at="AFG", first="2020-01-01", last="2020-12-31"),
    Published("years", "deaths", 1178, at="PAK", first="2023-01-01", last="2023-12-31"),
    Published("years", "state-based-deaths", 1056, at="PAK", first="2023-01-01", last="2023-12-31"),
    # The candidate months of 2023 against the reviewed year above.
    Published("months", "deaths", 1291, at="PAK", first="2023-01-01", last="2023-12-31"),
    # Gaza and the West Bank, which UCDP books under Israel.
    Published("candidate", "deaths", 5078 + 25, at="PSE", first="2023-10-01", last="2023-10-31"),
    Published("population", "refugees", 1987717, origin="AFG", to="PAK", first="2023-01-01", last="2023-12-31"),
    Published("population", "refugees", 31637408, first="2023-01-01", last="2023-12-31"),
    Published("solutions", "resettled", 158591, first="2023-01-01", last="2023-12-31"),
    Published("solutions", "returned-refugees", 56797, origin="PAK", to="AFG", first="2023-01-01", last="2023-12-31"),
    Published("uk", "resettled", 63682, to="GBR"),
    Published("uk", "resettled", 17979, to="GBR", first="2021-01-01", last="2021-12-31"),
    Published("uk", "resettled", 30412, to="GBR", way="afghan-schemes"),
    # The grand totals of the workbook, which the import sets aside.
    Published("us", "admitted", 69886, to="USA", first="2000-10-01", last="2001-09-30"),
    Published("us", "admitted", 11411, to="USA", first="2020-10-01", last="2021-09-30"),
    Published("us", "admitted", 100034, to="USA", first="2023-10-01", last="2024-09-30"),
    Published("us", "admitted", 5225, origin="AFG", to="USA", first="2024-10-01", last="2024-12-31"),
    Published("wdi", "population", 247504495, at="PAK", first="2023-01-01", last="2023-12-31"),
]


@real
@pytest.mark.parametrize("case", PUBLISHED, ids=lambda one: f"{one.file}-{one.indicator}-{one.first[:4]}-{one.way}")
def test_a_real_file_gives_the_published_sum(
    case: Published, kept: dict[tuple[str, ...], Edition], data_home: Path
) -> None:
    like, path = REAL[case.file]
    of = edition(kept, data_home / case.file, like, (DATA / path,))
    assert total(of, case.indicator, case) == case.expected


@real
def test_ged_without_long_events_is_the_monthly_table_month_by_month(
    kept: dict[tuple[str, ...], Edition], data_home: Path
) -> None:
    by_month = []
    for name, ways in (("ged", ("left-out",)), ("months", ())):
        like, path = REAL[name]
        of = edition(kept, data_home / name, like, (DATA / path,))
        counted = indicator(of, "deaths")
        pakistan = placing.find_place(of, counted, "PAK", level="country")
        assert pakistan is not None
        cube = warehouse.cube(
            of,
            counted,
            variants=[one for one in of.dataset.variants if one.id in ways],
            where=[pakistan],
            precision=Precision.MONTH,
        )
        months = [date.fromordinal(int(day)) for day in cube.edges[:-1]]
        by_month.append(dict(zip(months, cube.values[-1], strict=True)))
    events, table = by_month
    after = [month for month in events if month >= date(2018, 9, 1)]  # before, later versions of GED changed events
    assert len(after) == 40
    assert [(month, events[month], table[month]) for month in after if events[month] != table[month]] == []


@real
def test_the_candidate_months_edge_is_covered_as_the_month_and_no_more(
    kept: dict[tuple[str, ...], Edition], data_home: Path
) -> None:
    like, path = REAL["candidate"]
    of = edition(kept, data_home / "candidate", like, (DATA / path,))
    cube = warehouse.cube(of, indicator(of, "deaths"), variants=(), precision=Precision.MONTH)
    months = [date.fromordinal(int(day)) for day in cube.edges[:-1]]
    assert [month for month, covered in zip(months, cube.covered, strict=True) if covered] == [date(2023, 10, 1)]
    assert cube.lagging[months.index(date(2023, 10, 1))]
