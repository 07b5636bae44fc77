DROP INDEX "requests_one_open";--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "release_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "topic" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "requests_release" ON "requests" USING btree ("release_id");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_open" ON "requests" USING btree (coalesce("release_id"::text, ''),"act","topic") WHERE "requests"."state" = 'open';--> statement-breakpoint
-- Late changes become requests like all others. Those that wait get three days from now.
INSERT INTO "requests" ("id", "release_id", "act", "topic", "input", "words", "person_id", "person_name", "platform",
  "platform_id", "state", "requested_at", "expires_at", "decided_by_name", "decided_at", "reason")
SELECT c."id", c."release_id", 'change.request', c."kind" || ' ' || c."list" || ' ' || c."entry",
  jsonb_build_object('kind', c."kind", 'list', c."list", 'entry', c."entry", 'reason', c."reason"),
  CASE c."kind" WHEN 'add' THEN 'add the ' ELSE 'take out the ' END || CASE c."list"
    WHEN 'features' THEN 'feature' WHEN 'fixes' THEN 'fix' WHEN 'performance' THEN 'performance improvement'
    WHEN 'security' THEN 'security fix' ELSE 'piece of technical debt' END || ' “' || c."entry" || '” after code freeze',
  c."requested_by_id", c."requested_by_name", coalesce(i."platform", 'unknown'), coalesce(i."platform_id", ''),
  c."state", c."requested_at",
  CASE c."state" WHEN 'open' THEN greatest(now(), c."requested_at") + interval '3 days' ELSE c."decided_at" END,
  c."decided_by_name", c."decided_at", c."refusal"
FROM "change_requests" c
LEFT JOIN LATERAL (
  SELECT "platform", "platform_id" FROM "identities" WHERE "person_id" = c."requested_by_id"
  ORDER BY "is_preferred" DESC, "platform", "platform_id" LIMIT 1
) i ON true;--> statement-breakpoint
INSERT INTO "timers" ("id", "release_id", "kind", "subject_id", "due_at", "state")
SELECT gen_random_uuid(), r."release_id", 'request-expire', r."id"::text, r."expires_at",
  CASE WHEN releases."paused_at" IS NULL THEN 'pending' ELSE 'held' END
FROM "requests" r JOIN "releases" ON releases."id" = r."release_id"
WHERE r."act" = 'change.request' AND r."state" = 'open';--> statement-breakpoint
-- So do freezes. Nothing was written when one of them came to nothing.
INSERT INTO "requests" ("id", "release_id", "act", "input", "words", "person_id", "person_name", "platform",
  "platform_id", "state", "requested_at", "expires_at", "decided_by_name", "decided_at")
SELECT f."id", NULL, 'freeze.now',
  jsonb_build_object('reason', f."reason", 'zone', f."zone",
    'until', to_char(f."until" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
  'freeze everything until ' || to_char(f."until" AT TIME ZONE f."zone", 'FMDD FMMonth YYYY, HH24:MI') || ' (' || f."zone" || ')',
  f."person_id", f."person_name", coalesce(i."platform", 'unknown'), coalesce(i."platform_id", ''),
  CASE f."state" WHEN 'open' THEN 'lapsed' ELSE f."state" END, f."requested_at", f."expires_at",
  f."decided_by_name", CASE f."state" WHEN 'open' THEN least(now(), f."expires_at") ELSE f."decided_at" END
FROM "freeze_requests" f
LEFT JOIN LATERAL (
  SELECT "platform", "platform_id" FROM "identities" WHERE "person_id" = f."person_id"
  ORDER BY "is_preferred" DESC, "platform", "platform_id" LIMIT 1
) i ON true;--> statement-breakpoint
DROP TABLE "change_requests" CASCADE;--> statement-breakpoint
DROP TABLE "freeze_requests" CASCADE;
