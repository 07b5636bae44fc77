-- Appends audit events to their chains and stores an act's answer, all in one round trip.
-- Raises unique_violation on inbox_pkey when the act's key was taken before.
CREATE FUNCTION finish_act(chains text[], bodies text[], inbox_key text, inbox_at timestamptz, inbox_answer text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  i integer;
  head record;
  new_seq bigint;
  new_hash text;
BEGIN
  IF inbox_key IS NOT NULL THEN
    INSERT INTO inbox (key, received_at, answer) VALUES (inbox_key, inbox_at, inbox_answer);
  END IF;
  FOR i IN 1 .. coalesce(array_length(chains, 1), 0) LOOP
    SELECT seq, hash INTO head FROM audit_heads WHERE chain = chains[i] FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO audit_heads (chain, seq, hash) VALUES (chains[i], 0, repeat('0', 64))
        ON CONFLICT DO NOTHING;
      SELECT seq, hash INTO head FROM audit_heads WHERE chain = chains[i] FOR UPDATE;
    END IF;
    new_seq := head.seq + 1;
    new_hash := encode(
      sha256(convert_to(chains[i] || E'\n' || new_seq || E'\n' || head.hash || E'\n' || bodies[i], 'UTF8')), 'hex');
    INSERT INTO audit_events (chain, seq, body, prev_hash, hash)
      VALUES (chains[i], new_seq, bodies[i], head.hash, new_hash);
    UPDATE audit_heads SET seq = new_seq, hash = new_hash WHERE chain = chains[i];
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_events is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
