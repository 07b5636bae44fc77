-- Plans that were stored before have no links.
UPDATE "releases" SET "plan" = jsonb_set("plan", '{links}', '{}') WHERE NOT "plan" ? 'links';
