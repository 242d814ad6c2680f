"""PDFs to paragraphs."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from counterfoil.documents.pdf import read_pdf
from counterfoil.errors import InputError

MakePdf = Callable[..., bytes]
Placed = tuple[float, float, str]


def column(left: float, top: float, lines: str) -> list[Placed]:
    """Place lines of ten points below one another; an indented line stands twelve points to the right."""
    placed = []
    for number, line in enumerate(dedent(lines).strip("\n").splitlines()):
        if line.strip():
            placed.append((left + (12 if line[0] == " " else 0), top - 12 * number, line.strip()))
    return placed


LEFT = """
    The ministry said on Wednesday that
    more than 1,204 people had been dis-
    placed by the fighting, that twenty-
    one schools were closed and that the
    road to Nagorno-
    Karabakh was cut.
      In the capital the minister said that
    he had no count of those who were in
    the camps on the far side of the river
"""
RIGHT = """
    but that the governor would give one,
    and soon.

    About 300 families live in tents near
    the airport, according to the governor,
    and 15 people have died in the cold of
    the last week, two of them yesterday.
"""
PARAGRAPHS = [
    "The ministry said on Wednesday that more than 1,204 people had been displaced by the fighting, that twenty-one"
    " schools were closed and that the road to Nagorno-Karabakh was cut.",
    "In the capital the minister said that he had no count of those who were in the camps on the far side of the river"
    " but that the governor would give one, and soon.",
    "About 300 families live in tents near the airport, according to the governor, and 15 people have died in the cold"
    " of the last week, two of them yesterday.",
]


@pytest.mark.parametrize("drawn", ["by column", "by row", "right first"])
def test_two_columns_are_read_one_after_the_other_however_they_are_drawn(make_pdf: MakePdf, drawn: str) -> None:
    left, right = column(60, 720, LEFT), column(320, 720, RIGHT)
    placed = right + left if drawn == "right first" else left + right
    if drawn == "by row":
        placed.sort(key=lambda words: (-words[1], words[0]))
    headline = (60, 780, "A headline that spans both of the columns of this page", 18)
    text = read_pdf(make_pdf([[headline, *placed]]), where="test").text
    assert text.split("\n\n") == ["A headline that spans both of the columns of this page", *PARAGRAPHS]


def test_the_lines_of_a_headline_are_one_paragraph_though_they_lie_wider(make_pdf: MakePdf) -> None:
    headline = [(60, 780, "A headline too long for its one line, with 83", 18), (60, 757, "at its end", 18)]
    text = read_pdf(make_pdf([[*headline, *column(60, 730, RIGHT)]]), where="test").text
    assert text.split("\n\n")[0] == "A headline too long for its one line, with 83 at its end"


def test_heads_feet_and_page_numbers_are_left_out_and_counted(make_pdf: MakePdf) -> None:
    def furniture(number: int) -> list[tuple[float, float, str, float]]:
        return [(60, 815, "The Valley Post", 8), (400, 30, f"Bulletin, 8 November 2023 - {number}", 8)]

    pages = [furniture(7) + column(60, 740, LEFT), furniture(8) + column(60, 740, RIGHT)]
    found = read_pdf(make_pdf(pages), where="test")
    assert found.text.split("\n\n") == PARAGRAPHS
    assert [(part.what, part.reason) for part in found.skipped] == [
        ("The Valley Post", "head or foot of 2 pages"),
        ("Bulletin, 8 November 2023 - #", "head or foot of 2 pages"),
    ]


def test_a_page_number_alone_is_left_out_and_another_number_is_not(make_pdf: MakePdf) -> None:
    kept = read_pdf(make_pdf([[(60, 700, "People were counted in the camps."), (300, 30, "39")]]), where="test")
    assert kept.text.endswith("39")
    left_out = read_pdf(make_pdf([[(60, 700, "People were counted in the camps."), (300, 30, "- 1 -")]]), where="test")
    assert left_out.text == "People were counted in the camps."
    assert left_out.skipped[0].what == "page number"


def test_a_table_is_read_by_rows(make_pdf: MakePdf) -> None:
    rows = [("Province", "Dead", "Missing"), ("Herat", "1,482", "15"), ("Ghor", "27", "3"), ("Farah", "9", "0")]
    placed = [
        (60 + 150 * place, 700 - 14 * row, cell) for row, cells in enumerate(rows) for place, cell in enumerate(cells)
    ]
    assert read_pdf(make_pdf([placed]), where="test").text == "\n".join("\t".join(cells) for cells in rows)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["those who were dis-", "placed"], "those who were displaced"),
        (["about 2019-", "2020 they fled"], "about 2019-2020 they fled"),
        (["a two-", "thirds majority"], "a two-thirds majority"),
        (["the well-being of all, the well-", "being of some"], "the well-being of all, the well-being of some"),
        (["the cease-fire of May and the cease-", "fire of June"], "the cease-fire of May and the cease-fire of June"),
        (["the people —", "all of them"], "the people — all of them"),
        (["people -", "all of them"], "people - all of them"),
    ],
)
def test_hyphens_at_the_end_of_a_line(make_pdf: MakePdf, lines: list[str], text: str) -> None:
    placed = [(60, 700 - 12 * number, line) for number, line in enumerate(lines)]
    assert read_pdf(make_pdf([placed]), where="test").text.replace("\u2014all", "\u2014 all") == text


def test_the_further_lines_of_a_list_item_hang_below_its_first(make_pdf: MakePdf) -> None:
    placed = [
        (60, 700, "• 300 people left by lorry, most of"),
        (72, 688, "them by night"),
        (60, 676, "• 904 left on foot"),
    ]
    text = read_pdf(make_pdf([placed]), where="test").text
    assert text == "• 300 people left by lorry, most of them by night\n\n• 904 left on foot"


def test_a_title_that_names_a_file_is_none(make_pdf: MakePdf) -> None:
    page = [[(60, 700, "Many people fled.")]]
    assert read_pdf(make_pdf(page, title="Many leave the valley"), where="test").title == "Many leave the valley"
    assert read_pdf(make_pdf(page, title="Microsoft Word - draft 3.doc"), where="test").title is None


@pytest.mark.parametrize(
    ("broken", "what", "mend"),
    [
        (
            lambda make: make([[(60, 700, "Many fled.")]], password="secret"),
            "locked with a password",
            "without a password",
        ),
        (lambda make: make([[]]), "no text", "OCR"),
        (lambda make: make([[(60, 700, "Many fled.")]])[:300], "cannot be read", "print it to a new PDF"),
        (lambda make: b"%PDF-1.4 nothing", "cannot be read", "print it to a new PDF"),
        (lambda make: make([[]] * 501), "501 pages", "save the pages"),
    ],
)
def test_what_cannot_be_read(make_pdf: MakePdf, broken: Callable[[MakePdf], bytes], what: str, mend: str) -> None:
    with pytest.raises(InputError) as raised:
        read_pdf(broken(make_pdf), where="test")
    assert what in raised.value.what
    assert mend in raised.value.mend
