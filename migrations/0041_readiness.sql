CREATE TABLE "gate_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"gate" text NOT NULL,
	"number" double precision,
	"grade" text,
	"passed" boolean,
	"version" text NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"evidence" text,
	"reported_by_id" uuid,
	"reported_by_name" text
);
--> statement-breakpoint
CREATE TABLE "gate_waivers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"gate" text NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"granted_by_id" uuid,
	"granted_by_name" text NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by_name" text
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "checklist" text;--> statement-breakpoint
ALTER TABLE "gate_results" ADD CONSTRAINT "gate_results_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_results" ADD CONSTRAINT "gate_results_reported_by_id_persons_id_fk" FOREIGN KEY ("reported_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_waivers" ADD CONSTRAINT "gate_waivers_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_waivers" ADD CONSTRAINT "gate_waivers_granted_by_id_persons_id_fk" FOREIGN KEY ("granted_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gate_results_latest" ON "gate_results" USING btree ("release_id","gate","measured_at");--> statement-breakpoint
CREATE INDEX "gate_waivers_release" ON "gate_waivers" USING btree ("release_id","gate");