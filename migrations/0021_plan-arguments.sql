-- Plans that were stored before say nothing of what shapes their defaults: they get what a plan that leaves it out gets.
UPDATE "releases" SET "plan" = jsonb_build_object(
  'teamSize', 'medium',
  'frequency', 'monthly',
  'riskTolerance', 'medium',
  'stakeholders', 'internal-only',
  'objectives', jsonb_build_object('successMetrics', '[]'::jsonb),
  'environments', '["development", "staging", "performance", "uat"]'::jsonb,
  'production', '["web"]'::jsonb,
  'timeline', '{}'::jsonb
) || "plan";
