"""Bytes to clean text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.documents.text import byline, clean, decode, headline

QUOTED = "The minister said “1,204 people” fled — about £5 million was spent in the café."


@pytest.mark.parametrize(
    ("raw", "declared", "text", "encoding"),
    [
        (QUOTED.encode(), None, QUOTED, "utf-8"),
        (codecs.BOM_UTF8 + QUOTED.encode(), None, QUOTED, "utf-8"),
        (codecs.BOM_UTF16_LE + QUOTED.encode("utf-16-le"), None, QUOTED, "utf-16-le"),
        (codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), None, QUOTED, "utf-16-be"),
        (codecs.BOM_UTF32_LE + QUOTED.encode("utf-32-le"), None, QUOTED, "utf-32-le"),
        (QUOTED.encode("utf-16-le"), None, QUOTED, "utf-16-le"),
        (QUOTED.encode("utf-16-be"), None, QUOTED, "utf-16-be"),
        (QUOTED.encode("cp1252"), "iso-8859-1", QUOTED, "cp1252"),
        (QUOTED.encode(), "iso-8859-1", QUOTED, "utf-8"),  # a label that the bytes belie
        ("Z Łodzi uciekło 1204 osób.".encode("cp1250"), "windows-1250", "Z Łodzi uciekło 1204 osób.", "cp1250"),
        ("大臣は1204人と述べた。".encode("shift_jis"), "Shift_JIS", "大臣は1204人と述べた。", "shift_jis"),
        ("大臣は1204人と述べた。".encode("iso2022_jp"), "ISO-2022-JP", "大臣は1204人と述べた。", "iso2022_jp"),
        (b"plain", "zlib_codec", "plain", "utf-8"),
        (b"plain", "unicode_escape", "plain", "utf-8"),
        (b"plain", "no such label", "plain", "utf-8"),
    ],
)
def test_decoding_without_loss(raw: bytes, declared: str | None, text: str, encoding: str) -> None:
    decoded = decode(raw, declared)
    assert (decoded.text, decoded.encoding, decoded.skipped) == (text, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTED, "cp1252"),
        ("Министр сказал, что 1 204 человека бежали из города в среду.", "cp1251"),
        ("قال الوزير إن 1204 أشخاص فروا من المدينة", "cp1256"),
    ],
)
def test_an_encoding_that_nobody_declares_is_guessed_and_named_a_guess(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "a guess" in decoded.skipped[0].reason


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    decoded = decode("Ärzte zählten 1.204 Flüchtlinge".encode() + b" \xff mehr")
    assert decoded.text == "Ärzte zählten 1.204 Flüchtlinge \ufffd mehr"
    assert [part.what for part in decoded.skipped] == ["1 characters"]


@pytest.mark.parametrize(
    ("text", "cleaned", "dropped"),
    [
        ("one\r\ntwo\rthree\u2028four\x0cfive\x85six", "one\ntwo\nthree\nfour\nfive\nsix", []),
        ("dis\u00adplaced per\u200bsons", "displaced persons", ["2 invisible word breaks"]),
        ("\u200e1,204 \u202e402,1\u202c", "1,204 402,1", ["3 marks of writing direction"]),
        ("a\x00b\x1b", "ab", ["2 control characters"]),
        ("ﬁve oﬃcials", "five officials", []),
        ("10\u00a0000 and 10\u202f000", "10\u00a0000 and 10\u202f000", []),
        ("“five” ’tis", "“five” ’tis", []),
        ("👩\u200d👩\u200d👧 می\u200cروند", "👩\u200d👩\u200d👧 می\u200cروند", []),
        ("قال إن ١٢٠٤ أشخاص", "قال إن ١٢٠٤ أشخاص", []),
        ("lone \ud800 surrogate", "lone \ud800 surrogate", []),
        ("tab\tand trailing  \n", "tab\tand trailing  \n", []),
        (
            "<p>Nine died.</p><p>He saw <b>14</b> go.",
            "\nNine died.\n\nHe saw 14 go.",
            ["5 scripts, tags and other markup"],
        ),
        ("a<script async>let n = 12;</script> b", "a b", ["1 scripts, tags and other markup"]),
        ("a ]]> b <!-- 12 --> c </script", "a  b  c ", ["3 scripts, tags and other markup"]),
        ("5 < 6, and the <script> tag is no tag here", "5 < 6, and the <script> tag is no tag here", []),
    ],
)
def test_cleaning(text: str, cleaned: str, dropped: list[str]) -> None:
    result, skipped = clean(text)
    assert result == cleaned
    assert [part.what for part in skipped] == dropped


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once, _ = clean(text)
    assert clean(once) == (once, ())


LABELS = st.sampled_from(
    ["utf-8", "utf-16", "utf-7", "gb18030", "iso-2022-jp", "hz", "big5", "punycode", "rot13", "cp0"]
)


@given(st.binary(max_size=300), st.none() | LABELS | st.text(max_size=12))
def test_any_bytes_become_text_that_can_be_stored(raw: bytes, declared: str | None) -> None:
    text = decode(raw, declared).text
    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Thousands leave the valley\n\nThe governor said so.", "Thousands leave the valley"),
        ("\n\nWho counted the dead?\n  \nNobody did.", "Who counted the dead?"),
        ("The governor said so.\n\nThousands left.", None),
        ("Thousands leave the valley\nThe governor said so.", None),
        ("Thousands leave the valley\nWednesday 8 November 2023\n\nFew stayed.", "Thousands leave the valley"),
        ("Valley: flash update #4\nAs of 8 November 2023\n\nFew stayed.", "Valley: flash update #4"),
        ("Thousands leave the valley\nBy Ada Writer\n\nFew stayed.", "Thousands leave the valley"),
        ("Thousands leave the valley\nHERAT, Afghanistan — Few stayed.", "Thousands leave the valley"),
        ("Few stay\nThe governor said that thousands had left the valley.", "Few stay"),
        ("The governor of the valley told reporters on\nWednesday that thousands had left it.\n\nFew stayed.", None),
        ("The valley\nwas left by thousands, its governor said on Wednesday.", None),
        ("The valley was left by thousands\nBefore 8 November 2023 it was full.", None),
        ("Thousands leave the valley\n\n", None),
        ("Thousands leave the valley", None),
        ("By Ada Writer\n\nThousands left.", None),
        ("Thursday, January 10, 2019\n\nThousands left.", None),
        ("HERAT, Afghanistan — Thousands leave the valley\n\nThe governor said so", None),
        ("1,204\n\nThousands left.", None),
        ("word " * 40 + "\n\nThousands left.", None),
    ],
)
def test_headline(text: str, title: str | None) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("By Ada Writer\n\nThousands left.", "Ada Writer"),
        ("Thousands leave\n\nBy: Ada B. Writer | 8 November 2023\n\nText.", "Ada B. Writer"),
        ("By the department's own reckoning, few left.", None),
        ("By Friday thousands had left the valley", None),
        ("Thousands left.", None),
    ],
)
def test_byline(text: str, author: str | None) -> None:
    assert byline(text) == author
