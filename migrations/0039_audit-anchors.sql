CREATE TABLE "audit_anchors" (
	"checkpoint" bigint PRIMARY KEY NOT NULL,
	"anchored_at" timestamp (3) with time zone NOT NULL
);
