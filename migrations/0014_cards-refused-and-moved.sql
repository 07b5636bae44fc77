ALTER TABLE "cards" ADD COLUMN "refused_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "left_since" timestamp (3) with time zone;