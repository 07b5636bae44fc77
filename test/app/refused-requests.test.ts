import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions, commands, forms } from '../../src/bot/interactions/registry.ts';
import { eventually } from '../support/eventually.ts';
import { recorded } from './recorded-payloads.ts';
import { audit, planRelease, posts, rita } from './scene.ts';
import { encode, type Payload, type PayloadKind, post, signed } from './slack-wire.ts';
import { modes, signingSecret, startTestApp, type TestApp } from './start-test-app.ts';

const foreign = 'T0FOREIGN';
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Everything that a person can do in Slack, of which some would change something if it were let in. */
const requests: [string, PayloadKind, () => Payload][] = [
  ...commands
    .flatMap((command) =>
      'subcommands' in command
        ? command.subcommands.map(({ name }) => [command.name, name] as const)
        : [[command.name, ''] as const],
    )
    .map(([name, subcommand]): (typeof requests)[number] => [
      `/${name} ${subcommand}`,
      'slash_commands',
      () => recorded('slash-command', { command: `/${name}`, text: `${subcommand} web-2.4.0` }),
    ]),
  ...[...actions.names].map((action): (typeof requests)[number] => [
    `button ${action}`,
    'interactive',
    () =>
      recorded('block-actions-message', { actions: [{ action_id: action, type: 'button', value: '{}' }] }),
  ]),
  ...[...forms.names].map((form): (typeof requests)[number] => [
    `form ${form}`,
    'interactive',
    () => recorded('view-submission', { view: { callback_id: form } }),
  ]),
  ['home', 'events_api', () => recorded('app-home-opened')],
];

/** Whatever a request could have changed. */
async function everything(app: TestApp) {
  const homes = await app.control.home('U0DANA');
  return { audit: await audit(app), posts: await posts(app), homes, views: await app.control.views(rita) };
}

describe('requests that Slack did not sign', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('http');
    await planRelease(app);
  });
  afterAll(() => app.stop());

  const forgeries: [string, (body: string) => Record<string, string>][] = [
    ['the wrong secret', (body) => signed(body, 'another-secret')],
    ['an empty secret', (body) => signed(body, '')],
    ['a timestamp of six minutes ago', (body) => signed(body, signingSecret, nowSeconds() - 360)],
    ['a timestamp two minutes ahead', (body) => signed(body, signingSecret, nowSeconds() + 120)],
    ['the signature of another body', (body) => signed(`${body} `, signingSecret)],
    [
      'the timestamp changed afterwards',
      (body) => ({
        ...signed(body, signingSecret, nowSeconds() - 9),
        'x-slack-request-timestamp': String(nowSeconds()),
      }),
    ],
    ['no signature', () => ({ 'x-slack-request-timestamp': String(nowSeconds()) })],
    ['no headers', () => ({})],
  ];

  it.each(
    requests.flatMap(([name, kind, make]) =>
      forgeries.map(([how, sign]) => ({ name, kind, make, how, sign })),
    ),
  )('refuses a $name with $how', async ({ kind, make, sign }) => {
    const before = await everything(app);
    const { body, contentType } = encode(kind, make());
    const answer = await post(app.botUrl, body, { 'content-type': contentType, ...sign(body) });
    expect(answer).toMatchObject({ status: 401, body: null });
    expect(await everything(app)).toEqual(before);
  });

  it('lets the same requests in when they are signed', async () => {
    const statuses = [];
    for (const [, kind, make] of requests) statuses.push((await app.wire.send(kind, make())).status);
    expect(statuses).toEqual(requests.map(() => 200));
    await eventually(async () => expect(await app.control.home('U0DANA')).not.toBeNull());
    expect((await audit(app)).map(({ action }) => action)).toContain('request.refused');
  });
});

describe.each(modes)('requests from another workspace over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(mode);
    await planRelease(app);
  });
  afterAll(() => app.stop());

  it.each(requests)('refuses a %s, and does nothing but record it once', async (_, kind, make) => {
    const before = await everything(app);
    const payload = fromElsewhere(make());
    const { status, body } = await app.wire.send(kind, payload);
    expect(status).toBe(200);
    if (kind === 'slash_commands' || payload.type === 'view_submission') {
      expect(JSON.stringify(body)).toContain('This tminus serves another workspace, so nothing was done.');
    }
    await eventually(() => expect(app.logged.at(-1)?.message).toBe('a request was refused'));
    const after = await everything(app);
    expect({ ...after, audit: after.audit.slice(0, -1) }).toEqual(before);
    expect(after.audit.at(-1)).toMatchObject({
      action: 'request.refused',
      actor: expect.stringMatching(/^slack:T0FOREIGN:U0[A-Z]+$/),
      details: { verb: 'workspace.enter', code: 'not-permitted' },
    });
    await app.wire.send(kind, payload);
    await eventually(() => expect(app.logged).toHaveLength(2));
    expect(await everything(app)).toEqual(after);
    app.logged.length = 0;
  });
});

function fromElsewhere(payload: Payload): Payload {
  const user = payload.user as Payload | undefined;
  return {
    ...payload,
    team_id: foreign,
    team: { id: foreign },
    ...(user ? { user: { ...user, team_id: foreign } } : {}),
  };
}
