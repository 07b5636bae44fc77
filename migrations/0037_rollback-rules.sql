ALTER TABLE "rollouts" ADD COLUMN "rule_runs" jsonb;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "rule_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "disarmed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "disarmed_by" text;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "disarmed_reason" text;