ALTER TABLE "cards" ADD COLUMN "rendered_gist" text;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "closed_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaces" jsonb;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "reply_to" jsonb;