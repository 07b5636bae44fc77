CREATE TABLE "looks" (
	"person_id" uuid NOT NULL,
	"release_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "looks_person_id_release_id_pk" PRIMARY KEY("person_id","release_id")
);
--> statement-breakpoint
CREATE TABLE "permissions" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"permissions" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"act" text NOT NULL,
	"input" jsonb NOT NULL,
	"words" text NOT NULL,
	"person_id" uuid NOT NULL,
	"person_name" text NOT NULL,
	"platform" text NOT NULL,
	"platform_id" text NOT NULL,
	"state" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decided_by_name" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_open" ON "requests" USING btree ("release_id","act") WHERE "requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "requests_person" ON "requests" USING btree ("person_id");