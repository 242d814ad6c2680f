"""The article with its marks: every character once, in its place, escaped."""

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents.model import Document, digest
from counterfoil.publishing import marks
from counterfoil.publishing.model import Report
from counterfoil.reading import sentences
from counterfoil.reading.model import Act, Figure, Form, Hedge, Kind, Quantity, Speaker, Statement
from counterfoil.spans import Anchor, Reading, Span


def marked(text: str) -> tuple[str, list[Span]]:
    """Return the text without its brackets, and the spans that ⟦⟧ enclosed, innermost last."""
    plain, open_, spans = "", [], []
    for one in text:
        if one == "⟦":
            open_.append((len(plain), len(spans)))
            spans.append(None)
        elif one == "⟧":
            start, place = open_.pop()
            spans[place] = Span(start, len(plain))
        else:
            plain += one
    return plain, spans


def report_of(text: str, numbers: list[Span], *, what: list[Span] = (), content: list[Span] = ()) -> Report:
    document = Document(text, digest(text))
    quantity = Quantity(None, None, "other", Hedge.VAGUE, None, None, 1, 1)
    extra = [document.anchor(span) for span in what]
    figures = tuple(
        Figure(
            Reading(quantity, document.anchor(span), "test"),
            Kind.OTHER,
            what=extra[index] if index < len(extra) else None,
        )
        for index, span in enumerate(numbers)
    )
    statements = tuple(
        Statement(None, None, (document.anchor(span),), Form.INDIRECT, Act.SPEECH, Speaker("x", "person", "test"))
        for span in content
    )
    return Report(document, statements, figures, (), (), (), (), (), "test", "0")


class Words(HTMLParser):
    """Collects the text of a page, and (class, id, href, words) of its numbers."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.numbers, self._open = "", [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs), len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        _, attrs, start = self._open.pop()
        if "number" in (attrs.get("class") or "").split():
            self.numbers.append((self.words[start:], attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "text",
    [
        "⟦Fifty⟧ left, <b>⟦60⟧</b> & \"⟦70⟧\" 'stayed'",
        "🕊️🌍 ⟦12⟧ birds 👩‍👩‍👧 and ⟦13⟧ cats",
        "«غادر ⟦٢٬٤٠٠⟧ شخص» then ⟦3⟧",
        "e\u0301⟦5⟧\u0301 marks",
    ],
)
def test_numbers_are_marked_where_they_stand(text: str) -> None:
    plain, spans = marked(text)
    found = Words(str(marks.article(report_of(plain, spans))))
    assert found.words == plain
    assert [words for words, _ in found.numbers] == [span.of(plain) for span in spans]


def test_marks_nest_and_overlap() -> None:
    """A number inside a statement inside another, its own words overlapping the statement's end."""
    plain, (outer, inner, number) = marked("They ⟦said that ⟦it was ⟦40⟧ of them⟧⟧ in all")
    overlapping = Span(number.end + 1, len(plain))
    html = str(marks.article(report_of(plain, [number], what=[overlapping], content=[outer, inner])))
    assert Words(html).words == plain
    assert f'<a class="number said2" id="m{number.start}" href="#f{number.start}" data-n="1">40</a>' in html
    assert '<span class="role said2">of them</span><span class="role"> in all</span>' in html


def test_two_figures_of_one_number_have_a_target_each() -> None:
    plain, (span,) = marked("⟦40⟧ dead")
    html = str(marks.article(report_of(plain, [span, span])))
    assert 'id="m0"' in html
    assert 'id="m0-2"' in html
    assert Words(html).words == plain


def test_a_number_that_a_statement_cuts_is_one_target() -> None:
    plain, (number,) = marked("about ⟦40 to 50⟧ people")
    half = Span(number.start + 3, len(plain))
    html = str(marks.article(report_of(plain, [number], content=[half])))
    assert html.count('id="m6"') == 1
    assert [words for words, _ in Words(html).numbers] == ["40 ", "to 50"]


def test_words_of_another_text_are_not_marked() -> None:
    plain, (number,) = marked("⟦40⟧ people of the town")
    report = report_of(plain, [number])
    elsewhere = Anchor(digest("another"), Span(3, 9), "people")
    report = replace(report, figures=(replace(report.figures[0], what=elsewhere),))
    assert 'class="role"' not in str(marks.article(report))


def test_paragraphs_choose_their_direction() -> None:
    html = str(marks.article(report_of("One.\n\nغادر.", [])))
    assert html == '<p dir="auto">One.</p>\n<p dir="auto">غادر.</p>'


def test_an_excerpt_is_the_sentence() -> None:
    plain, (number,) = marked("It rained. Mr. Orm said ⟦40 <i>⟧ left. They were cold.")
    report = report_of(plain, [number])
    html = str(marks.excerpt(report, 0, sentences.find(plain)))
    assert html == 'Mr. Orm said <b class="number">40 &lt;i&gt;</b> left.'


def test_an_excerpt_of_a_sentence_without_end_is_cut_at_blanks() -> None:
    plain, (number,) = marked("many " * 200 + "⟦40⟧" + " words" * 200)
    shown = unescape(Words(str(marks.excerpt(report_of(plain, [number]), 0, sentences.find(plain)))).words)
    assert shown.startswith("… many ")
    assert shown.endswith(" words …")
    assert len(shown) < 500


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(st.sampled_from("aé<&>\"' 🕊1٢,."), min_size=45, max_size=60).filter(lambda text: text.strip() == text),
    numbers=st.lists(spans, max_size=4),
    what=st.lists(spans, max_size=4),
    content=st.lists(spans, max_size=4),
)
def test_no_character_is_lost_or_doubled(text: str, numbers: list[Span], what: list[Span], content: list[Span]) -> None:
    html = str(marks.article(report_of(text, numbers, what=what, content=content)))
    assert Words(html).words == text
    assert html.count('id="m') == len(numbers)
