-- Full-text search over entries, kept by the server.

CREATE INDEX entries_search ON entries USING gin (
  to_tsvector('simple', excerpt || ' ' || claimant || ' ' || place)
);

CREATE FUNCTION ledger_keeps() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger keeps its history: % of % is refused', TG_OP, TG_TABLE_NAME; END $$;

CREATE TRIGGER entries_never_deleted BEFORE DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps();
