CREATE TABLE "conversations" (
	"platform" text NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"workspace_id" text NOT NULL,
	"service_url" text NOT NULL,
	"conversation_id" text,
	"account_id" text,
	"name" text,
	"parent_id" text,
	"removed_since" timestamp (3) with time zone,
	CONSTRAINT "conversations_platform_kind_id_pk" PRIMARY KEY("platform","kind","id")
);
--> statement-breakpoint
CREATE INDEX "conversations_parent" ON "conversations" USING btree ("platform","parent_id");--> statement-breakpoint
CREATE INDEX "cards_message" ON "cards" USING btree ("message_id");