DROP INDEX "audit_events_action";--> statement-breakpoint
ALTER TABLE "audit_events" DROP COLUMN "action";--> statement-breakpoint
-- finish_acts with fewer passes: the heads of the chains are locked by the statement that appends. The caller
-- tells the place of each event among those of its chain in this call (`turns`, from 1).
-- The function of before stays: processes of the version before call it until all of them are replaced.
CREATE FUNCTION finish_acts(
  touched uuid[], chains text[], turns integer[], bodies text[],
  keys text[], answers text[], answered_at timestamptz[])
RETURNS SETOF text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  appended text[];
  events integer := 0;
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
  -- The first event of each chain, then the second of those that have one, and so on.
  <<appending>>
  FOR turn IN 1 .. coalesce((SELECT max(t) FROM unnest(turns) AS t), 0) LOOP
    appended := '{}';
    -- A chain that begins here has its head in the second pass at the latest, whoever makes it.
    FOR pass IN 1 .. 2 LOOP
      WITH next AS MATERIALIZED (
        SELECT h.chain, h.seq + 1 AS seq, h.hash AS prev_hash, e.body,
          encode(sha256(convert_to(
            h.chain || E'\n' || h.seq + 1 || E'\n' || h.hash || E'\n' || e.body, 'UTF8')), 'hex') AS hash
        FROM unnest(chains, turns, bodies) AS e(chain, turn, body) JOIN audit_heads h ON h.chain = e.chain
        WHERE e.turn = appending.turn AND e.chain <> ALL(appended)
        ORDER BY h.chain FOR UPDATE OF h
      ), moved AS (
        UPDATE audit_heads h SET seq = next.seq, hash = next.hash FROM next WHERE h.chain = next.chain
      ), written AS (
        INSERT INTO audit_events (chain, seq, body, prev_hash, hash)
          SELECT chain, seq, body, prev_hash, hash FROM next
        RETURNING chain
      )
      SELECT appended || coalesce(array_agg(chain), '{}') INTO appended FROM written;
      EXIT WHEN cardinality(appended) = (SELECT count(*) FROM unnest(turns) AS t WHERE t = appending.turn);
      INSERT INTO audit_heads (chain, seq, hash)
        SELECT e.chain, 0, repeat('0', 64) FROM unnest(chains, turns) AS e(chain, turn)
        WHERE e.turn = appending.turn AND e.chain <> ALL(appended) ORDER BY e.chain
        ON CONFLICT DO NOTHING;
    END LOOP;
    events := events + cardinality(appended);
  END LOOP;
  IF events <> cardinality(chains) THEN
    RAISE EXCEPTION 'finish_acts: % of % events have a chain and a turn', events, cardinality(chains);
  END IF;
END
$$;
