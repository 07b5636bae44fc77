// For the container's health check: 0 while the bot answers and reaches its database and Slack.
const port = process.env.TMINUS_HEALTH_PORT ?? '3000';
const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
  (answer) => answer.ok,
  () => false,
);
process.exitCode = ok ? 0 : 1;
