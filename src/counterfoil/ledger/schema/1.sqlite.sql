-- Full-text search over entries, kept by triggers. The index holds no text of its own.

CREATE VIRTUAL TABLE entries_fts USING fts5 (
  excerpt, term, population, claimant, place, event,
  content="entries", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);

CREATE TRIGGER entries_fts_insert AFTER INSERT ON entries BEGIN
  INSERT INTO entries_fts (rowid, excerpt, term, population, claimant, place, event)
  VALUES (new.id, new.excerpt, new.term, new.population, new.claimant, new.place, new.event);
END;

CREATE TRIGGER entries_fts_update AFTER UPDATE OF excerpt, term, population, claimant, place, event ON entries BEGIN
  INSERT INTO entries_fts (entries_fts, rowid, excerpt, term, population, claimant, place, event)
  VALUES ('delete', old.id, old.excerpt, old.term, old.population, old.claimant, old.place, old.event);
  INSERT INTO entries_fts (rowid, excerpt, term, population, claimant, place, event)
  VALUES (new.id, new.excerpt, new.term, new.population, new.claimant, new.place, new.event);
END;

CREATE TRIGGER entries_never_deleted BEFORE DELETE ON entries BEGIN
  SELECT RAISE (ABORT, 'an entry is never deleted: mark it as gone');
END;
