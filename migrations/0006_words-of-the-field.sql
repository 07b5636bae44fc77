-- Columns and stored documents in the words that the code uses now. A plan, a schedule item and a gate read the same.
ALTER TABLE "rollouts" RENAME COLUMN "share" TO "traffic_percent";--> statement-breakpoint
ALTER TABLE "operations" RENAME COLUMN "from_share" TO "from_percent";--> statement-breakpoint
ALTER TABLE "operations" RENAME COLUMN "to_share" TO "to_percent";--> statement-breakpoint
ALTER TABLE "operations" RENAME COLUMN "observed_share" TO "observed_percent";--> statement-breakpoint
ALTER TABLE "deliveries" RENAME COLUMN "delay_told_at" TO "delay_notified_at";--> statement-breakpoint
UPDATE "releases" SET "plan" = jsonb_set("plan", '{rollout,phases}', (
  SELECT jsonb_agg(phase - 'share' || jsonb_build_object('trafficPercent', phase -> 'share') ORDER BY place)
  FROM jsonb_array_elements("plan" #> '{rollout,phases}') WITH ORDINALITY AS p(phase, place)))
  WHERE "plan" #> '{rollout,phases,0}' ? 'share';--> statement-breakpoint
UPDATE "releases" SET "plan" = jsonb_set("plan", '{communications,add}', (
  SELECT jsonb_agg(CASE WHEN item ? 'fits' THEN item - 'fits' || jsonb_build_object('validIn', item -> 'fits') ELSE item END ORDER BY place)
  FROM jsonb_array_elements("plan" #> '{communications,add}') WITH ORDINALITY AS p(item, place)))
  WHERE jsonb_array_length("plan" #> '{communications,add}') > 0;--> statement-breakpoint
UPDATE "communications" SET "item" = "item" - 'fits' - 'otherwise'
  || jsonb_build_object('validIn', "item" -> 'fits', 'variants', coalesce("item" -> 'otherwise', '{}'))
  WHERE "item" ? 'fits';
