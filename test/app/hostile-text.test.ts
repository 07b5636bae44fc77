import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/control-api.ts';
import { defaultSeed, type SeedPerson } from '../../sandbox/workspace/seed.ts';
import { cleanText } from '../../src/bot/text/literal.ts';
import { eventually } from '../support/eventually.ts';
import { hostile } from './hostile-texts.ts';
import { recorded } from './recorded-payloads.ts';
import {
  audit,
  click,
  closeView,
  dana,
  emil,
  expectIntactAudit,
  filledIn,
  fillInSteps,
  goLive,
  hours,
  letHoursPass,
  openView,
  planRelease,
  planYaml,
  posts,
  priya,
  quinn,
  rita,
  sam,
  seePost,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { modes, startTestApp, type TestApp } from './start-test-app.ts';

/** What has to be there to be read; what cannot be shown or stored is gone or replaced. */
const readable = (text: string) => cleanText(text).trim();

/** An account for each of the texts, which is the name that its owner goes by. */
const accountOf = (name: string): string => `U0HOSTILE${name.toUpperCase()}`;
const hostilePeople = Object.entries(hostile).map(
  ([name, text]): SeedPerson => ({
    id: accountOf(name),
    name,
    realName: text,
    title: '',
    email: `${name}@example.com`,
    color: '#57534e',
  }),
);

describe.each(modes)('hostile text over %s', (mode) => {
  let app: TestApp;
  beforeAll(async () => {
    const people = [...defaultSeed.people, ...hostilePeople];
    app = await startTestApp(mode, { seed: { ...defaultSeed, people } });
  });
  afterAll(() => app.stop());

  const everyPlace = async () => {
    const { channels, people } = await app.control.workspace();
    const directs = await Promise.all(people.map(({ id }) => app.control.direct(id)));
    return [...channels.filter(({ kind }) => kind === 'channel').map(({ id }) => id), ...directs];
  };
  const everyMessage = async () => {
    const persons = [rita, emil, quinn, dana, priya, sam];
    const seen = await Promise.all(
      (await everyPlace()).map(async (place) => {
        const shared = await posts(app, place).catch(() => []);
        const own = await Promise.all(
          persons.map((person) => app.control.messages(place, { person }).catch((): Message[] => [])),
        );
        return [...shared, ...own.flat()];
      }),
    );
    return seen.flat();
  };
  const asked: string[] = [rita, emil, quinn, dana, priya, sam, ...hostilePeople.map(({ id }) => id)];
  const expectQuiet = async () => {
    const messages = await everyMessage();
    expect(messages.length).toBeGreaterThan(100);
    // A template mentions those whom it asks for something; nobody else may be notified.
    const others = (message: Message) => message.notifies.filter((id) => !asked.includes(id));
    for (const message of messages) expect(others(message), message.text).toEqual([]);
  };
  /** All that was due has been posted: nothing was refused or given up. */
  const expectAllPosted = () =>
    eventually(async () => {
      const { rows } = await app.app.services.db.pool.query<{ state: string; error: string | null }>(
        "select state, error from deliveries where state <> 'sent'",
      );
      expect(rows).toEqual([]);
      const cards = await app.app.services.db.pool.query('select error from cards where error is not null');
      expect(cards.rows).toEqual([]);
    }, 20_000);

  /** As Slack sends a filled-in import form, without its limit of 3,000 characters. */
  const importPlan = async (yaml: string) => {
    await type(app, rita, '/release import');
    const { view, id } = await openView(app, rita);
    const state = { values: { plan: { text: { type: 'plain_text_input', value: yaml } } } };
    const user = { id: rita, username: 'rita', name: 'rita' };
    const { body } = await app.wire.send(
      'interactive',
      recorded('view-submission', { user, view: { ...view, state } }),
    );
    await closeView(app, rita, id);
    return body;
  };

  describe.each(Object.entries(hostile))('%s', (name, text) => {
    const key = `${name}-1.0`;
    const quoted = JSON.stringify(text);

    it('in every text and name of a plan is shown as it is, in every message, and notifies nobody', async () => {
      const plan = planYaml(app, { key, summary: text })
        .replace('product: Web shop', () => `product: ${quoted}`)
        .replace('name: Dana Fischer, email: dana@', () => `name: ${quoted}, email: ${name}@`);
      const scope = ['features', 'fixes', 'performance', 'security', 'debt'].map(
        (part) => `  ${part}: [${quoted}]`,
      );
      expect(await importPlan(`${plan}scope:\n${scope.join('\n')}\n`)).toMatchObject({
        response_action: 'update',
        view: { title: { text: 'Planned' } },
      });
      const planned = await seePost(app, new RegExp(`^${key} is planned for`));
      expect(wordsOf(planned)).toContain(readable(text).slice(0, 200));
      const shown = await type(app, rita, `/release show ${key}`);
      expect(wordsOf(shown.message)).toContain(readable(text).slice(0, 200).trim());
      await letHoursPass(app, hours.pollOpens);
      const poll = await seePost(app, new RegExp(`^${key}: go/no-go, 0 of 6 voted`));
      await click(app, accountOf(name), 'vote-go', { channel: poll.channel, ts: poll.ts });
      await seePost(app, new RegExp(`^${key}: go/no-go, 1 of 6 voted`));
      const { rows } = await app.app.services.db.pool.query<{ name: string }>(
        `select name from release_people join releases on releases.id = release_id
          where key = $1 and role = 'devops_lead'`,
        [key],
      );
      expect(rows).toEqual([{ name: storedAs(text) }]);
    });

    it('in a reason is quoted, stored and audited', async () => {
      const poll = await seePost(app, new RegExp(`^${key}: go/no-go`));
      await click(app, quinn, 'vote-no-go', { channel: poll.channel, ts: poll.ts });
      const { view, id } = await openView(app, quinn);
      const reason = text.slice(0, 3_000);
      const state = { values: { reason: { text: { type: 'plain_text_input', value: reason } } } };
      const user = { id: quinn, username: 'quinn', name: 'quinn' };
      const answer = await app.wire.send(
        'interactive',
        recorded('view-submission', { user, view: { ...view, state } }),
      );
      expect(answer).toMatchObject({ status: 200, body: null });
      await closeView(app, quinn, id);
      await seePost(app, new RegExp(`^${key}: go/no-go, 2 of 6 voted`));
      const vote = (await audit(app, key)).findLast(({ action }) => action === 'vote.cast');
      expect(vote?.details?.reason).toBe(storedAs(reason).trim());
      await letHoursPass(app, hours.pollCloses);
      const decision = await seePost(app, new RegExp(`^${key}: NO-GO$`));
      expect(wordsOf(decision)).toContain(readable(reason).slice(0, 200).trim());
    });

    it('in a command is answered in private', async () => {
      for (const command of [
        '/release',
        '/release show',
        '/release schedule',
        '/release go-no-go',
        '/promote',
        '/rollback',
      ]) {
        const [name = '', ...words] = command.split(' ');
        const payload = recorded('slash-command', { command: name, text: [...words, text].join(' ') });
        const { status, body } = await app.wire.send('slash_commands', payload);
        expect(status, command).toBe(200);
        expect(body, command).toMatchObject({ response_type: 'ephemeral' });
        expect(JSON.stringify(body)).not.toMatch(/went wrong/);
        const { detail } = await type(app, rita, `${command} ${text.slice(0, 9_000)}`);
        expect(detail, command).toBeUndefined();
      }
      for (const { id } of await app.control.views(rita)) await closeView(app, rita, id);
    });

    it('as key and zone of a form is refused beside the field', async () => {
      await type(app, rita, '/release new blank');
      const most = text.slice(0, 200);
      const { errors } = await fillInSteps(app, rita, { ...filledIn, key: most });
      expect(Object.keys(errors ?? {})).toEqual(['key']);
      const later = await fillInSteps(app, rita, { ...filledIn, zone: most });
      expect(Object.keys(later.errors ?? {})).toEqual(['zone']);
      for (const { id } of await app.control.views(rita)) await closeView(app, rita, id);
    });
  });

  it('notified nobody in all of this, and held no message up', async () => {
    await expectAllPosted();
    await expectQuiet();
    await expectIntactAudit(app);
  });

  it('in the reason of a rollback is told to everyone as it is', async () => {
    const key = await planRelease(app, { key: 'live-1.0' });
    await goLive(app, key);
    await type(app, dana, `/promote ${key} --yes`);
    await seePost(app, /^live-1.0: started with 1 %/);
    const reason = Object.values(hostile).join('\n').slice(0, 2_900);
    await type(app, emil, `/rollback ${key}`);
    await submit(app, emil, { reason });
    const told = await seePost(app, /^live-1.0: rolled back$/);
    expect(wordsOf(told)).toContain('<!channel> <!here> <!everyone|all> @channel @here @everyone');
    expect(wordsOf(told)).toContain('{{release.key}} {{{secret}}}');
    await expectAllPosted();
    await expectQuiet();
    await expectIntactAudit(app);
  });
});

/** Without NUL, and with U+FFFD for half a surrogate pair. */
function storedAs(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}
