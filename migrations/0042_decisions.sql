CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"release_id" uuid NOT NULL,
	"poll_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"record" jsonb NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "poll_evidence" (
	"release_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"body" jsonb NOT NULL,
	"collected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "poll_evidence_release_id_digest_pk" PRIMARY KEY("release_id","digest")
);
--> statement-breakpoint
CREATE TABLE "sign_offs" (
	"decision_id" uuid NOT NULL,
	"role" text NOT NULL,
	"person_id" uuid NOT NULL,
	"person_name" text NOT NULL,
	"in_place_of" text,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_offs_decision_id_role_pk" PRIMARY KEY("decision_id","role")
);
--> statement-breakpoint
ALTER TABLE "votes" DROP CONSTRAINT "votes_poll_id_role_pk";--> statement-breakpoint
ALTER TABLE "polls" ADD COLUMN "policy" jsonb DEFAULT '{"rule":"unanimous","quorum":null,"veto":[],"observers":[],"path":"regular"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "polls" ADD COLUMN "contents" jsonb;--> statement-breakpoint
ALTER TABLE "polls" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "polls" ADD COLUMN "changes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "seq" bigserial NOT NULL;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "condition" text;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "condition_task" uuid;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "condition_verdict" text;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "evidence" text;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "decision_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_evidence" ADD CONSTRAINT "poll_evidence_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_release" ON "decisions" USING btree ("release_id","seq");--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_condition_task_tasks_id_fk" FOREIGN KEY ("condition_task") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "votes_standing" ON "votes" USING btree ("poll_id","role") WHERE "votes"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "votes_poll" ON "votes" USING btree ("poll_id");--> statement-breakpoint
CREATE INDEX "votes_condition" ON "votes" USING btree ("condition_task") WHERE "votes"."condition_task" is not null;--> statement-breakpoint
CREATE FUNCTION refuse_decision_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_decision_change();
--> statement-breakpoint
CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_change();
--> statement-breakpoint
CREATE TRIGGER poll_evidence_append_only BEFORE UPDATE OR DELETE ON poll_evidence
  FOR EACH ROW EXECUTE FUNCTION refuse_decision_change();
--> statement-breakpoint
CREATE TRIGGER poll_evidence_no_truncate BEFORE TRUNCATE ON poll_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_change();
