CREATE TABLE "audit_checkpoints" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"signature" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "signature" text;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "sealed_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_heads_grown" ON "audit_heads" USING btree ("chain") WHERE "audit_heads"."seq" <> "audit_heads"."sealed_seq";--> statement-breakpoint
CREATE FUNCTION refuse_checkpoint_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_checkpoints is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE ON audit_checkpoints
  FOR EACH ROW EXECUTE FUNCTION refuse_checkpoint_change();
--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_checkpoint_change();
--> statement-breakpoint
-- A process of the version before would append without a signature, which from now on only a forger does: its requests
-- fail, and are repeated by one of this version.
DROP FUNCTION append_audit_events(text[], text[]);
--> statement-breakpoint
-- Appends events with their signatures to their chains, in the order given: bodies[n], signed with signatures[n], to
-- chains[n]. The head of a chain stays locked until the transaction ends; heads are locked in one order, so that two
-- requests can't deadlock. Whoever may call it appends with the rights of the owner, so that the bot's own role needs
-- none to change events. The search path is fixed, so that the caller can't put tables of their own in the way.
CREATE FUNCTION append_audit_events(chains text[], bodies text[], signatures text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  name text;
  head audit_heads;
  next record;
  next_hash text;
BEGIN
  FOR name IN SELECT DISTINCT c FROM unnest(chains) AS c ORDER BY c LOOP
    SELECT * INTO head FROM audit_heads WHERE chain = name FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO audit_heads (chain, seq, hash) VALUES (name, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
      SELECT * INTO head FROM audit_heads WHERE chain = name FOR UPDATE;
    END IF;
    FOR next IN
      SELECT e.body, e.signature
      FROM unnest(chains, bodies, signatures) WITH ORDINALITY AS e(chain, body, signature, place)
      WHERE e.chain = name ORDER BY e.place
    LOOP
      head.seq := head.seq + 1;
      next_hash := encode(sha256(convert_to(
        name || E'\n' || head.seq || E'\n' || head.hash || E'\n' || next.body || E'\n' || next.signature, 'UTF8')), 'hex');
      INSERT INTO audit_events (chain, seq, body, prev_hash, hash, signature)
        VALUES (name, head.seq, next.body, head.hash, next_hash, next.signature);
      head.hash := next_hash;
    END LOOP;
    UPDATE audit_heads SET seq = head.seq, hash = head.hash WHERE chain = name;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Appends a checkpoint and notes of each chain how far it reaches: chains[n] to seqs[n]. It fails when there is one
-- with its number. Heads are locked in the order in which events lock them. Rights as above.
CREATE FUNCTION append_audit_checkpoint(
  number bigint, body text, signature text, hash text, chains text[], seqs bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  sealed record;
BEGIN
  INSERT INTO audit_checkpoints VALUES (number, body, signature, hash);
  FOR sealed IN SELECT c.chain, c.seq FROM unnest(chains, seqs) AS c(chain, seq) ORDER BY c.chain LOOP
    UPDATE audit_heads SET sealed_seq = sealed.seq WHERE audit_heads.chain = sealed.chain;
  END LOOP;
END
$$;
