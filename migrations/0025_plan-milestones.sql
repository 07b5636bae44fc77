-- Plans that were stored before say nothing of milestones: they have the critical ones.
UPDATE "releases" SET "plan" = jsonb_build_object(
  'milestones', jsonb_build_object('change', '{}'::jsonb, 'drop', '[]'::jsonb, 'add', '[]'::jsonb)
) || "plan";
