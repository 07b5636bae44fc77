CREATE TABLE "late_requests" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "late_requests_received" ON "late_requests" USING btree ("received_at");