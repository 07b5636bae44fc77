-- What acts leave behind besides their rows, all in one round trip with COMMIT: refreshes the cards of the
-- releases they touched and the homes of those releases' people, appends audit events to their chains, and
-- stores the acts' answers. Returns the destinations of the cards.
-- Homes are shared between releases and chains between acts: both are locked in one order.
-- Raises unique_violation on inbox_pkey when an act's key was taken before.
-- finish_act stays: processes of the version before call it until all of them are replaced.
CREATE FUNCTION finish_acts(
  touched uuid[], chains text[], bodies text[], keys text[], answers text[], answered_at timestamptz[])
RETURNS SETOF text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  known integer;
BEGIN
  IF cardinality(keys) > 0 THEN
    INSERT INTO inbox (key, received_at, answer)
      SELECT a.key, a.received_at, a.answer FROM unnest(keys, answered_at, answers) AS a(key, received_at, answer);
  END IF;
  IF cardinality(touched) > 0 THEN
    RETURN QUERY
      WITH locked AS (
        SELECT c.id FROM cards c WHERE c.id IN (
          SELECT id FROM cards WHERE release_id = ANY(touched)
          UNION ALL SELECT id FROM cards WHERE kind = 'home'
            AND subject_id IN (SELECT person_id FROM release_people WHERE release_id = ANY(touched)))
        ORDER BY c.id FOR UPDATE
      )
      UPDATE cards SET revision = revision + 1 FROM locked WHERE cards.id = locked.id
      RETURNING cards.destination;
  END IF;
  IF cardinality(chains) = 0 THEN
    RETURN;
  END IF;
  PERFORM FROM audit_heads WHERE chain = ANY(chains) ORDER BY chain FOR UPDATE;
  GET DIAGNOSTICS known = ROW_COUNT;
  IF known < (SELECT count(DISTINCT chain) FROM unnest(chains) AS c(chain)) THEN
    INSERT INTO audit_heads (chain, seq, hash)
      SELECT DISTINCT chain, 0, repeat('0', 64) FROM unnest(chains) AS c(chain) ORDER BY chain
      ON CONFLICT DO NOTHING;
    PERFORM FROM audit_heads WHERE chain = ANY(chains) ORDER BY chain FOR UPDATE;
  END IF;
  -- The first event of each chain, then the second of those that have one, and so on.
  <<turns>>
  FOR turn IN 1 .. (SELECT max(n) FROM (SELECT count(*) AS n FROM unnest(chains) AS c(chain) GROUP BY chain) AS sizes)
  LOOP
    WITH next AS (
      SELECT h.chain, h.seq + 1 AS seq, h.hash AS prev_hash, e.body,
        encode(sha256(convert_to(
          h.chain || E'\n' || h.seq + 1 || E'\n' || h.hash || E'\n' || e.body, 'UTF8')), 'hex') AS hash
      FROM (
        SELECT u.chain, u.body, row_number() OVER (PARTITION BY u.chain ORDER BY u.position) AS turn
        FROM unnest(chains, bodies) WITH ORDINALITY AS u(chain, body, position)
      ) AS e JOIN audit_heads h ON h.chain = e.chain
      WHERE e.turn = turns.turn
    ), moved AS (
      UPDATE audit_heads h SET seq = next.seq, hash = next.hash FROM next WHERE h.chain = next.chain
    )
    INSERT INTO audit_events (chain, seq, body, prev_hash, hash)
      SELECT chain, seq, body, prev_hash, hash FROM next;
  END LOOP;
END
$$;
