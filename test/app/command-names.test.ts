import { afterEach, expect, it } from 'vitest';
import { rita, type } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

let app: TestApp;
afterEach(() => app.stop());

it('goes by the names that are configured, in what is typed and in what it says', async () => {
  app = await startTestApp('http', { commandNames: { release: 'tm-release', promote: 'tm-promote' } });
  const { message } = await type(app, rita, '/tm-release help');
  const words = JSON.stringify(message);
  expect(words).toContain('/tm-release list');
  expect(words).toContain('/tm-promote ');
  expect(words).toContain('/rollback ');
  expect(words).not.toMatch(/[^-\w]\/(release|promote)\b/);
});
