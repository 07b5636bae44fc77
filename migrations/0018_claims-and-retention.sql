ALTER TABLE "deliveries" ADD COLUMN "claimed_by" uuid;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "pruned_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "releases_prunable" ON "releases" USING btree (greatest("ended_at", "pruned_at")) WHERE "releases"."ended_at" is not null;--> statement-breakpoint
-- When those ended that have: the last move of each is in the audit trail.
UPDATE "releases" SET "ended_at" = coalesce(
  (
    SELECT max((body::jsonb ->> 'at')::timestamptz) FROM "audit_events"
    WHERE chain = "releases"."id"::text AND body::jsonb ->> 'action' = 'release.moved'
  ),
  "go_live_at"
) WHERE "state" IN ('completed', 'rolled_back', 'cancelled');
