-- Within a trigger the index of words writes what it holds for every row, six times the work: who adds entries adds
-- their words as well, in one statement (recording.py).

DROP TRIGGER entries_fts_insert;
