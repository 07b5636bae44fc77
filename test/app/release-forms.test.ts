import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadRelease } from '../../src/db/queries/load-release.ts';
import { eventually } from '../support/eventually.ts';
import {
  audit,
  closeView,
  dana,
  emil,
  expectIntactAudit,
  filledIn,
  fillInSteps,
  ines,
  newEvents,
  openView,
  planYaml,
  posts,
  priya,
  quinn,
  rita,
  sam,
  seePost,
  submit,
  type,
  wordsOfView,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

describe.each(modes)('planning a release over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
  });
  afterEach(async () => {
    for (const { id } of await app.control.views(rita)) await closeView(app, rita, id);
  });
  afterAll(() => app.stop());

  const plannedKeys = async () => {
    const texts = (await posts(app)).map(({ text }) => text);
    return texts.flatMap((text) => /^(\S+) is planned for/.exec(text)?.[1] ?? []);
  };

  const isPlanned = async (key: string) => (await loadRelease(app.app.services.db, { key })) !== null;

  /** The heading of the window that is open, and what it says above its fields. */
  const heading = async () => wordsOfView((await openView(app, rita)).view).split('\n')[0];

  it('plans what the steps say, fifteen days ahead unless told otherwise', async () => {
    const { view } = await type(app, rita, '/release new');
    expect(view?.title).toBe('Plan a release');
    expect(wordsOfView(view?.view ?? null)).toContain('Step 1 of 4: What goes live');
    const { key, product, version, summary, date, ...people } = filledIn;
    const { view: when } = await submit(app, rita, { key, product, version, summary });
    expect(JSON.stringify(when?.view)).toContain('"initial_date":"2027-03-16"');
    expect(wordsOfView(when?.view ?? null)).toContain('Web shop 1.0 · minor · form-1.0');
    const { view: who } = await submit(app, rita, { date });
    expect(JSON.stringify(who?.view)).toContain(`"initial_user":"${rita}"`);
    const { view: where } = await submit(app, rita, people);
    expect(JSON.stringify(where?.view)).toContain('"initial_value":"#release-deployment"');
    expect(wordsOfView(where?.view ?? null)).toContain('Go-live: Sat 20 Mar 2027, 10:00');
    expect(wordsOfView(where?.view ?? null)).toContain('Go-live is on a weekend, Sat 20 Mar 2027.');
    expect(await isPlanned('form-1.0')).toBe(false);
    const { status, view: told } = await submit(app, rita, {});
    expect(status).toBe('acknowledged');
    expect(told?.title).toBe('Planned');
    expect(wordsOfView(told?.view ?? null)).toContain('form-1.0 is planned');
    await seePost(app, /^form-1.0 is planned for Sat 20 Mar 2027, 10:00/);
    expect((await audit(app, 'form-1.0'))[0]).toMatchObject({
      action: 'release.created',
      actor: 'slack:U0RITA',
    });
  });

  it('tells what is wrong beside the fields of a step, and keeps what was typed', async () => {
    await type(app, rita, '/release new');
    const { errors } = await fillInSteps(app, rita, { ...filledIn, key: 'Web 2', version: '?' });
    expect(Object.keys(errors ?? {}).sort()).toEqual(['key', 'version']);
    expect(errors?.key).toContain('Please enter a release key such as web-shop-1.0.0');
    expect(errors?.version).toContain('Please enter a version');
    expect((await openView(app, rita)).callbackId).toBe('new-release');
    const wrong = { date: '2027-02-01', zone: 'Europe/Amstrdam' };
    const { errors: zone } = await fillInSteps(app, rita, { ...filledIn, key: 'mended-1.0', ...wrong });
    expect(zone?.zone).toContain('Did you mean Europe/Amsterdam?');
    const { errors: past } = await submit(app, rita, { date: '2027-02-01' });
    expect(past?.date).toContain('which has passed');
    const { view } = await fillInSteps(app, rita, filledIn);
    expect(view?.title).toBe('Planned');
    expect(await isPlanned('mended-1.0')).toBe(true);
  });

  it('makes the key of product and version where none was typed', async () => {
    await type(app, rita, '/release new');
    const { key: _, ...others } = filledIn;
    expect((await fillInSteps(app, rita, { ...others, version: '7.1' })).view?.title).toBe('Planned');
    expect(await isPlanned('web-shop-7.1')).toBe(true);
  });

  it('refuses a key that is taken beside the key', async () => {
    await type(app, rita, '/release new');
    const { errors } = await fillInSteps(app, rita, filledIn);
    expect(errors).toEqual({
      key: 'There is already a release "form-1.0". Choose another key, or change that one with /release edit form-1.0 or by importing its whole plan.',
    });
  });

  it('goes back with what was typed, also where nothing was typed yet that is needed', async () => {
    await type(app, rita, '/release new blank');
    const { key: _, ...others } = filledIn;
    const { product, version, summary } = { ...others, version: '7.2' };
    await submit(app, rita, { product, version, summary });
    const back = async (values: Record<string, Record<string, string>>) => {
      const { id: viewId } = await openView(app, rita);
      await app.control.click({ person: rita, on: { viewId }, actionId: 'form-back', values });
    };
    await submit(app, rita, {});
    await eventually(async () => expect(await heading()).toBe('Step 3 of 4: Who is involved'));
    await back({ 'roles.qa_lead': { pick: quinn } });
    await eventually(async () => expect(await heading()).toBe("Step 2 of 4: When, and what's in it"));
    await back({ features: { text: 'A new checkout' }, zone: { text: '' } });
    await eventually(async () => expect(await heading()).toBe('Step 1 of 4: What goes live'));
    const first = JSON.stringify((await openView(app, rita)).view);
    for (const typed of [product, version, summary]) expect(first).toContain(`"initial_value":"${typed}"`);
    await submit(app, rita, { summary: 'Three steps.' });
    const second = await openView(app, rita);
    expect(JSON.stringify(second.view)).toContain('"initial_value":"A new checkout"');
    await submit(app, rita, { zone: 'Europe/Amsterdam' });
    expect(JSON.stringify((await openView(app, rita)).view)).toContain(`"initial_user":"${quinn}"`);
    const { view } = await fillInSteps(app, rita, others);
    expect(view?.title).toBe('Planned');
    const planned = await loadRelease(app.app.services.db, { key: 'web-shop-7.2' });
    expect(planned?.plan).toMatchObject({
      summary: 'Three steps.',
      scope: { features: ['A new checkout'] },
      goLive: { date: '2027-03-16', zone: 'Europe/Amsterdam' },
    });
  });

  it('goes on where a window was closed, and starts afresh when asked to', async () => {
    const product = 'Half a product';
    const { id } = (await type(app, rita, '/release new blank')).view ?? { id: '' };
    await submit(app, rita, { product, version: '1.0', summary: 'Half.' });
    await closeView(app, rita, id);
    const { view: begun } = await type(app, rita, '/release new');
    expect(wordsOfView(begun?.view ?? null)).toContain('This is what you filled in before.');
    expect(JSON.stringify(begun?.view)).toContain(`"initial_value":"${product}"`);
    await closeView(app, rita, begun?.id ?? '');
    const { view: blank } = await type(app, rita, '/release new blank');
    expect(JSON.stringify(blank?.view)).not.toContain('initial_value');
    // What another person began is not offered to anybody else; and it is done with once it is planned.
    await closeView(app, rita, blank?.id ?? '');
    await type(app, rita, '/release new');
    const { key: _, product: _other, summary: _words, version: _one, ...others } = filledIn;
    expect((await fillInSteps(app, rita, others)).view?.title).toBe('Planned');
    expect(await isPlanned('half-a-product-1.0')).toBe(true);
    await closeView(app, rita, (await openView(app, rita)).id);
    const { view: after } = await type(app, rita, '/release new');
    expect(JSON.stringify(after?.view)).not.toContain('initial_value');
  });

  it("proposes the people, the time and the channels of the product's last release", async () => {
    await type(app, rita, '/release new blank');
    await submit(app, rita, { product: 'web SHOP', version: '8.0', summary: 'More.' });
    await submit(app, rita, {});
    const who = JSON.stringify((await openView(app, rita)).view);
    for (const person of [rita, emil, quinn, dana, priya, sam])
      expect(who).toContain(`"initial_user":"${person}"`);
    await submit(app, rita, {});
    expect((await submit(app, rita, {})).view?.title).toBe('Planned');
    expect(await isPlanned('web-shop-8.0')).toBe(true);
  });

  it('plans good YAML', async () => {
    await type(app, rita, '/release import');
    const { view } = await submit(app, rita, { plan: planYaml(app, { key: 'yaml-1.0' }) });
    expect(view?.title).toBe('Planned');
    await seePost(app, /^yaml-1.0 is planned for/);
  });

  it('takes a plan in a code fence, and says what a comment cut and that go-live is on a weekend', async () => {
    await type(app, rita, '/release import');
    const yaml = planYaml(app, { key: 'odd-1.0' })
      .replace(/^summary: .*$/m, 'summary: Faster (see #88)')
      .replace(/date: [\d-]+/, 'date: 2027-03-21');
    const { view } = await submit(app, rita, { plan: `\`\`\`yaml\n${yaml}\n\`\`\`` });
    await seePost(app, /^odd-1.0 is planned for/);
    const words = wordsOfView(view?.view ?? null);
    expect(words).toContain('summary: It was read as "Faster (see": from "#88)" on it is a comment.');
    expect(words).toContain(
      'Go-live is on a weekend, Sun 21 Mar 2027. The next working day is Mon 22 Mar 2027',
    );
  });

  it('takes a plan that is longer than a field in several, in their order', async () => {
    await type(app, rita, '/release import');
    const features = Array.from(
      { length: 60 },
      (_, index) => `    - Feature number ${index}, of which much is said`,
    );
    const lines = planYaml(app, {
      key: 'long-1.0',
      more: `scope:\n  features:\n${features.join('\n')}`,
    }).split('\n');
    const cuts = [lines.slice(0, 10), lines.slice(10, 40), lines.slice(40)].map((part) => part.join('\n'));
    const [plan = '', plan2 = '', plan4 = ''] = cuts;
    const { view } = await submit(app, rita, { plan: `\`\`\`\n${plan}`, plan2, plan4: `${plan4}\n\`\`\`` });
    expect(view?.title).toBe('Planned');
    await seePost(app, /^long-1.0 is planned for/);
    const planned = await loadRelease(app.app.services.db, { key: 'long-1.0' });
    expect(planned?.plan.scope.features).toHaveLength(60);
  });

  it.each([
    ['release: [', /^Line 1: plan opens a \[ that is not closed/],
    [
      'release: web-2.4.0\nprodukt: Shop',
      /Line 2: produkt is not a field of a plan;.*Did you mean product\?/,
    ],
    ['just words', /^Line 1: plan is "just words"/],
    ['"\\0\\ud800"', /^Line 1: plan/],
    [
      '\ufffdPNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0004\ufffd',
      /^Line 2: plan holds the control character U\+001A, as a picture or an archive does; expected a plan in YAML, a text in UTF-8\.$/,
    ],
  ])('tells the lines of bad YAML: %j', async (yaml, told) => {
    const before = await plannedKeys();
    await type(app, rita, '/release import');
    const { errors } = await submit(app, rita, { plan: yaml });
    expect(errors?.plan).toMatch(told);
    expect(await plannedKeys()).toEqual(before);
  });

  it('tells five problems at a time', async () => {
    await type(app, rita, '/release import');
    const unknown = Array.from({ length: 9 }, (_, index) => `field${index}: 1`).join('\n');
    const { errors } = await submit(app, rita, { plan: unknown });
    expect(errors?.plan?.split('\n')).toHaveLength(6);
    expect(errors?.plan).toMatch(/… and \d+ more\.$/);
  });

  it('tells who and which channel is not in the workspace, and plans after that is mended', async () => {
    await type(app, rita, '/release import');
    const good = planYaml(app, { key: 'lost-1.0' });
    const bad = `${good.replace('dana@', 'nobody@')}\nchannels: { support: "#no-such-channel" }`;
    const { errors } = await submit(app, rita, { plan: bad });
    expect(errors?.plan).toContain('lost-1.0 was not planned.');
    expect(errors?.plan).toContain('nobody in this workspace has the e-mail address nobody@example.com');
    expect(errors?.plan).toContain('There is no channel #no-such-channel that I can see');
    const { view } = await submit(app, rita, { plan: good });
    expect(view?.title).toBe('Planned');
  });

  it('tells the line of a driver that is not configured', async () => {
    await type(app, rita, '/release import');
    const yaml = planYaml(app, { key: 'drive-1.0', driver: 'demoo' });
    const { errors } = await submit(app, rita, { plan: yaml });
    expect(errors?.plan).toBe(
      'Line 16: rollout.driver is "demoo", which is not configured; expected one of demo. Did you mean demo?',
    );
    expect(await isPlanned('drive-1.0')).toBe(false);
  });

  it('asks to be invited to a channel that it is not in', async () => {
    await type(app, rita, '/release import');
    const yaml = planYaml(app, { key: 'quiet-1.0', more: 'channels: { support: "#general" }' });
    const { errors } = await submit(app, rita, { plan: yaml });
    expect(errors?.plan).toBe(
      "quiet-1.0 was not planned. I'm not in #general. Invite me with /invite @tminus.",
    );
    expect(await isPlanned('quiet-1.0')).toBe(false);
  });

  it.each([
    ['new', 'roles.release_manager', 'users.info', { 'roles.support_lead': 'U0TOM' }],
    ['import', 'plan', 'users.lookupByEmail', {}],
  ])(
    'says that nothing was done when Slack could not be asked, and takes the same form again: %s',
    async (command, field, method, more) => {
      const key = `asked-${command}-1.0`;
      const yaml = planYaml(app, { key })
        .replace('emil@example.com', 'bo@example.com')
        .replace('Emil Novak', 'Bo Lindqvist');
      const send = () =>
        command === 'new'
          ? fillInSteps(app, rita, { ...filledIn, ...more, key })
          : submit(app, rita, { plan: yaml });
      await type(app, rita, `/release ${command}`);
      await app.control.faults([{ kind: 'rate-limited', methods: [method], times: 1, amount: 20 }]);
      const { errors } = await send();
      expect(errors).toEqual({
        [field]: 'Nothing was done: Slack asks tminus to wait. Try again in 20 seconds.',
      });
      expect((await send()).view?.title).toBe('Planned');
    },
  );

  it('says that nothing was done also when Slack took long to say so', async () => {
    const { key: _, product, version, summary, date: _date, ...people } = filledIn;
    await type(app, rita, '/release new blank');
    await submit(app, rita, { product, version, summary, key: 'late-1.0' });
    await submit(app, rita, {});
    const methods = ['users.info'];
    await app.control.faults([
      { kind: 'slow', methods, times: 1, amount: 2_600 },
      { kind: 'rate-limited', methods, times: 1, amount: 20 },
    ]);
    const late = { ...people, 'roles.support_lead': 'U0OMAR' };
    expect((await submit(app, rita, late)).view?.title).toBe('Working on it…');
    await eventually(async () => expect((await openView(app, rita)).title).toBe('Not done'));
    expect(wordsOfView((await openView(app, rita)).view)).toBe(
      'Nothing was done: Slack asks tminus to wait. Try again in 20 seconds.',
    );
    // Nor is anything lost of what was typed.
    await closeView(app, rita, (await openView(app, rita)).id);
    await type(app, rita, '/release new');
    expect((await fillInSteps(app, rita, {})).view?.title).toBe('Planned');
    expect(await isPlanned('late-1.0')).toBe(true);
  });

  it("asks about a name that is not the account's, and takes the account's once that is chosen", async () => {
    const plan = planYaml(app, { key: 'named-1.0' }).replace('emil@example.com', 'bo@example.com');
    await type(app, rita, '/release import');
    const { errors } = await submit(app, rita, { plan });
    expect(errors?.plan).toContain(
      'bo@example.com is the account of Bo Lindqvist, but the plan says Emil Novak.',
    );
    const { view } = await submit(app, rita, { plan, differingNames: 'use-account' });
    expect(view?.title).toBe('Planned');
    for (const { id } of await app.control.views(rita)) await closeView(app, rita, id);
  });

  it('offers to change the release that has the key of a plan, and does when that is chosen', async () => {
    const plan = planYaml(app, { key: 'again-1.0' });
    await type(app, rita, '/release import');
    expect((await submit(app, rita, { plan })).view?.title).toBe('Planned');
    const other = plan.replace(/summary: .*/, 'summary: Something else.');
    await type(app, rita, '/release import');
    expect((await submit(app, rita, { plan: other })).errors?.plan).toContain('/release edit again-1.0');
    const changed = await submit(app, rita, { plan: other, existing: 'edit' });
    expect(changed.view?.title).toBe('Changed');
    for (const { id } of await app.control.views(rita)) await closeView(app, rita, id);
  });

  it('asks for something when nothing was pasted', async () => {
    await type(app, rita, '/release import');
    expect((await submit(app, rita, { plan: '' })).errors).toEqual({ plan: 'This field is required.' });
    expect((await submit(app, rita, { plan: '\n \n' })).errors?.plan).toMatch(/^Line 1: plan is empty/);
  });

  it('plans once when a form arrives twice', async () => {
    await type(app, rita, '/release import');
    const { deliveries, view } = await submit(app, rita, { plan: planYaml(app, { key: 'twice-1.0' }) }, 2);
    expect(deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(view?.title).toBe('Planned');
    await seePost(app, /^twice-1.0 is planned for/);
    expect((await plannedKeys()).filter((key) => key === 'twice-1.0')).toHaveLength(1);
  });

  it('opens one form when the command arrives twice', async () => {
    const { deliveries, message } = await type(app, rita, '/release new', 2);
    expect(deliveries?.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(message).toBeUndefined();
    expect(await app.control.views(rita)).toHaveLength(1);
    expect(app.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('leaves no form to those who may not plan, and an intact trail', async () => {
    const before = await audit(app);
    expect((await type(app, ines, '/release new')).view).toBeUndefined();
    const [refused, ...more] = await newEvents(app, before);
    expect(refused).toMatchObject({ action: 'request.refused', actor: `slack:${ines}` });
    expect(more).toEqual([]);
    await expectIntactAudit(app);
  });
});
