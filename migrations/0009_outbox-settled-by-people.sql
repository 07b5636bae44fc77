-- A delivery knows its item of the schedule by id. Until now it was found by the instant and the subject.
ALTER TABLE "deliveries" ADD COLUMN "communication_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_communication_id_communications_id_fk" FOREIGN KEY ("communication_id") REFERENCES "public"."communications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_communication" ON "deliveries" USING btree ("communication_id");--> statement-breakpoint
UPDATE "deliveries" SET "communication_id" = "matched"."communication_id" FROM (
  SELECT DISTINCT ON (c.id) c.id AS "communication_id", d.id AS "delivery_id"
  FROM "communications" c JOIN "deliveries" d ON d."release_id" = c."release_id" AND d."created_at" = c."settled_at"
    AND d."subject" = CASE c."item" ->> 'kind'
      WHEN 'poll' THEN 'card:poll' WHEN 'live-card' THEN 'card:rollout' ELSE c."key" END
  WHERE c."state" = 'sent' ORDER BY c.id, d."seq"
) AS "matched" WHERE "matched"."delivery_id" = "deliveries"."id";--> statement-breakpoint
-- `post:` or `edit:` and a destination become two columns.
ALTER TABLE "paces" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "paces" ADD COLUMN "destination" text;--> statement-breakpoint
UPDATE "paces" SET "kind" = left("key", 4), "destination" = substr("key", 6);--> statement-breakpoint
ALTER TABLE "paces" DROP COLUMN "key";--> statement-breakpoint
ALTER TABLE "paces" ALTER COLUMN "kind" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "paces" ALTER COLUMN "destination" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "paces" ADD CONSTRAINT "paces_kind_destination_pk" PRIMARY KEY("kind","destination");
