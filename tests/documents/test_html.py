"""Pages to articles."""

from datetime import date

import pytest

from counterfoil.documents.html import MAX_ELEMENTS, Page, read_html
from counterfoil.errors import InputError

TODAY = date(2026, 1, 1)
BODY = "<article><p>The ministry said 1,204 people fled the district.</p></article>"


def page(html: str, url: str | None = None) -> Page:
    return read_html(html, url=url, today=TODAY, where="test")


def test_an_article_is_laid_out_in_paragraphs_lists_and_rows() -> None:
    found = page(
        """<!doctype html><html><head><title>Many leave | The Valley Post</title>
        <meta property="og:site_name" content="The Valley Post"><meta name="author" content="Ada Writer">
        <meta property="og:title" content="Many leave"><style>p { color: red }</style></head>
        <body><nav><a href="/">Home</a><a href="/world">World news</a></nav>
        <script>document.write("9,999 people");</script>
        <article><p>The ministry said <b>1,204</b>
             people fled the district in a week, the largest number since the counting of the displaced began.</p>
        <blockquote><p>“We counted 10&nbsp;000 in all, ﬁve of them dis&shy;placed twice,”
        the governor said.</p></blockquote>
        <ul><li>300 by lorry</li><li>904 <a href="/foot">on foot</a></li></ul>
        <table><tr><th>Month</th><th>People</th></tr><tr><td>May</td><td>3,000</td></tr></table>
        <p>It is not known<br>where they went, and officials of two provinces declined to speak of it.</p></article>
        <footer>All rights reserved</footer></body></html>"""
    )
    assert found.text == (
        "The ministry said 1,204 people fled the district in a week, the largest number since the counting of the"
        " displaced began.\n\n"
        "“We counted 10 000 in all, five of them displaced twice,” the governor said.\n\n"
        "300 by lorry\n904 on foot\n\n"
        "Month\tPeople\nMay\t3,000\n\n"
        "It is not known\nwhere they went, and officials of two provinces declined to speak of it."
    )
    assert (found.title, found.outlet, found.author) == ("Many leave", "The Valley Post", "Ada Writer")
    assert {"1 <script>", "1 <nav>", "1 <footer>"} <= {part.what for part in found.skipped}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Two people were killed.</p>", "Two people were killed."),
        ("<html><body>Five people died &amp; ten fled</body></html>", "Five people died & ten fled"),
        (
            '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Ärzte zählten 15 Tote dort.</p></body></html>',
            None,
        ),
        ("<html><body><p>قال الوزير إن ١٢٠٤ أشخاص فروا 👩‍👧</p></body></html>", "قال الوزير إن ١٢٠٤ أشخاص فروا 👩‍👧"),
        ("<p>Null \x00 and &#xD800; do not end the article here.</p>", None),
    ],
)
def test_small_and_odd_pages_are_read_to_their_end(html: str, text: str | None) -> None:
    found = page(html).text
    assert text is None or found == text
    assert found.rstrip(".").endswith(("killed", "fled", "dort", "👩‍👧", "here"))


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body></body></html>",
        "<html><body><script>var people = 1204;</script></body></html>",
        "<html><body><noscript>You need to enable JavaScript to run this app.</noscript></body></html>",
        "<html><body><div>Log in</div></body></html>",
        "<html><body><ul>"
        + "".join(f'<li><a href="/{n}">Article number {n} tells of {n} people who fled</a></li>' for n in range(30))
        + "</ul></body></html>",
    ],
)
def test_a_page_without_an_article_is_an_error_that_says_what_to_do(html: str) -> None:
    with pytest.raises(InputError) as raised:
        page(html)
    assert "copy the article's text" in raised.value.mend


@pytest.mark.parametrize(
    "html", ["<p>" * (MAX_ELEMENTS + 1) + "words", "<div>" * 20_000 + "x", "<html>" + "(" * 1_000_000]
)
def test_pages_made_to_exhaust_the_reader_are_errors(html: str) -> None:
    with pytest.raises(InputError):
        page(html)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ('<meta property="article:published_time" content="2023-11-08T23:30:00+05:00">', "2023-11-08T23:30:00+05:00"),
        ('<meta name="DC.date.issued" content="2023-11-08">', "2023-11-08"),
        ('<meta itemprop="datePublished" content="20231108">', "20231108"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Person", "datePublished": "2001-01-01"},'
            ' {"@type": ["NewsArticle"], "datePublished": "2023-11-08T10:00:00Z"}]}</script>',
            "2023-11-08T10:00:00Z",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="pubdate" content="2023-11-08">',
            "2023-11-08",
        ),
        (
            '<meta property="article:modified_time" content="2024-02-02">'
            '<meta property="article:published_time" content="2023-11-08">',
            "2023-11-08",
        ),
    ],
)
def test_the_metadata_state_the_day(head: str, words: str) -> None:
    found = page(f"<html><head>{head}</head><body>{BODY}</body></html>").published
    assert found is not None
    assert (found.day, found.origin, found.words) == (date(2023, 11, 8), "metadata", words)


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body>{BODY}</body></html>",
        f"<html><body>{BODY}<footer>Copyright 2019 The Valley Post</footer></body></html>",
        f'<html><head><meta name="date" content="2093-11-08"></head><body>{BODY}</body></html>',
        f'<html><head><meta name="date" content="some day"></head><body>{BODY}</body></html>',
    ],
)
def test_a_page_that_states_no_day_has_none(html: str) -> None:
    assert page(html).published is None


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://post.example/2024/flood">', "https://post.example/2024/flood"),
        (
            '<link href=" http://post.example/floods-in-kassala " rel="Canonical nofollow">',
            "http://post.example/floods-in-kassala",
        ),
        ('<link rel="canonical" href="https://post.example/?p=77">', "https://post.example/?p=77"),
        (
            '<link rel="canonical" href="https://www.post.example/a/b"><meta property="og:url" content="https://post.example/a/b?x=1">',
            "https://www.post.example/a/b",
        ),
        # said twice alike
        ('<link rel="canonical" href="https://post.example/a/b">' * 2, "https://post.example/a/b"),
        # no address of its own: a path, two of them, a script, a front page, a section, and a reprint's first home
        ('<link rel="canonical" href="/2024/flood">', None),
        ('<link rel="canonical" href="//post.example/2024/flood">', None),
        (
            '<link rel="canonical" href="https://post.example/a/b"><link rel="canonical" href="https://post.example/a/c">',
            None,
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://post.example/">', None),
        ('<link rel="canonical" href="https://post.example/index.php">', None),
        ('<link rel="canonical" href="https://post.example/news">', None),
        ('<link rel="canonical" href="https://[post.example/2024/flood">', None),
        ('<link rel="canonical" href="https://ann:secret@post.example/2024/flood">', None),
        (
            '<link rel="canonical" href="https://wire.example/2024/flood"><meta property="og:url" content="https://post.example/a/b">',
            None,
        ),
        ('<link rel="alternate" href="https://post.example/2024/flood">', None),
        ('<meta property="og:url" content="https://post.example/2024/flood">', None),
        ("<link rel=canonical>", None),
    ],
)
def test_a_saved_page_names_its_own_address(head: str, address: str | None) -> None:
    html = f"<html><head>{head}</head><body>{BODY}</body></html>"
    assert page(html).url == address
    assert page(html, "https://fetched.example/page").url == "https://fetched.example/page"
