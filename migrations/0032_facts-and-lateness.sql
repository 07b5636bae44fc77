CREATE TABLE "delivery_facts" (
	"delivery_id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"said_seq" bigserial NOT NULL,
	"states" jsonb NOT NULL,
	"corrects" jsonb,
	"cause" jsonb
);
--> statement-breakpoint
ALTER TABLE "communications" ADD COLUMN "question_id" uuid;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "resumed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_facts" ADD CONSTRAINT "delivery_facts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_facts" ADD CONSTRAINT "delivery_facts_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_facts_release" ON "delivery_facts" USING btree ("release_id","said_seq");--> statement-breakpoint
CREATE INDEX "communications_question" ON "communications" USING btree ("question_id") WHERE "communications"."question_id" is not null;