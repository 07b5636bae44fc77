import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { createGithubDriver } from './github-driver.ts';
import { GithubSettings } from './schema.ts';

/** A workflow of GitHub Actions that deploys. */
export const driver = defineTargetAdapter({
  name: 'github',
  settings: GithubSettings,
  create: createGithubDriver,
  // GitHub takes names in either case.
  address: ({ apiUrl, repository, workflow }) =>
    `${new URL(apiUrl).host} ${repository.toLowerCase()} ${workflow}`,
});
