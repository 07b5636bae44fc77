-- People are rows of their own, with an identity for each platform. So far there was one platform, and its ids
-- stood for people.
DROP TRIGGER "releases_definition" ON "releases";--> statement-breakpoint
DROP TRIGGER "release_people_inserted" ON "release_people";--> statement-breakpoint
DROP TRIGGER "release_people_updated" ON "release_people";--> statement-breakpoint
DROP TRIGGER "release_people_deleted" ON "release_people";--> statement-breakpoint
DROP TRIGGER "release_channels_inserted" ON "release_channels";--> statement-breakpoint
DROP TRIGGER "release_channels_updated" ON "release_channels";--> statement-breakpoint
DROP TRIGGER "release_channels_deleted" ON "release_channels";--> statement-breakpoint
DROP FUNCTION renew_own_definition();--> statement-breakpoint
DROP FUNCTION renew_definitions();--> statement-breakpoint
ALTER TABLE "releases" DROP COLUMN "definition";--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"platform" text NOT NULL,
	"platform_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"email" text,
	CONSTRAINT "identities_platform_platform_id_pk" PRIMARY KEY("platform","platform_id")
);
--> statement-breakpoint
-- Everybody who holds a role, has voted or has opened their home, with the address that the latest plan gives.
INSERT INTO "identities" ("platform", "platform_id", "person_id", "email")
  SELECT 'slack', known.platform_id, gen_random_uuid(), latest.email FROM (
    SELECT person_id AS platform_id FROM "release_people"
    UNION SELECT person_id FROM "votes"
    UNION SELECT subject_id FROM "cards" WHERE kind = 'home'
  ) AS known LEFT JOIN (
    SELECT DISTINCT ON (p.person_id) p.person_id, lower(p.email) AS email
    FROM "release_people" p JOIN "releases" r ON r.id = p.release_id ORDER BY p.person_id, r.created_at DESC
  ) AS latest ON latest.person_id = known.platform_id;--> statement-breakpoint
INSERT INTO "persons" ("id", "name")
  SELECT i.person_id, coalesce(
    (SELECT p.name FROM "release_people" p JOIN "releases" r ON r.id = p.release_id
      WHERE p.person_id = i.platform_id ORDER BY r.created_at DESC LIMIT 1),
    (SELECT v.person_name FROM "votes" v WHERE v.person_id = i.platform_id ORDER BY v.voted_at DESC LIMIT 1),
    i.platform_id)
  FROM "identities" i;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "identities_person" ON "identities" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "identities_email" ON "identities" USING btree ("email");--> statement-breakpoint
ALTER TABLE "release_people" DROP CONSTRAINT "release_people_release_id_role_position_pk";--> statement-breakpoint
UPDATE "release_people" SET "person_id" = i.person_id::text FROM "identities" i WHERE i.platform_id = "release_people".person_id;--> statement-breakpoint
ALTER TABLE "release_people" ALTER COLUMN "person_id" SET DATA TYPE uuid USING "person_id"::uuid;--> statement-breakpoint
ALTER TABLE "release_people" ADD CONSTRAINT "release_people_release_id_role_position_person_id_pk" PRIMARY KEY("release_id","role","position","person_id");--> statement-breakpoint
ALTER TABLE "release_people" ADD CONSTRAINT "release_people_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "votes" SET "person_id" = i.person_id::text FROM "identities" i WHERE i.platform_id = "votes".person_id;--> statement-breakpoint
ALTER TABLE "votes" ALTER COLUMN "person_id" SET DATA TYPE uuid USING "person_id"::uuid;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "cards" SET "subject_id" = i.person_id::text FROM "identities" i WHERE "cards".kind = 'home' AND i.platform_id = "cards".subject_id;--> statement-breakpoint
DROP FUNCTION finish_act(text[], text[], text, timestamptz, text);--> statement-breakpoint
DROP FUNCTION finish_acts(uuid[], text[], text[], text[], text[], timestamptz[]);--> statement-breakpoint
DROP FUNCTION finish_acts(uuid[], text[], integer[], text[], text[], text[], timestamptz[]);--> statement-breakpoint
-- Appends events to their chains, in the order given: bodies[n] to chains[n]. The head of a chain stays locked
-- until the transaction ends; heads are locked in one order, so that two requests can't deadlock.
CREATE FUNCTION append_audit_events(chains text[], bodies text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text;
  head audit_heads;
  next_body text;
  next_hash text;
BEGIN
  FOR name IN SELECT DISTINCT c FROM unnest(chains) AS c ORDER BY c LOOP
    SELECT * INTO head FROM audit_heads WHERE chain = name FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO audit_heads (chain, seq, hash) VALUES (name, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
      SELECT * INTO head FROM audit_heads WHERE chain = name FOR UPDATE;
    END IF;
    FOR next_body IN
      SELECT e.body FROM unnest(chains, bodies) WITH ORDINALITY AS e(chain, body, place)
      WHERE e.chain = name ORDER BY e.place
    LOOP
      head.seq := head.seq + 1;
      next_hash := encode(sha256(convert_to(
        name || E'\n' || head.seq || E'\n' || head.hash || E'\n' || next_body, 'UTF8')), 'hex');
      INSERT INTO audit_events (chain, seq, body, prev_hash, hash)
        VALUES (name, head.seq, next_body, head.hash, next_hash);
      head.hash := next_hash;
    END LOOP;
    UPDATE audit_heads SET seq = head.seq, hash = head.hash WHERE chain = name;
  END LOOP;
END
$$;
