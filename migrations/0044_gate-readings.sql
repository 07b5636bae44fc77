CREATE TABLE "gate_readings" (
	"release_id" uuid NOT NULL,
	"gate" text NOT NULL,
	"source" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	CONSTRAINT "gate_readings_release_id_gate_pk" PRIMARY KEY("release_id","gate")
);
--> statement-breakpoint
ALTER TABLE "gate_readings" ADD CONSTRAINT "gate_readings_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;