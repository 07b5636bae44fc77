DROP INDEX "operations_release";--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "from_share" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "delay_told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "seq" bigserial NOT NULL;--> statement-breakpoint
-- Rows that were there were numbered as they happened to lie in the table.
UPDATE "operations" SET "seq" = ordered.number
  FROM (SELECT id, row_number() OVER (ORDER BY requested_at, id) AS number FROM "operations") AS ordered
  WHERE ordered.id = "operations".id;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "finished_wall" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "operations_seq" ON "operations" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "operations_finished" ON "operations" USING btree ("finished_wall");--> statement-breakpoint
CREATE INDEX "operations_release" ON "operations" USING btree ("release_id","seq");