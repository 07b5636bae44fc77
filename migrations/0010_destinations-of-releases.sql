-- The addresses of a release are found at destinations of any message channel, and an audience has a list of them.
CREATE TABLE "release_destinations" (
	"release_id" uuid NOT NULL,
	"address" text NOT NULL,
	"destination" text NOT NULL,
	CONSTRAINT "release_destinations_release_id_address_pk" PRIMARY KEY("release_id","address")
);
--> statement-breakpoint
ALTER TABLE "release_destinations" ADD CONSTRAINT "release_destinations_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "release_destinations" ("release_id", "address", "destination")
  SELECT "release_id", "name", 'slack:channel:' || "channel_id" FROM "release_channels";--> statement-breakpoint
DROP TABLE "release_channels";--> statement-breakpoint
UPDATE "releases" SET "plan" = jsonb_set("plan", '{channels}', (
  SELECT jsonb_object_agg(audience, CASE jsonb_typeof(named) WHEN 'array' THEN named ELSE jsonb_build_array(named) END)
  FROM jsonb_each("plan" -> 'channels') AS c(audience, named)))
  WHERE jsonb_typeof("plan" -> 'channels') = 'object' AND "plan" -> 'channels' <> '{}';--> statement-breakpoint
UPDATE "communications" SET "item" = "item" - 'channel' || jsonb_build_object('addresses', jsonb_build_array("item" -> 'channel'))
  WHERE "item" ? 'channel';
