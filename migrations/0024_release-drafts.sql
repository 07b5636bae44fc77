CREATE TABLE "release_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"values" jsonb NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"planned_as" text
);
--> statement-breakpoint
ALTER TABLE "release_drafts" ADD CONSTRAINT "release_drafts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "release_drafts_person" ON "release_drafts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "release_drafts_kept" ON "release_drafts" USING btree ("kept_at");