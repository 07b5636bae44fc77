CREATE TABLE "subscribers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"list" text NOT NULL,
	"address" text,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"unsubscribed_at" timestamp (3) with time zone,
	"asked_at" timestamp (3) with time zone,
	CONSTRAINT "subscribers_address" UNIQUE("channel","list","address")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"audience" text,
	"product" text,
	"product_name" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subscriptions_what" UNIQUE NULLS NOT DISTINCT("person_id","audience","product")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "about" jsonb;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subscribers_state" ON "subscribers" USING btree ("state","asked_at");--> statement-breakpoint
CREATE INDEX "subscriptions_audience" ON "subscriptions" USING btree ("audience");