CREATE TABLE "permissions" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"permissions" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
