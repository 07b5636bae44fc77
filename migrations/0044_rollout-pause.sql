ALTER TABLE "rollouts" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "held_reason" text;