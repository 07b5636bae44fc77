-- Targets that count in integers have percentages that single precision can't hold. By way of decimals, so that 0.1 stays 0.1.
ALTER TABLE "operations" ALTER COLUMN "from_percent" SET DATA TYPE double precision USING "from_percent"::numeric::double precision;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "to_percent" SET DATA TYPE double precision USING "to_percent"::numeric::double precision;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "observed_percent" SET DATA TYPE double precision USING "observed_percent"::numeric::double precision;--> statement-breakpoint
ALTER TABLE "rollouts" ALTER COLUMN "traffic_percent" SET DATA TYPE double precision USING "traffic_percent"::numeric::double precision;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "target" text;--> statement-breakpoint
UPDATE "operations" SET "target" = "releases"."plan" #>> '{rollout,driver}' FROM "releases" WHERE "releases"."id" = "operations"."release_id";--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "target" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "handle" jsonb;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "deadline_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "progress" text;--> statement-breakpoint
-- One that was being verified has taken its command already.
UPDATE "operations" SET "deadline_at" = now() + interval '1 minute' WHERE "state" = 'verifying';--> statement-breakpoint
CREATE INDEX "operations_target" ON "operations" USING btree ("target","seq");
