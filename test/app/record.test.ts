import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  audit,
  click,
  dana,
  emil,
  expectIntactAudit,
  hours,
  ines,
  letHoursPass,
  newEvents,
  openPoll,
  openView,
  planRelease,
  posts,
  releaseChannel,
  rita,
  seePost,
  submit,
  type,
  voters,
  wordsOf,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

const executives = 'C0EXECUTIVES';

describe.each(modes)('/release record where no driver is configured, over %s', (mode) => {
  let app: TestApp;
  const key = 'web-2.4.0';
  beforeAll(async () => {
    app = await startTestApp(mode, { hasDriver: false });
    await planRelease(app, { key });
  });
  afterAll(() => app.stop());

  const answer = async (person: string, line: string) => wordsOf((await type(app, person, line)).message);
  /** The live card as it is now. */
  const card = async () => {
    const all = await posts(app);
    return wordsOf(all.findLast((message) => wordsOf(message).includes('No driver is configured')));
  };

  it('gives a live card after go-live that claims no traffic and offers no promotion', async () => {
    await app.control.openHome(dana);
    const { channel, ts } = await openPoll(app, key);
    for (const voter of voters) await click(app, voter, 'vote-go', { channel, ts });
    await click(app, rita, 'close-poll', { channel, ts });
    await seePost(app, new RegExp(`^${key}: GO$`));
    await letHoursPass(app, hours.goLive - hours.pollOpens);
    const shown = await seePost(app, /no deployment recorded/);
    expect(wordsOf(shown)).toContain(`/release record ${key} deployed 100%`);
    expect(wordsOf(shown)).not.toMatch(/Promote to|no traffic|ready to promote/);
    await eventually(async () =>
      expect(wordsOfView(await app.control.home(dana))).toContain(`(${key}) · no deployment recorded`),
    );
    expect(wordsOf(await seePost(app, /it's go-live time/))).not.toContain('/promote');
    expect(await answer(dana, '/promote')).toContain(
      `then record it with /release record ${key} deployed 50%`,
    );
  });

  it.each([
    ['/release record', 'What happened?'],
    ['/release record deployed partly', 'To what share of the traffic?'],
    ['/release record deployed 3 regions', 'Is "3" a share of the traffic?'],
    ['/release record deployed 150%', '"150%" is not a share of traffic.'],
  ])('does not understand %s, and shows how to say it', async (line, told) => {
    const before = await audit(app);
    const said = await answer(dana, line);
    expect(said).toContain(told);
    expect(said).toContain(`For example: /release record ${key} deployed 50%,`);
    expect(await newEvents(app, before)).toEqual([]);
  });

  it('says who can, to someone who may not', async () => {
    expect(await answer(ines, '/release record deployed 50%')).toBe(
      `You can't record deployments of ${key}.\nWho can: Rita Moreno (Release Manager), Emil Novak (Engineering Lead) or Dana Fischer (DevOps Lead).`,
    );
  });

  it('records once when the command arrives twice, and shows it as the word of a person', async () => {
    const line = '/release record deployed 50% "EU only, pipeline #812."';
    const { message } = await type(app, dana, line, 2);
    expect(wordsOf(message)).toBe(
      `Recorded: ${key} was deployed to 50 % of traffic. Messages will say that it's on your word, since tminus can't check it.`,
    );
    const told = wordsOf(await seePost(app, /deployed to 50 % of traffic, recorded by Dana Fischer$/));
    expect(told).toContain('EU only, pipeline #812.');
    const events = (await audit(app, key)).filter(({ action }) => action === 'deployment.recorded');
    expect(events).toHaveLength(1);
    await eventually(async () =>
      expect(await card()).toMatch(
        /^📝 .+ · 50 % · recorded\n.+\nRecorded by Dana Fischer, .+: EU only, pipeline #812\./u,
      ),
    );
    await eventually(async () =>
      expect(wordsOfView(await app.control.home(dana))).toContain(`(${key}) ▓▓▓▓▓░░░░░ · 50 % · recorded`),
    );
    expect(await answer(ines, '/release list')).toContain(
      'deployed to 50 % of traffic, recorded by Dana Fischer',
    );
    expect(await answer(ines, '/release status')).toContain('Recorded by Dana Fischer');
  });

  it('tells the executives the next day what was recorded, and by whom', async () => {
    await letHoursPass(app, 23);
    const told = wordsOf(await seePost(app, /status, 1 day after go-live/, executives));
    expect(told).toContain(
      '50 % of traffic is on the new version, as recorded by Dana Fischer, Mon 1 Mar 2027',
    );
    expect(told).toContain('not read from the live system');
  });

  it('records a rollback, of which support and executives hear', async () => {
    expect(await answer(emil, '/rollback')).toContain(
      `then record it with /release record ${key} rolled back`,
    );
    await type(app, emil, `/release record ${key} rolled back errors at checkout`);
    expect((await openView(app, emil)).title).toBe('Record rollback');
    await submit(app, emil, {});
    expect(wordsOfView((await openView(app, emil)).view)).toContain(`Recorded: ${key} was rolled back.`);
    const told = wordsOf(await seePost(app, /was rolled back/, executives));
    expect(told).toContain('No traffic is on 2.4.0 any more, as recorded by Emil Novak');
    expect(told).toContain('errors at checkout');
    await eventually(async () =>
      expect(await card()).toContain('rolled back · customers on the previous version'),
    );
    expect(await posts(app, releaseChannel)).not.toHaveLength(0);
    await expectIntactAudit(app);
  });
});
