-- Plans that were stored with the default phases of before come from the preset that has these phases, and say whom each
-- reaches. Phases of their own stay as they are, without a preset.
UPDATE "releases" SET "plan" = jsonb_set("plan", '{rollout}', ("plan" -> 'rollout') || '{
  "preset": "staged",
  "phases": [
    {"trafficPercent": 1, "soak": "PT24H", "audience": "Internal users and early adopters", "criteria": [
      {"metric": "error-rate", "below": 0.1, "unit": "percent", "window": "PT5M", "minRequests": 100},
      {"metric": "latency-p95", "below": 200, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
    {"trafficPercent": 10, "soak": "PT48H", "audience": "Beta users and selected customers", "criteria": [
      {"metric": "error-rate", "below": 0.05, "unit": "percent", "window": "PT5M", "minRequests": 100},
      {"metric": "latency-p95", "below": 150, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
    {"trafficPercent": 50, "soak": "PT72H", "audience": "Half of production traffic", "criteria": [
      {"metric": "error-rate", "below": 0.1, "unit": "percent", "window": "PT5M", "minRequests": 100},
      {"metric": "latency-p95", "below": 200, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
    {"trafficPercent": 100, "soak": "PT0S", "audience": "All production users", "criteria": []}
  ]}'::jsonb)
WHERE "plan" -> 'rollout' -> 'phases' = '[
  {"trafficPercent": 1, "soak": "PT24H", "criteria": [
    {"metric": "error-rate", "below": 0.1, "unit": "percent", "window": "PT5M", "minRequests": 100},
    {"metric": "latency-p95", "below": 200, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
  {"trafficPercent": 10, "soak": "PT48H", "criteria": [
    {"metric": "error-rate", "below": 0.05, "unit": "percent", "window": "PT5M", "minRequests": 100},
    {"metric": "latency-p95", "below": 150, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
  {"trafficPercent": 50, "soak": "PT72H", "criteria": [
    {"metric": "error-rate", "below": 0.1, "unit": "percent", "window": "PT5M", "minRequests": 100},
    {"metric": "latency-p95", "below": 200, "unit": "ms", "window": "PT5M", "minRequests": 100}]},
  {"trafficPercent": 100, "soak": "PT0S", "criteria": []}
]'::jsonb;
