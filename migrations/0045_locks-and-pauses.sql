CREATE TABLE "product_locks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product" text NOT NULL,
	"release_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"owner_name" text NOT NULL,
	"locked_at" timestamp (3) with time zone NOT NULL,
	"locked_by_name" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by_name" text
);
--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "progress_told_phase" integer;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "held_reason" text;--> statement-breakpoint
ALTER TABLE "product_locks" ADD CONSTRAINT "product_locks_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_locks" ADD CONSTRAINT "product_locks_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "product_locks_one" ON "product_locks" USING btree (lower("product")) WHERE "product_locks"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "product_locks_release" ON "product_locks" USING btree ("release_id");