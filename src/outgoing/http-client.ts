/** What is used of undici. Bundled, a package of the older kind can be loaded lazily only from behind a module. */
export { Agent, fetch } from 'undici';
