-- Run by the image of PostgreSQL when it makes a new database; for one that is older, once by hand:
--   docker compose exec postgres psql -U tminus -d tminus -f /docker-entrypoint-initdb.d/create-bot-role.sql
-- The role that the bot connects as. `tminus migrate --grant-to tminus_bot` gives it what it needs.
\getenv password POSTGRES_BOT_PASSWORD
CREATE ROLE tminus_bot LOGIN PASSWORD :'password';
