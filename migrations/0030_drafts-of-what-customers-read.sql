CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"communication_id" uuid NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"proposal" jsonb NOT NULL,
	"approved" jsonb,
	"approved_by_name" text,
	"approved_at" timestamp (3) with time zone,
	"edited_by_name" text,
	"edited_at" timestamp (3) with time zone,
	"held_by_name" text,
	"held_at" timestamp (3) with time zone,
	"hold_reason" text,
	"decided_by" uuid,
	"asked_at" timestamp (3) with time zone,
	"reminders" integer DEFAULT 0 NOT NULL,
	"escalated_at" timestamp (3) with time zone,
	"missed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_communication_id_communications_id_fk" FOREIGN KEY ("communication_id") REFERENCES "public"."communications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_communication" ON "drafts" USING btree ("communication_id");--> statement-breakpoint
CREATE INDEX "drafts_release" ON "drafts" USING btree ("release_id");