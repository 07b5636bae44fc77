ALTER TABLE "operations" ADD COLUMN "without_go" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What was planned before has a text, too, for a release of which nobody recorded whether it was deployed.
UPDATE "communications" SET "item" = jsonb_set("item", '{validIn}', ("item" -> 'validIn') || '"unrecorded"')
  WHERE "state" = 'planned' AND "item" ->> 'kind' IN ('live-card', 'poll') AND NOT "item" -> 'validIn' ? 'unrecorded';--> statement-breakpoint
UPDATE "communications" SET "item" = jsonb_set("item", '{variants,unrecorded}', to_jsonb("key" || '-unrecorded'))
  WHERE "state" = 'planned' AND "item" ->> 'origin' <> 'added'
  AND "key" IN ('deployment-kickoff', 'post-release-review', 'metrics-analysis', 'release-closing');
