-- A ledger of schema 2, as it was written. Opened by tests/ledger/test_migrations.py; never edited.
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
BEGIN;
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
CREATE VIRTUAL TABLE entries_fts USING fts5 (
  excerpt, claimant, place,
  content="entries", content_rowid="id", columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER entries_fts_insert AFTER INSERT ON entries BEGIN
  INSERT INTO entries_fts (rowid, excerpt, claimant, place)
  VALUES (new.id, new.excerpt, new.claimant, new.place);
END;
CREATE TABLE decisions (  -- What a person decided on a relation. The latest on a pair holds. [history]
  id INTEGER PRIMARY KEY,  -- counts up
  relation INTEGER NOT NULL REFERENCES relations (id),  -- the relation that was before the person
  a INTEGER NOT NULL REFERENCES entries (id),  -- one side
  b INTEGER REFERENCES entries (id),  -- the other side; NULL where it is a record
  kind TEXT NOT NULL,  -- the relation that was accepted or rejected
  choice TEXT NOT NULL,  -- accepted, rejected
  decided_by TEXT NOT NULL,  -- a name as given
  decided_at TEXT NOT NULL,  -- when
  why TEXT NOT NULL  -- the reason given
);
CREATE INDEX decisions_relation ON decisions (relation);
CREATE INDEX decisions_a ON decisions (a);
CREATE INDEX decisions_decided_at ON decisions (decided_at);
CREATE INDEX entries_origin_country ON entries (origin_country, day, id) WHERE origin_country <> '';
CREATE INDEX entries_destination_country ON entries (destination_country, day, id) WHERE destination_country <> '';
CREATE INDEX entries_origin ON entries (origin, day, id) WHERE origin <> '';
CREATE INDEX entries_destination ON entries (destination, day, id) WHERE destination <> '';
INSERT INTO entries_fts (entries_fts, rank) VALUES ('hashsize', 33554432);
INSERT INTO documents VALUES (1,'https://news.example/flood',1,NULL,'54e876d34def4a9cbe0321c10e93141af4ec78dcb3249c75de247fe25680a13c',NULL,'','https://news.example/flood',NULL,NULL,NULL,'2024-06-12','dateline','12 June 2024',NULL,'text/plain','rules@1','0.1.0','["pakistan_afghanistan.csv sha256:fa708e2f9668b4d3ee883df6a3c9ae83bbea4c48b849ca8404b84a2eca3a30ae"]','[]',X'789C458F414EC3400C45AFF2776CA2A8847080111B442B2191133819A71934F144F684A8BB1EA227E4244C40C0D2F2FBFECF47D775EEE42A74AB27A970DFE065154673685A7C5E6F701991C9321EDA03469A430C6C98E883D1330B7CB025D2C01EFD05634CC9073923088E644691FE2E5B9081CB209E2E15F2C4B04C99EF0CCAE5E68821CD73300B49582B3C9390E0D5E63D9B53F4055B926656ABD1ED690A7ED75D382D918B9187D7B44931F96FAFE130AE5ADA14EDE32FBBB17281DE572DF036952F08BD067F668C1CE38FDD5BD93D29DBC092BFCBEA2FC42E6726','ann','2024-06-13T08:00:00Z','');
INSERT INTO statements VALUES (1,0,NULL,'Hanan Osman','person','indirect','speech','{"source":[151,162,"Hanan Osman"],"cue":[164,168,"told"],"content":[[31,116,"At least 340 families have been displaced by flooding in Kassala, Sudan, since Sunday"]],"form":"indirect","act":"speech","speaker":{"name":"Hanan Osman","kind":"person","by":"speakers@1"}}');
INSERT INTO statements VALUES (1,1,NULL,'Hanan Osman','person','indirect','speech','{"source":[180,183,"She"],"cue":[184,188,"said"],"content":[[189,221,"12 people had drowned in Kassala"]],"form":"indirect","act":"speech","speaker":{"name":"Hanan Osman","kind":"person","by":"speakers@1","reason":"the only person just before"}}');
INSERT INTO statements VALUES (1,2,NULL,'Red Crescent','body','indirect','speech','{"source":[276,292,"the Red Crescent"],"cue":[293,297,"said"],"content":[[223,274,"A further 45 people were injured when a bridge fell"]],"form":"indirect","act":"speech","speaker":{"name":"Red Crescent","kind":"body","by":"speakers@1"}}');
INSERT INTO figures VALUES (1,1,0,1,'340',' Sudan, 12 June 2024 — At least ',' families have been displaced by',40,43,0,'{"number":[{"low":"340","high":null,"unit":"household","hedge":"at least","said_low":"340","said_high":null,"grain":"1","coarsest":"1E+1"},[40,43,"340"],"numbers.plain@1"],"kind":"flow","hedge":[31,39,"At least"],"what":[44,52,"families"],"event":[53,72,"have been displaced"],"measure":[{"code":"displaced","term":"displaced"},[63,72,"displaced"],"measures.event@1"],"period":[{"first":"2024-06-09","last":"2024-06-12","precision":"day","reason":"the nearest of that name not after publication","open_end":true},[104,116,"since Sunday"],"periods.since@1"],"place":[{"name":"Kassala, Sudan","country":"SDN","admin1":"Kassala","level":"city","latitude":15.45,"longitude":36.4,"reason":"one of 2 of that name; by far the best known"},[88,102,"Kassala, Sudan"],"places.gazetteer@1"],"statement":0,"as_of":"2024-06-12","scene":[{"name":"Sudan","country":"SDN","level":"country","latitude":14.34,"longitude":31.3,"reason":"most places that the article names lie there"},[0,14,"KASSALA, Sudan"],"figures.scene@1"],"tally":["cumulative",[104,109,"since"],"measures.tally@1"],"cause":["disaster",[76,84,"flooding"],"measures.cause@1"]}');
INSERT INTO figures VALUES (2,1,1,2,'12','Osman, told reporters. She said ',' people had drowned in Kassala. ',189,191,1,'{"number":[{"low":"12","high":"12","unit":"person","hedge":"exact","said_low":"12","said_high":"12","grain":"1","coarsest":"1"},[189,191,"12"],"numbers.plain@1"],"kind":"flow","what":[192,198,"people"],"event":[199,210,"had drowned"],"measure":[{"code":"killed","term":"drowned"},[203,210,"drowned"],"measures.event@1"],"period":[{"first":"2024-06-09","last":"2024-06-12","precision":"day","reason":"the nearest of that name not after publication","open_end":true},[104,116,"since Sunday"],"periods.since@1"],"place":[{"name":"Kassala, Sudan","country":"SDN","admin1":"Kassala","level":"city","latitude":15.45,"longitude":36.4,"reason":"one of 2 of that name; by far the best known"},[214,221,"Kassala"],"places.gazetteer@1"],"statement":1,"as_of":"2024-06-12","scene":[{"name":"Sudan","country":"SDN","level":"country","latitude":14.34,"longitude":31.3,"reason":"most places that the article names lie there"},[0,14,"KASSALA, Sudan"],"figures.scene@1"],"carried":["period"]}');
INSERT INTO figures VALUES (3,1,2,3,'45','d drowned in Kassala. A further ',' people were injured when a brid',233,235,2,'{"number":[{"low":"45","high":"45","unit":"person","hedge":"exact","said_low":"45","said_high":"45","grain":"1","coarsest":"1"},[233,235,"45"],"numbers.plain@1"],"kind":"flow","what":[236,242,"people"],"event":[243,255,"were injured"],"measure":[{"code":"injured","term":"injured"},[248,255,"injured"],"measures.event@1"],"place":[{"name":"Kassala, Sudan","country":"SDN","admin1":"Kassala","level":"city","latitude":15.45,"longitude":36.4,"reason":"one of 2 of that name; by far the best known"},[214,221,"Kassala"],"places.gazetteer@1"],"statement":2,"as_of":"2024-06-12","scene":[{"name":"Sudan","country":"SDN","level":"country","latitude":14.34,"longitude":31.3,"reason":"most places that the article names lie there"},[0,14,"KASSALA, Sudan"],"figures.scene@1"],"carried":["place"],"tally":["increment",[223,232,"A further"],"measures.tally@1"]}');
INSERT INTO entries VALUES (1,'318ec2e262eb-40',1,'2024-06-12','displaced',340,NULL,'household','at least','Hanan Osman','Kassala, Sudan','SDN','2024-06-09','2024-06-12','2024-06-12','displaced','','KASSALA, Sudan, 12 June 2024 — At least 340 families have been displaced by flooding in Kassala, Sudan, since Sunday, the state''s relief commissioner, Hanan Osman, told reporters.','triangulation','not-started','public','not-checkable','flow',NULL,340,NULL,'cumulative','observed','disaster','have been displaced','day',NULL,NULL,'place','Kassala','city',15.45,36.4,'','','','','person','indirect',NULL,'',0,NULL,NULL,1,1,'ann','2024-06-13T08:00:00Z','ann','2024-06-13T08:00:00Z');
INSERT INTO entries VALUES (2,'318ec2e262eb-189',2,'2024-06-12','killed',12,12,'person','exact','Hanan Osman','Kassala, Sudan','SDN','2024-06-09','2024-06-12','2024-06-12','drowned','','She said 12 people had drowned in Kassala.','triangulation','approved','public','not-checkable','flow',NULL,12,12,NULL,'observed',NULL,'had drowned','day',NULL,NULL,'place','Kassala','city',15.45,36.4,'','','','','person','indirect',NULL,'',0,NULL,NULL,1,2,'ann','2024-06-13T08:00:00Z','bob','2024-06-14T09:00:00Z');
INSERT INTO entries VALUES (3,'318ec2e262eb-233',1,'2024-06-12','injured',45,45,'person','exact','Red Crescent','Kassala, Sudan','SDN',NULL,NULL,'2024-06-12','injured','','A further 45 people were injured when a bridge fell, the Red Crescent said.','triangulation','not-started','public','not-checkable','flow',NULL,45,45,'increment','observed',NULL,'were injured','unknown',NULL,NULL,'place','Kassala','city',15.45,36.4,'','','','','body','indirect',NULL,'',0,NULL,NULL,1,3,'ann','2024-06-13T08:00:00Z','ann','2024-06-13T08:00:00Z');
INSERT INTO versions VALUES (1,1,1,'added','[]','ann','2024-06-13T08:00:00Z','');
INSERT INTO versions VALUES (2,1,2,'added','[]','ann','2024-06-13T08:00:00Z','');
INSERT INTO versions VALUES (2,2,2,'reviewed','[["state","not-started","approved"]]','bob','2024-06-14T09:00:00Z','read again');
INSERT INTO versions VALUES (3,1,3,'added','[]','ann','2024-06-13T08:00:00Z','');
INSERT INTO reviews VALUES (1,2,2,'',NULL,'approved','checked against the ministry''s list','bob','2024-06-14T09:00:00Z');
INSERT INTO checks VALUES (1,1,'not-checkable','[]','["no reference figure counts displaced"]','["pakistan_afghanistan.csv sha256:fa708e2f9668b4d3ee883df6a3c9ae83bbea4c48b849ca8404b84a2eca3a30ae"]','{"evidence":[]}','2024-06-13T08:00:00Z');
INSERT INTO checks VALUES (2,2,'not-checkable','[]','["no comparable reference figure: the nearest, by PIPS (\u201ckilled in attacks\u201d), differs in place: Kassala, Sudan and Pakistan are different countries"]','["pakistan_afghanistan.csv sha256:fa708e2f9668b4d3ee883df6a3c9ae83bbea4c48b849ca8404b84a2eca3a30ae"]','{"evidence":[]}','2024-06-13T08:00:00Z');
INSERT INTO checks VALUES (3,3,'not-checkable','[]','["no reference figure counts injured"]','["pakistan_afghanistan.csv sha256:fa708e2f9668b4d3ee883df6a3c9ae83bbea4c48b849ca8404b84a2eca3a30ae"]','{"evidence":[]}','2024-06-13T08:00:00Z');
INSERT INTO claimants VALUES ('Hanan Osman','hanan osman');
INSERT INTO claimants VALUES ('Red Crescent','red crescent');
INSERT INTO places VALUES ('Kassala, Sudan','kassala');
INSERT INTO places VALUES ('Kassala, Sudan','kassala, sudan');
INSERT INTO places VALUES ('Kassala, Sudan','sudan');
CREATE TRIGGER entries_fts_update AFTER UPDATE OF excerpt, claimant, place ON entries BEGIN
  INSERT INTO entries_fts (entries_fts, rowid, excerpt, claimant, place)
  VALUES ('delete', old.id, old.excerpt, old.claimant, old.place);
  INSERT INTO entries_fts (rowid, excerpt, claimant, place)
  VALUES (new.id, new.excerpt, new.claimant, new.place);
END;
CREATE TRIGGER entries_never_deleted BEFORE DELETE ON entries BEGIN
  SELECT RAISE (ABORT, 'an entry is never deleted: mark it as gone');
END;
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of documents is refused'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of documents is refused'); END;
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of statements is refused'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of statements is refused'); END;
CREATE TRIGGER figures_no_update BEFORE UPDATE ON figures BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of figures is refused'); END;
CREATE TRIGGER figures_no_delete BEFORE DELETE ON figures BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of figures is refused'); END;
CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of versions is refused'); END;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of versions is refused'); END;
CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of corrections is refused'); END;
CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of corrections is refused'); END;
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of reviews is refused'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of reviews is refused'); END;
CREATE TRIGGER relations_no_update BEFORE UPDATE ON relations BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of relations is refused'); END;
CREATE TRIGGER relations_no_delete BEFORE DELETE ON relations BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of relations is refused'); END;
CREATE TRIGGER checks_no_update BEFORE UPDATE ON checks BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of checks is refused'); END;
CREATE TRIGGER checks_no_delete BEFORE DELETE ON checks BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of checks is refused'); END;
CREATE TRIGGER differences_no_update BEFORE UPDATE ON differences BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of differences is refused'); END;
CREATE TRIGGER differences_no_delete BEFORE DELETE ON differences BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of differences is refused'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: update of decisions is refused'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'the ledger keeps its history: delete of decisions is refused'); END;
PRAGMA application_id = 1131378030;
PRAGMA user_version = 2;
COMMIT;
