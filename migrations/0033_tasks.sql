CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"owner" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"settled_by" text NOT NULL,
	"state" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"settled_by_id" uuid,
	"settled_by_name" text,
	"settled_at" timestamp (3) with time zone,
	"reason" text,
	"evidence" text,
	"snoozed_until" timestamp (3) with time zone,
	"snoozed_by_name" text
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_settled_by_id_persons_id_fk" FOREIGN KEY ("settled_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_key" ON "tasks" USING btree ("release_id","key");