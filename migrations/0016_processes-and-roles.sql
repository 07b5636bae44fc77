CREATE TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
-- Whoever may call it appends to the audit trail with the rights of the owner, so that the bot's own role needs none
-- to change events. The search path is fixed, so that the caller can't put tables of their own in the way.
ALTER FUNCTION append_audit_events(text[], text[]) SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
