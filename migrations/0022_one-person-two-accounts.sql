CREATE TABLE "account_matches" (
	"platform" text NOT NULL,
	"platform_id" text NOT NULL,
	"other_platform" text NOT NULL,
	"other_id" text NOT NULL,
	"email" text NOT NULL,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "account_matches_platform_platform_id_other_platform_other_id_pk" PRIMARY KEY("platform","platform_id","other_platform","other_id")
);
--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "connected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "is_preferred" boolean DEFAULT false NOT NULL;