CREATE TABLE "audit_events" (
	"chain" text NOT NULL,
	"seq" bigint NOT NULL,
	"body" text NOT NULL,
	"action" text GENERATED ALWAYS AS (((body::jsonb) ->> 'action')) STORED,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_chain_seq_pk" PRIMARY KEY("chain","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"chain" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"key" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"roles" jsonb NOT NULL,
	"intro" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"poll_id" uuid NOT NULL,
	"role" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"choice" text NOT NULL,
	"reason" text,
	"voted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "votes_poll_id_role_pk" PRIMARY KEY("poll_id","role")
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"destination" text NOT NULL,
	"message_id" text,
	"channel_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"rendered_revision" integer DEFAULT 0 NOT NULL,
	"rendered_hash" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"release_id" uuid,
	"destination" text NOT NULL,
	"subject" text NOT NULL,
	"content" jsonb,
	"card_id" uuid,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone,
	"sending_at" timestamp (3) with time zone,
	"sending_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"message_id" text,
	"channel_id" text,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "paces" (
	"key" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"enqueued_revision" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "communications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"key" text NOT NULL,
	"position" integer NOT NULL,
	"item" jsonb NOT NULL,
	"due_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"note" text,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "release_channels" (
	"release_id" uuid NOT NULL,
	"name" text NOT NULL,
	"channel_id" text NOT NULL,
	CONSTRAINT "release_channels_release_id_name_pk" PRIMARY KEY("release_id","name")
);
--> statement-breakpoint
CREATE TABLE "release_people" (
	"release_id" uuid NOT NULL,
	"role" text NOT NULL,
	"position" text NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	CONSTRAINT "release_people_release_id_role_position_pk" PRIMARY KEY("release_id","role","position")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"plan" jsonb NOT NULL,
	"go_live_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"from_share" real NOT NULL,
	"to_share" real NOT NULL,
	"phase_index" integer,
	"reason" text,
	"requested_by" text NOT NULL,
	"requested_by_name" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"requested_wall" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"observed_share" real,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "rollouts" (
	"release_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"share" real NOT NULL,
	"phase_index" integer NOT NULL,
	"phase_since" timestamp (3) with time zone,
	"gates" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communications" ADD CONSTRAINT "communications_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_channels" ADD CONSTRAINT "release_channels_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_people" ADD CONSTRAINT "release_people_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action");--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "polls_one_open" ON "polls" USING btree ("release_id") WHERE "polls"."state" = 'open';--> statement-breakpoint
CREATE INDEX "polls_release" ON "polls" USING btree ("release_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_subject" ON "cards" USING btree ("kind","subject_id","destination");--> statement-breakpoint
CREATE INDEX "cards_stale" ON "cards" USING btree ("destination") WHERE "cards"."revision" > "cards"."rendered_revision";--> statement-breakpoint
CREATE INDEX "cards_release" ON "cards" USING btree ("release_id");--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("destination","seq") WHERE "deliveries"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "deliveries_release" ON "deliveries" USING btree ("release_id","seq");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at") WHERE "timers"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "timers_subject" ON "timers" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "communications_key" ON "communications" USING btree ("release_id","key");--> statement-breakpoint
CREATE INDEX "release_people_person" ON "release_people" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "releases_key" ON "releases" USING btree ("key");--> statement-breakpoint
CREATE INDEX "releases_state" ON "releases" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "operations_one_active" ON "operations" USING btree ("release_id") WHERE "operations"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "operations_unfinished" ON "operations" USING btree ("requested_at") WHERE "operations"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "operations_release" ON "operations" USING btree ("release_id","requested_at");