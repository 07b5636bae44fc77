ALTER TABLE "audit_events" ADD COLUMN "redaction" text;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "redacted_at" timestamp (3) with time zone;--> statement-breakpoint
-- An event can be redacted: its place and its hash stay, what is left is signed anew, and its own signature goes, since
-- it would tell whether a guess at what was removed is right.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' THEN
    IF (NEW.chain, NEW.seq, NEW.prev_hash, NEW.hash) = (OLD.chain, OLD.seq, OLD.prev_hash, OLD.hash)
      AND NEW.signature IS NULL AND NEW.redaction IS NOT NULL THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_events is append-only';
END
$$;
--> statement-breakpoint
-- Puts what is left in the place of events: bodies[n], signed with redactions[n], of event seqs[n] of chains[n]. With
-- the rights of the owner, as what appends.
CREATE FUNCTION redact_audit_events(chains text[], seqs bigint[], bodies text[], redactions text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE audit_events SET body = r.body, redaction = r.redaction, signature = NULL
  FROM unnest(chains, seqs, bodies, redactions) AS r(chain, seq, body, redaction)
  WHERE audit_events.chain = r.chain AND audit_events.seq = r.seq;
$$;
--> statement-breakpoint
-- What is append-only changes by a redaction, and by nothing else. The setting keeps mistakes away; whoever sets it to
-- change a row is found out by the trail.
CREATE OR REPLACE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('tminus.redacting', true) = 'on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'evidence is append-only';
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_decision_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('tminus.redacting', true) = 'on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
