ALTER TABLE "polls" ADD COLUMN "told_complete" text;--> statement-breakpoint
ALTER TABLE "rollouts" ADD COLUMN "gate_watch" jsonb;