-- Version 2: what people decide on relations, and movements found by where they come from and go to.

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
