import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audit,
  expectIntactAudit,
  ines,
  openView,
  planRelease,
  planYaml,
  quinn,
  releaseChannel,
  rita,
  sam,
  seePrivately,
  submit,
  type,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('the shortcut of a message over %s', (mode) => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startTestApp(mode);
    key = await planRelease(app);
  });
  afterAll(() => app.stop());

  /** Somebody writes in the release's channel, and somebody adds it to the record. */
  const add = async (person: string, text: string, times = 1) => {
    const { typed, message = typed } = await app.control.say({ person: sam, channel: releaseChannel, text });
    const on = { channel: releaseChannel, ts: message?.ts ?? '' };
    return app.control.shortcut({ person, on, callbackId: 'add-to-record', times });
  };
  const added = async () =>
    (await audit(app, key)).filter(({ action }) => action === 'evidence.added').map(({ details }) => details);

  it('puts it into the record of the one release, once, however often it is delivered', async () => {
    expect(await add(quinn, '@quinn <b>All</b> tests pass & are green', 2)).toMatchObject({
      status: 'acknowledged',
    });
    await seePrivately(app, quinn, `is now in the record of ${key}`);
    expect(await added()).toEqual([
      expect.objectContaining({
        text: '@Quinn Abara <b>All</b> tests pass & are green',
        author: 'Sam Okoye',
        link: expect.stringMatching(/^https:\/\/\w+\.slack\.com\/archives\/C0RELEASE\/p\d{16}$/),
      }),
    ]);
    await type(app, ines, `/release evidence ${key}`);
    await seePrivately(app, ines, '<b>All</b> tests pass & are green');
  });

  it('refuses somebody without a role', async () => {
    await add(ines, 'Something else.');
    await seePrivately(app, ines, `You can't add to the record of ${key}.`);
    expect(await added()).toHaveLength(1);
  });

  it('plans the release of a file, which it reads with the token of the app', async () => {
    const send = async (text: string) => {
      const files = [{ name: 'filed.yaml', text }];
      const { message } = await app.control.say({ person: rita, channel: releaseChannel, text: '', files });
      const on = { channel: releaseChannel, ts: message?.ts ?? '' };
      return app.control.shortcut({ person: rita, on, callbackId: 'plan-release' });
    };
    await send('release: Filed 1');
    await seePrivately(app, rita, 'Line 1: release');
    await send(planYaml(app, { key: 'filed-1.0' }));
    const view = await openView(app, rita);
    expect(wordsOfView(view.view)).toContain('This plans filed-1.0.');
    const submitted = await submit(app, rita, { differingNames: 'refuse' });
    expect(wordsOfView(submitted.view?.view ?? null)).toContain('filed-1.0');
    expect((await audit(app, 'filed-1.0')).map(({ action }) => action)).toContain('release.created');
  });

  it('asks which release, where several may be meant', async () => {
    const other = await planRelease(app, { key: 'other-1.0' });
    await add(quinn, 'The load test of other-1.0 is fine.');
    const view = await openView(app, quinn);
    expect(wordsOfView(view.view)).toContain('The load test of other-1.0 is fine.');
    const submitted = await submit(app, quinn, { release: other });
    expect(wordsOfView(submitted.view?.view ?? null)).toContain(`is now in the record of ${other}`);
    expect(await added()).toHaveLength(1);
    await expectIntactAudit(app);
  });
});
