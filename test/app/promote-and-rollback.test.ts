import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audit,
  closeView,
  dana,
  emil,
  expectIntactAudit,
  goLive,
  ines,
  letHoursPass,
  newEvents,
  openView,
  planRelease,
  posts,
  priya,
  seePost,
  submit,
  type,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('/promote and /rollback over %s', (mode) => {
  let app: TestApp;
  const key = 'web-2.4.0';
  beforeAll(async () => {
    app = await startTestApp(mode);
    await planRelease(app, { key });
  });
  afterAll(() => app.stop());

  const answer = async (person: string, line: string) => wordsOf((await type(app, person, line)).message);

  it('refuses before the decision, and says what is missing', async () => {
    expect(await answer(dana, '/promote')).toContain(
      'There is no go decision. Who can ask for one: Rita Moreno (Release Manager).',
    );
    expect(await answer(emil, '/rollback')).toBe(`${key} has no traffic yet; there is nothing to roll back.`);
  });

  it.each([
    ['/promote 0%', '"0%" is not a share of traffic.'],
    ['/promote 101', '"101" is not a share of traffic.'],
    ['/promote web-2.4.0 1000%', '"1000%" is not a share of traffic.'],
    ['/promote -5%', '"-5%" is not a share of traffic.'],
    ['/promote 2.4.0', '"2.4.0" is not a share of traffic.'],
    ['/promote web-2.4.0 web-2.5.0', 'I don\'t understand "web-2.5.0".'],
    ['/promote 10% 50%', 'I don\'t understand "50%".'],
  ])('does not understand %s, and shows how to say it', async (line, told) => {
    const said = await answer(dana, line);
    expect(said).toContain(told);
    expect(said).toContain('For example: /promote web-2.4.0,');
  });

  it('says who can, to someone who may not, and does nothing else', async () => {
    const before = await audit(app);
    expect(await answer(ines, '/promote')).toBe(
      `You can't promote ${key}.\nWho can: Rita Moreno (Release Manager) or Dana Fischer (DevOps Lead).`,
    );
    const { view, message } = await type(app, priya, `/rollback ${key}`);
    expect(view).toBeUndefined();
    expect(wordsOf(message)).toContain(`You can't roll back ${key}.`);
    expect(wordsOf(message)).toContain('Emil Novak (Engineering Lead)');
    const events = await newEvents(app, before);
    expect(events.map(({ action, actor, details }) => [action, actor, details?.code])).toEqual([
      ['request.refused', `slack:${ines}`, 'not-permitted'],
      ['request.refused', `slack:${priya}`, 'not-permitted'],
    ]);
  });

  it('promotes to the traffic percent that was said, the words in any order', async () => {
    await goLive(app, key);
    expect(await answer(dana, '/promote to 50 % web-2.4.0')).toContain('The next phase is 1 %, not 50 %');
    expect(await answer(dana, '/promote to the 1 percent phase of WEB-2.4.0 --yes')).toBe(
      `${key}: promotion from 0 % to 1 % has started. The card updates when it's confirmed.`,
    );
    await seePost(app, /^web-2.4.0: started with 1 %/);
  });

  it('promotes once when the command arrives twice', async () => {
    const { deliveries, message } = await type(app, dana, '/promote next --yes', 2);
    expect(deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(wordsOf(message)).toContain('promotion from 1 % to 50 %');
    await seePost(app, /^web-2.4.0: promoted to 50 %/);
    const requests = (await audit(app, key)).filter(({ action }) => action === 'operation.promote.requested');
    expect(requests).toHaveLength(2);
    expect(app.demo.state().weight).toBe(50);
  });

  it('holds the soak', async () => {
    expect(await answer(dana, '/promote full')).toContain('The soak is not over: 1 hour to go.');
    await letHoursPass(app, 1);
    await seePost(app, /soak at 50 % is over/);
  });

  it('takes a word for the release only where there is such a release', async () => {
    for (const reason of ['p95-latency doubled', 'p95-latency', 'checkout-errors since web-2.3.9']) {
      const { view, message } = await type(app, emil, `/rollback ${reason}`);
      expect(message).toBeUndefined();
      expect(wordsOfView(view?.view ?? null)).toContain(key);
      expect(JSON.stringify(view?.view)).toContain(`"initial_value":"${reason}"`);
      await closeView(app, emil, (await openView(app, emil)).id);
    }
    const { view } = await type(app, emil, `/rollback p95-latency doubled in ${key}`);
    expect(JSON.stringify(view?.view)).toContain('"initial_value":"p95-latency doubled in"');
    await closeView(app, emil, (await openView(app, emil)).id);
    expect(await answer(emil, '/rollback web-9.9.9')).toContain('There is no release "web-9.9.9".');
  });

  it('proposes what was typed beside the key as the reason, and rolls back once', async () => {
    const { view } = await type(app, emil, `/rollback ${key} half the checkouts fail, see #support`, 2);
    expect(view?.title).toBe('Roll back');
    expect(JSON.stringify(view?.view)).toContain('"initial_value":"half the checkouts fail, see #support"');
    expect(wordsOfView(view?.view ?? null)).toContain('It has 50 % of traffic now.');
    const done = await submit(app, emil, {}, 2);
    expect(done.deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(done.view?.title).toBe('Rolling back');
    const told = await seePost(app, /^web-2\.4\.0: rolled back$/);
    expect(wordsOf(told)).toContain('half the checkouts fail, see #support');
    expect(app.demo.state().weight).toBe(0);
    expect((await posts(app)).filter(({ text }) => text === 'web-2.4.0: rolled back')).toHaveLength(1);
    await closeView(app, emil, (await openView(app, emil)).id);
  });

  it('rolls back no second time, and promotes nothing that was rolled back', async () => {
    expect(await answer(emil, `/rollback ${key}`)).toBe(`${key} has already been rolled back.`);
    expect(await answer(dana, `/promote ${key}`)).toContain('a new version needs a new release');
    await expectIntactAudit(app);
  });
});
