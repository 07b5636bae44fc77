ALTER TABLE "releases" ADD COLUMN "definition" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
CREATE FUNCTION renew_own_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.definition := gen_random_uuid();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER releases_definition BEFORE UPDATE OF plan ON releases
  FOR EACH ROW EXECUTE FUNCTION renew_own_definition();
--> statement-breakpoint
CREATE FUNCTION renew_definitions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE releases SET definition = gen_random_uuid() WHERE id IN (SELECT release_id FROM changed);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER release_people_inserted AFTER INSERT ON release_people
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
--> statement-breakpoint
CREATE TRIGGER release_people_updated AFTER UPDATE ON release_people
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
--> statement-breakpoint
CREATE TRIGGER release_people_deleted AFTER DELETE ON release_people
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
--> statement-breakpoint
CREATE TRIGGER release_channels_inserted AFTER INSERT ON release_channels
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
--> statement-breakpoint
CREATE TRIGGER release_channels_updated AFTER UPDATE ON release_channels
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
--> statement-breakpoint
CREATE TRIGGER release_channels_deleted AFTER DELETE ON release_channels
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION renew_definitions();
