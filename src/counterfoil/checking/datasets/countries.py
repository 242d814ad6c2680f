"""Names of countries as tables write them, to ISO 3166-1 alpha-3 codes."""

import re
from functools import lru_cache

from counterfoil.reading.gazetteer import fold, key_of, rows_of

# Names that the gazetteer lacks or that tables mean in one way: UCDP (Gleditsch and Ward's names), the World Bank, the
# United Nations' long forms, ISO 3166-1 and, for states that are gone, ISO 3166-3. Folded: no case, accents or dots.
_ALIASES = {
    "bahamas the": "BHS",
    "bolivia plurinational state of": "BOL",
    "british virgin islands": "VGB",
    "central african rep": "CAF",
    "channel islands": "",
    "congo": "COG",
    "congo brazzaville": "COG",
    "congo kinshasa": "COD",
    "congo rep": "COG",
    "congo republic of": "COG",
    "republic of congo": "COG",
    "republic of the congo": "COG",
    "congo dem rep": "COD",
    "congo democratic republic of": "COD",
    "congo democratic republic of the": "COD",
    "dem rep of the congo": "COD",
    "dem rep congo": "COD",
    "dr congo": "COD",
    "drc": "COD",
    "zaire": "COD",
    "czechoslovakia": "CSK",
    "cote divoire": "CIV",
    "dominican rep": "DOM",
    "faeroe islands": "FRO",
    "china hong kong sar": "HKG",
    "hong kong sar china": "HKG",
    "china macao sar": "MAC",
    "macao sar china": "MAC",
    "curacao": "CUW",
    "east timor": "TLS",
    "egypt arab rep": "EGY",
    "german democratic republic": "DDR",
    "east germany": "DDR",
    "gambia the": "GMB",
    "holy see": "VAT",
    "vatican city state": "VAT",
    "iran islamic rep": "IRN",
    "iran islamic republic of": "IRN",
    "kampuchea": "KHM",
    "kingdom of eswatini": "SWZ",
    "korea dem peoples rep": "PRK",
    "korea democratic peoples republic of": "PRK",
    "dem peoples rep of korea": "PRK",
    "democratic peoples republic of korea": "PRK",
    "north korea": "PRK",
    "korea rep": "KOR",
    "korea republic of": "KOR",
    "rep of korea": "KOR",
    "south korea": "KOR",
    "kyrgyz republic": "KGZ",
    "lao pdr": "LAO",
    "lao peoples dem rep": "LAO",
    "lao peoples democratic republic": "LAO",
    "macedonia fyr": "MKD",
    "macedonia": "MKD",
    "madagascar malagasy": "MDG",
    "micronesia fed sts": "FSM",
    "micronesia federated states of": "FSM",
    "moldova republic of": "MDA",
    "rep of moldova": "MDA",
    "netherlands kingdom of the": "NLD",
    "netherlands antilles": "ANT",
    "occupied palestinian territory": "PSE",
    "palestinian territory": "PSE",
    "palestinian territories": "PSE",
    "palestinian": "PSE",
    "west bank and gaza": "PSE",
    "west bank and gaza strip": "PSE",
    "gaza": "PSE",
    "rhodesia": "ZWE",
    "russian federation": "RUS",
    "saint martin french part": "MAF",
    "st martin french part": "MAF",
    "st pierre and miquelon": "SPM",
    "saint pierre et miquelon": "SPM",
    "sint maarten dutch part": "SXM",
    "st kitts and nevis": "KNA",
    "st lucia": "LCA",
    "st vincent and the grenadines": "VCT",
    "serbia and montenegro": "SCG",
    "serbia and kosovo s res 1244 1999": "SRB",
    "slovak republic": "SVK",
    "somalia fed rep": "SOM",
    "soviet union": "SUN",
    "ussr": "SUN",
    "swaziland": "SWZ",
    "syrian arab rep": "SYR",
    "taiwan province of china": "TWN",
    "tanzania united republic of": "TZA",
    "united rep of tanzania": "TZA",
    "turkiye": "TUR",
    "uk": "GBR",
    "united kingdom of great britain and northern ireland": "GBR",
    "us": "USA",
    "usa": "USA",
    "venezuela bolivarian republic of": "VEN",
    "venezuela rb": "VEN",
    "vietnam": "VNM",
    "viet nam": "VNM",
    "virgin islands us": "VIR",
    "western samoa": "WSM",
    "yemen rep": "YEM",
    "north yemen": "YEM",
    "yemen north yemen": "YEM",
    "south yemen": "YMD",
    "yemen south yemen": "YMD",
    "yugoslavia": "YUG",
    "serbia yugoslavia": "SRB",
}


@lru_cache(maxsize=4096)
def code(name: str) -> str | None:
    """Return the code of a country's name; None for a name that is not known or means several.

    What stands in brackets is another name of it: the one before them decides, then the one within.

    >>> code("DR Congo (Zaire)"), code("Yemen (South Yemen)"), code("Atlantis")
    ('COD', 'YMD', None)
    """
    for form in _forms(name):
        plain = re.sub(r"[^\w\s-]", " ", fold(form))
        plain = " ".join(plain.replace("-", " ").split())
        if plain in _ALIASES:
            return _ALIASES[plain] or None
        codes = {row.country for key in (key_of(form), fold(form)) for row in rows_of(key) if row.level == "C"}
        if len(codes) == 1:
            return codes.pop()
    return None


def _forms(name: str) -> list[str]:
    """Return the name whole, without its brackets, what stands in them, and with "and" for "&"."""
    name = " ".join(name.replace("&", " and ").split())
    outer = re.sub(r"\s*\([^)]*\)", "", name).strip()
    inner = re.findall(r"\(([^)]+)\)", name)
    return list(dict.fromkeys([name, outer, *inner]))
