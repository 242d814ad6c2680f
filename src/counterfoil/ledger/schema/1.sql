-- Version 1 of the ledger. Never edited once released: what changes comes as the next file.
-- Read as SQLite; for PostgreSQL the types and WITHOUT ROWID are replaced (schema.py). A blank line ends a statement.
-- Days are YYYY-MM-DD, times ISO 8601 in UTC, both as text; yes and no are 1 and 0; JSON is text.

CREATE TABLE documents (  -- One text of an article. A changed article is another row of the same address. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  address TEXT NOT NULL,  -- what tells the article from others: its URL in one form, a file's name, or its text's digest
  version INTEGER NOT NULL,  -- of the article, from 1
  replaces INTEGER REFERENCES documents (id),  -- the text before this one
  sha256 TEXT NOT NULL,  -- of the text in UTF-8; of what an import told where the text is not here
  raw_sha256 TEXT,  -- of the bytes as they came
  source TEXT NOT NULL,  -- the path, the URL or "-" that was given
  url TEXT,  -- where it stands
  title TEXT,  -- headline
  outlet TEXT,  -- who published it
  author TEXT,  -- the byline
  published TEXT,  -- day of publication
  published_origin TEXT,  -- where that day was read from
  published_words TEXT,  -- the words that stood there
  retrieved TEXT,  -- when it was fetched
  media_type TEXT NOT NULL,  -- of the bytes
  engine TEXT NOT NULL,  -- what read it, with its version or digest
  program TEXT NOT NULL,  -- version of Counterfoil
  editions TEXT NOT NULL,  -- JSON list of the records consulted, each with its digest
  skipped TEXT NOT NULL,  -- JSON list of what was set aside, and why
  snapshot BLOB,  -- the text itself: UTF-8, compressed with zlib; NULL where an import brought none
  added_by TEXT NOT NULL,  -- a name as given; "" where none was
  added_at TEXT NOT NULL,  -- when
  why TEXT NOT NULL,  -- what was said of it
  UNIQUE (address, version)
);

CREATE INDEX documents_sha256 ON documents (sha256);

CREATE INDEX documents_added_at ON documents (added_at);

CREATE TABLE statements (  -- Somebody is reported to have said something. [history]
  document INTEGER NOT NULL REFERENCES documents (id),  -- in which text
  number INTEGER NOT NULL,  -- its place in the text, from 0
  parent INTEGER,  -- number of the statement that encloses it
  speaker TEXT NOT NULL,  -- by the fullest name that the article gives
  speaker_kind TEXT NOT NULL,  -- person, body, document, group, unnamed
  form TEXT NOT NULL,  -- direct, indirect, mixed
  act TEXT NOT NULL,  -- speech, belief
  body TEXT NOT NULL,  -- JSON: all of it, with anchors
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE figures (  -- A figure as one text states it, never touched again. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  document INTEGER NOT NULL REFERENCES documents (id),  -- in which text
  number INTEGER NOT NULL,  -- its place in the text, from 0
  entry INTEGER NOT NULL,  -- the entry that keeps it
  quote TEXT NOT NULL,  -- the number's own words
  prefix TEXT NOT NULL,  -- up to 32 characters before them
  suffix TEXT NOT NULL,  -- up to 32 characters after them
  span_start INTEGER,  -- code points of the snapshot, from 0; NULL where an import does not tell
  span_end INTEGER,  -- the first code point after the words
  statement INTEGER,  -- number of the innermost statement that contains it
  body TEXT  -- JSON: every value that was read, each with its anchor and what read it; NULL for an import
);

CREATE INDEX figures_document ON figures (document, number);

CREATE INDEX figures_entry ON figures (entry);

CREATE TABLE entries (  -- The latest version of each entry: what the article says, with what people set right.
  id INTEGER PRIMARY KEY,  -- counts up
  key TEXT NOT NULL UNIQUE,  -- the entry's name: the same in every ledger that holds the article
  version INTEGER NOT NULL,  -- from 1; versions tells the others
  day TEXT NOT NULL,  -- day it stands at in lists: when spoken, else published, its last day, when recorded
  measure TEXT NOT NULL,  -- code of docs/measures.md; "" where none fits
  low NUMERIC,  -- least number that the words allow; NULL where open
  high NUMERIC,  -- greatest number that the words allow; NULL where open
  unit TEXT NOT NULL,  -- person, household, percent, USD, ...
  hedge TEXT NOT NULL,  -- exact, at least, more than, at most, less than, about, nearly, range, vague
  claimant TEXT NOT NULL,  -- who says it; "" where the article speaks for itself
  place TEXT NOT NULL,  -- where; "" where not said
  country TEXT NOT NULL,  -- ISO 3166-1 alpha-3; "" where not known
  first_day TEXT,  -- of what it counts
  last_day TEXT,  -- included
  as_of TEXT,  -- day at which it is spoken
  term TEXT NOT NULL,  -- the words that decided the measure, verbatim
  population TEXT NOT NULL,  -- who or what, as written
  excerpt TEXT NOT NULL,  -- the sentence
  role TEXT NOT NULL,  -- recommended, triangulation
  state TEXT NOT NULL,  -- not-started, in-progress, approved, re-requested
  confidentiality TEXT NOT NULL,  -- public, confidential
  verdict TEXT NOT NULL,  -- word of the latest check; "" where there was none
  kind TEXT NOT NULL,  -- stock, flow, share, change, ...
  direction TEXT,  -- up, down
  said_low NUMERIC,  -- as written
  said_high NUMERIC,  -- as written
  tally TEXT,  -- cumulative, increment
  modality TEXT NOT NULL,  -- observed, estimated, projected, planned, feared, denied
  cause TEXT,  -- conflict, crime, disaster, disease, hunger, accident
  event TEXT NOT NULL,  -- words that name what happened
  day_precision TEXT NOT NULL,  -- how finely the words fix the days
  baseline_first TEXT,  -- of what a change is compared with
  baseline_last TEXT,  -- included
  country_of TEXT NOT NULL,  -- "place", or "article" where only the article as a whole tells the country
  admin1 TEXT NOT NULL,  -- first-level division
  level TEXT NOT NULL,  -- world, region, country, admin1, admin2, city, unknown
  latitude REAL,  -- degrees north
  longitude REAL,  -- degrees east
  origin TEXT NOT NULL,  -- where a movement comes from
  origin_country TEXT NOT NULL,  -- ISO 3166-1 alpha-3
  destination TEXT NOT NULL,  -- where a movement goes
  destination_country TEXT NOT NULL,  -- ISO 3166-1 alpha-3
  claimant_kind TEXT NOT NULL,  -- person, body, document, group, unnamed
  form TEXT,  -- direct, indirect, mixed
  household_size NUMERIC,  -- persons a household, where a source states it; never filled in
  calculation_logic TEXT NOT NULL,  -- how a person arrived at it
  gone INTEGER NOT NULL,  -- 1: the article no longer has it
  certainty REAL,  -- least of the reader's probabilities, 0 to 1
  exact TEXT,  -- JSON: numbers that a REAL would round, written out
  document INTEGER NOT NULL REFERENCES documents (id),  -- the text that it is read from
  figure INTEGER NOT NULL REFERENCES figures (id),  -- the figure of that text
  created_by TEXT NOT NULL,  -- a name as given
  created_at TEXT NOT NULL,  -- when
  updated_by TEXT NOT NULL,  -- who made this version
  updated_at TEXT NOT NULL  -- when
);

CREATE INDEX entries_day ON entries (day, id);

CREATE INDEX entries_measure ON entries (measure, day, id, state);

CREATE INDEX entries_measure_country ON entries (measure, country, day, id, state);

CREATE INDEX entries_country ON entries (country, day, id, state);

CREATE INDEX entries_claimant ON entries (claimant, day, id, measure, country, state);

CREATE INDEX entries_place ON entries (place, day, id, measure, claimant, state);

CREATE INDEX entries_state ON entries (state, day, id);

CREATE INDEX entries_document ON entries (document);

CREATE TABLE versions (  -- Every step in the life of an entry. [history]
  entry INTEGER NOT NULL REFERENCES entries (id),  -- which entry
  version INTEGER NOT NULL,  -- from 1; each replaces the one before
  figure INTEGER NOT NULL REFERENCES figures (id),  -- the figure that it rests on
  action TEXT NOT NULL,  -- added, carried, changed, gone, back, reviewed, corrected, imported
  changes TEXT NOT NULL,  -- JSON list of [field, before, after]
  changed_by TEXT NOT NULL,  -- a name as given
  changed_at TEXT NOT NULL,  -- when
  why TEXT NOT NULL,  -- the reason given
  PRIMARY KEY (entry, version)
) WITHOUT ROWID;

CREATE INDEX versions_changed_at ON versions (changed_at, entry, version);

CREATE TABLE corrections (  -- A field that a person set right. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  entry INTEGER NOT NULL REFERENCES entries (id),  -- which entry
  version INTEGER NOT NULL,  -- the version that it made
  field TEXT NOT NULL,  -- which field
  old TEXT,  -- what it replaced
  new TEXT,  -- what holds now
  changed_by TEXT NOT NULL,  -- a name as given
  changed_at TEXT NOT NULL,  -- when
  why TEXT NOT NULL  -- the reason given
);

CREATE INDEX corrections_entry ON corrections (entry);

CREATE TABLE reviews (  -- What a reviewer said of an entry or of one of its fields. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  entry INTEGER NOT NULL REFERENCES entries (id),  -- which entry
  version INTEGER NOT NULL,  -- the version that was before the reviewer, or that the review made
  field TEXT NOT NULL,  -- which field; "" for the whole entry
  mark TEXT,  -- right, wrong, note
  state TEXT,  -- the state that the review set
  comment TEXT NOT NULL,  -- in the reviewer's words
  reviewed_by TEXT NOT NULL,  -- a name as given
  reviewed_at TEXT NOT NULL  -- when
);

CREATE INDEX reviews_entry ON reviews (entry);

CREATE INDEX reviews_reviewed_at ON reviews (reviewed_at);

CREATE TABLE relations (  -- How one figure stands to another or to a record. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  document INTEGER NOT NULL REFERENCES documents (id),  -- the text with which it was found
  kind TEXT NOT NULL,  -- agrees, copies, contradicts, ...
  a INTEGER NOT NULL REFERENCES figures (id),  -- one figure
  b INTEGER REFERENCES figures (id),  -- the other figure; NULL where it is a record
  record TEXT,  -- JSON: the record, its speaker and its figure
  reason TEXT NOT NULL,  -- in one line
  tests TEXT NOT NULL  -- JSON list of [test, outcome, why]
);

CREATE INDEX relations_a ON relations (a);

CREATE INDEX relations_b ON relations (b);

CREATE TABLE checks (  -- What the records say of a figure. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  figure INTEGER NOT NULL REFERENCES figures (id),  -- which figure
  word TEXT NOT NULL,  -- the verdict in one word
  sensitive_to TEXT NOT NULL,  -- JSON list of axes
  reasons TEXT NOT NULL,  -- JSON list, in words
  editions TEXT NOT NULL,  -- JSON list of the records consulted
  body TEXT NOT NULL,  -- JSON: evidence and findings
  checked_at TEXT NOT NULL  -- when
);

CREATE INDEX checks_figure ON checks (figure);

CREATE TABLE differences (  -- A figure of a changed article beside what it was. [history]
  document INTEGER NOT NULL REFERENCES documents (id),  -- the new text
  number INTEGER NOT NULL,  -- counts within it, from 0
  what TEXT NOT NULL,  -- added, gone, changed, same
  before INTEGER REFERENCES figures (id),  -- as the old text has it
  after INTEGER REFERENCES figures (id),  -- as the new text has it
  fields TEXT NOT NULL,  -- JSON list of the values that differ
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE claimants (  -- Names of those who say figures, for finding them whatever the case of the letters.
  name TEXT PRIMARY KEY,  -- as entries have it
  folded TEXT NOT NULL  -- in small letters
) WITHOUT ROWID;

CREATE INDEX claimants_folded ON claimants (folded);

CREATE TABLE places (  -- Names of places, for finding them by any of their parts.
  name TEXT NOT NULL,  -- as entries have it
  folded TEXT NOT NULL,  -- a part of it in small letters, or the first-level division that it lies in
  PRIMARY KEY (folded, name)
) WITHOUT ROWID;

CREATE VIEW latest AS  -- Each entry with its article, as people read it.
  SELECT e.key AS entry, e.day, e.measure, f.quote, e.low, e.high, e.unit, e.claimant, e.place, e.country,
    e.first_day, e.last_day, e.term, e.population, e.excerpt, e.modality, e.role, e.state, e.verdict, e.version,
    d.title, d.outlet, d.published, d.url
  FROM entries AS e JOIN figures AS f ON f.id = e.figure JOIN documents AS d ON d.id = e.document
  WHERE e.gone = 0;

CREATE VIEW claimant_table AS  -- Who says how many figures of what, over which days.
  SELECT claimant, measure, country, COUNT(*) AS figures, MIN(day) AS first_day, MAX(day) AS last_day,
    MIN(low) AS least, MAX(high) AS most
  FROM entries WHERE gone = 0 GROUP BY claimant, measure, country;

CREATE VIEW timeline AS  -- What each claimant says of one measure in one country, day by day.
  SELECT e.measure, e.country, e.place, e.day, e.claimant, e.low, e.high, e.unit, f.quote, e.tally, e.modality,
    e.key AS entry, d.outlet, d.title
  FROM entries AS e JOIN figures AS f ON f.id = e.figure JOIN documents AS d ON d.id = e.document
  WHERE e.gone = 0;

CREATE VIEW changes AS  -- Every change, with who made it, when and why.
  SELECT v.changed_at, v.changed_by, v.action, e.key AS entry, v.version, v.changes, v.why
  FROM versions AS v JOIN entries AS e ON e.id = v.entry;
