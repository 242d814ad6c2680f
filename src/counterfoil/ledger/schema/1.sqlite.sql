-- Full-text search over entries, kept by triggers. The index holds no text of its own.

CREATE VIRTUAL TABLE entries_fts USING fts5 (
  excerpt, claimant, place,
  content="entries", content_rowid="id", columnsize=0, tokenize="unicode61 remove_diacritics 2"
);

INSERT INTO entries_fts (entries_fts, rank) VALUES ('hashsize', 33554432);

CREATE TRIGGER entries_fts_insert AFTER INSERT ON entries BEGIN
  INSERT INTO entries_fts (rowid, excerpt, claimant, place)
  VALUES (new.id, new.excerpt, new.claimant, new.place);
END;

CREATE TRIGGER entries_fts_update AFTER UPDATE OF excerpt, claimant, place ON entries BEGIN
  INSERT INTO entries_fts (entries_fts, rowid, excerpt, claimant, place)
  VALUES ('delete', old.id, old.excerpt, old.claimant, old.place);
  INSERT INTO entries_fts (rowid, excerpt, claimant, place)
  VALUES (new.id, new.excerpt, new.claimant, new.place);
END;

CREATE TRIGGER entries_never_deleted BEFORE DELETE ON entries BEGIN
  SELECT RAISE (ABORT, 'an entry is never deleted: mark it as gone');
END;
