import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/bot/interactions/registry.ts';
import { runCommand } from '../../src/bot/interactions/run-command.ts';
import { runForm } from '../../src/bot/interactions/run-form.ts';
import { lineText } from '../../src/core/card/line.ts';
import { goLive, openWorld, type PersonName, type World } from '../support/test-services.ts';
import { approvedRelease, outboxOf, planRelease, rolloutOf } from './steps.ts';
import { withoutDriver } from './without-driver.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** What a person is answered, as JSON; a form has its own. */
async function answerTo(person: PersonName, name: string, words: string) {
  const answer = await runCommand({ ctx: world.as(person), name, words });
  return {
    answer,
    said: answer.kind === 'card' ? lineText(answer.card.summary) : '',
    all: JSON.stringify(answer),
  };
}

describe('/promote', () => {
  it('asks first when it is typed as a question', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const { said, all } = await answerTo('dana', 'promote', 'web-2.4.0?');
    expect(said).toContain('ready to promote');
    expect(all).toContain('nothing was promoted');
    expect(all).toContain('"action":"promote"');
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
  });

  it('gives examples with a release of the person who asks, and names none to somebody without one', async () => {
    await approvedRelease(world);
    expect((await answerTo('dana', 'promote', '10% 20%')).said).toContain('"promote web-2.4.0 to 10%"');
    expect((await answerTo('nina', 'promote', '10% 20%')).said).toContain('"promote RELEASE to 10%"');
  });
});

it.each(['promote', 'rollback'])('/%s help says how it is used', async (name) => {
  for (const words of ['help', ' Help? ']) {
    const { all } = await answerTo('dana', name, words);
    expect(all).toContain(`"command":"${name}","args":"[release]`);
    expect(all).not.toContain('"args":"list"');
  }
});

it('takes "help" among other words for a part of the reason', async () => {
  await approvedRelease(world);
  expect((await answerTo('dana', 'rollback', 'help, errors are up')).said).toContain('no traffic yet');
});

it('/release reassign gives examples with a release of the person who asks', async () => {
  await approvedRelease(world);
  for (const [person, key] of [
    ['rita', 'web-2.4.0'],
    ['nina', 'RELEASE'],
  ] as const) {
    const unclear = await answerTo(person, 'release', 'reassign somebody');
    expect(unclear.said).toContain(`"release reassign ${key} QA Lead tom@example.com"`);
    const noRole = await answerTo(person, 'release', 'reassign ann@example.com');
    expect(noRole.said).toContain(`"release reassign ${key} QA Lead ann@example.com"`);
  }
});

describe('/release record', () => {
  const recordAs = async (person: PersonName, words: string) => {
    const ctx = withoutDriver(world).as(person);
    const answer = await runCommand({ ctx, name: 'release', words: `record ${words}` });
    return answer.kind === 'card' ? lineText(answer.card.summary) : '';
  };
  /** The confirmation that a record opens. */
  const confirmationOf = async (words: string) => {
    const ctx = withoutDriver(world).as('dana');
    const answer = await runCommand({ ctx, name: 'release', words: `record ${words}` });
    if (answer.kind !== 'form') throw new Error('no form was opened');
    return answer.form;
  };

  it('takes no release that its note names for the one under way', async () => {
    const releaseId = await approvedRelease(world);
    await planRelease(world, { release: 'app-next', version: '1.0' });
    await world.query(`update releases set state = 'completed' where key = 'app-next'`);
    for (const words of ['deployed 50% app-next', 'rolled back "app-next was slow"']) {
      expect(await recordAs('dana', words)).toContain(
        'Is it about app-next? For example: "release record app-next deployed 50%"',
      );
    }
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
    expect(await recordAs('dana', 'web-2.4.0 deployed 50% after app-next')).toContain('Recorded: web-2.4.0');
  });

  it('without a key means the release under way, else what went live last', async () => {
    const releaseId = await approvedRelease(world);
    await planRelease(world, { release: 'app-1.0', version: '1.0' });
    expect(await recordAs('dana', 'deployed 50%')).toContain('Which release? Give its key:');
    await world.query(`update releases set state = 'completed' where id = $1`, [releaseId]);
    expect(await recordAs('dana', 'deployed 50%')).toContain('Recorded: app-1.0');
    await world.query(`update releases set state = 'cancelled' where key = 'app-1.0'`);
    expect(await confirmationOf('rolled back')).toMatchObject({ metadata: { releaseKey: 'web-2.4.0' } });
  });

  it.each(['deployed', 'deployed 100% "all regions"'])(
    'asks for a confirmation of "%s", which would be announced at once, and then records it',
    async (words) => {
      const releaseId = await approvedRelease(world);
      const ctx = () => withoutDriver(world).as('dana');
      const answer = await runCommand({ ctx: ctx(), name: 'release', words: `record ${words}` });
      if (answer.kind !== 'form') throw new Error('no form was opened');
      const { body, metadata } = answer.form;
      expect(body[0]).toMatchObject({
        content: [
          {
            text: expect.stringContaining(
              "in #executives, #sales and #all-hands that it's live for everyone",
            ),
          },
        ],
      });
      expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
      expect(await outboxOf(world)).not.toContain('success-confirmation');
      const note = body.find((element) => element.type === 'input');
      const values = { note: note?.kind === 'text' ? (note.initial ?? null) : null };
      expect(values.note).toBe(words === 'deployed' ? '' : 'all regions');
      const outcome = await runForm({ ctx: ctx(), name: 'record-live', values, metadata });
      expect(outcome).toMatchObject({ kind: 'answer', title: 'Recorded' });
      expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 100 });
      expect(await outboxOf(world)).toContain('success-confirmation');
    },
  );

  it('asks for a confirmation of a rollback, which is final and announced at once, and then records it', async () => {
    const releaseId = await approvedRelease(world);
    const { title, body, metadata } = await confirmationOf('rolled back "errors at checkout"');
    expect(title).toBe('Record rollback');
    expect(JSON.stringify(body[0])).toContain(
      "This records, on your word, that web-2.4.0 was rolled back; tminus can't check it. I'll announce at once in " +
        '#support, #executives and #sales that it was rolled back. It stays rolled back; for another attempt, plan a new release.',
    );
    expect(JSON.stringify(body)).toContain('"initial":"errors at checkout"');
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
    expect(await outboxOf(world)).not.toContain('rollback-notice-support');
    const ctx = withoutDriver(world).as('dana');
    const values = { note: 'Errors at checkout.' };
    expect(await runForm({ ctx, name: 'record-live', values, metadata })).toMatchObject({
      kind: 'answer',
      title: 'Recorded',
    });
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
    expect(await outboxOf(world)).toContain('rollback-notice-support');
  });

  it('opens no confirmation of what would be refused', async () => {
    await approvedRelease(world);
    const refused = async () => {
      const answer = await runCommand({ ctx: world.as('dana'), name: 'release', words: 'record deployed' });
      return answer.kind === 'card' ? lineText(answer.card.summary) : answer.kind;
    };
    expect(await refused()).toContain('is deployed by tminus with the driver "demo"');
  });

  it('gives examples with a release of the person who asks', async () => {
    await approvedRelease(world);
    expect(await recordAs('dana', 'deploy')).toContain('"release record web-2.4.0 deployed 50%"');
    expect(await recordAs('nina', 'deploy')).toContain('"release record RELEASE deployed 50%"');
  });
});

describe('every subcommand', () => {
  const everySubcommand = commands.flatMap((group) =>
    'subcommands' in group ? group.subcommands.map((subcommand) => ({ group, subcommand })) : [],
  );
  const cases = everySubcommand.map(({ group, subcommand }) => ({
    ...{ group: group.name, name: subcommand.name },
    ...{ usage: subcommand.usage, help: subcommand.help, readsOnly: subcommand.readsOnly === true },
  }));

  it.each(cases)(
    '$group $name help says how it is used, and does nothing',
    async ({ group, name, usage, help }) => {
      const releaseId = await approvedRelease(world);
      const before = await traces(releaseId);
      for (const words of ['help', ' Help? ', '"HELP"']) {
        const { answer } = await answerTo('dana', group, `${name} ${words}`);
        const list = answer.kind === 'card' && answer.card.blocks.find(({ type }) => type === 'list');
        expect(list).toMatchObject({
          items: [
            [{ type: 'command', command: group, args: `${name} ${usage}`.trimEnd() }, { text: ` ${help}` }],
          ],
        });
      }
      expect(await traces(releaseId)).toEqual(before);
    },
  );

  it.each(cases.filter(({ readsOnly }) => !readsOnly))(
    '$group $name answers a question with what it would do, and does nothing',
    async ({ group, name, help }) => {
      const releaseId = await approvedRelease(world);
      const before = await traces(releaseId);
      const asked = [
        [`${name} web-2.4.0?`, `${name} web-2.4.0`],
        [`${name.toUpperCase()} web-2.4.0 ？`, `${name} web-2.4.0`],
        [`${name}?`, name],
        [`${name} web-2.4.0 QA Lead nina@example.com ?!`, `${name} web-2.4.0 QA Lead nina@example.com`],
        [`${name} "web-2.4.0?"`, `${name} "web-2.4.0"`],
      ];
      for (const [words = '', typed] of asked) {
        expect((await answerTo('dana', group, words)).said).toBe(
          `You asked, so nothing was done. "${group} ${typed}", without a question mark, would ${help}.`,
        );
      }
      expect(await traces(releaseId)).toEqual(before);
    },
  );

  it('which only shows something shows it to a question too', async () => {
    await approvedRelease(world);
    expect((await answerTo('dana', 'release', 'show web-2.4.0?')).said).not.toContain('You asked');
    expect((await answerTo('dana', 'release', 'show web-2.4.0?')).all).toContain('web-2.4.0');
  });
});

/** What an act would leave behind. */
async function traces(releaseId: string) {
  const [release] = await world.query('select * from releases where id = $1', [releaseId]);
  const counted = await Promise.all(
    ['audit_events', 'deliveries', 'polls', 'cards', 'operations'].map(
      async (table) => (await world.query(`select count(*) from ${table}`))[0],
    ),
  );
  return { release, counted };
}

describe('what is confirmed first', () => {
  /** What the form says, in plain words; fails for anything else than a form. */
  async function formFor(person: PersonName, name: string, words: string) {
    const { answer, all } = await answerTo(person, name, words);
    if (answer.kind !== 'form') throw new Error(`no form but ${all}`);
    const { body, submit, metadata } = answer.form;
    const said = body.flatMap((block) => (block.type === 'paragraph' ? [lineText(block.content)] : []));
    return { said, submit, metadata };
  }

  it('/promote shows from where to where, and promotes once it is confirmed', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const { said, submit, metadata } = await formFor('dana', 'promote', '');
    expect(said[0]).toBe('This takes web-2.4.0 from 0 % to 1 % of traffic.');
    expect(submit).toBe('Promote to 1 %');
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
    const outcome = await runForm({ ctx: world.as('dana'), name: 'promote', values: {}, metadata });
    expect(outcome).toMatchObject({ kind: 'answer', title: 'Promoting' });
    expect((await rolloutOf(world, releaseId)).operations).toMatchObject([{ kind: 'promote', toPercent: 1 }]);
    // A confirmation that is submitted again later promotes to nothing else than it says.
    const late = await runForm({ ctx: world.as('dana'), name: 'promote', values: {}, metadata });
    expect(late).toMatchObject({ kind: 'answer', title: 'Not done' });
  });

  it('/promote with --yes needs no confirmation', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    expect((await answerTo('dana', 'promote', 'web-2.4.0 --yes')).said).toContain('has started');
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });

  it('/promote says at once what would be refused', async () => {
    await approvedRelease(world);
    expect((await answerTo('dana', 'promote', '')).all).toContain('promotion opens then');
    expect((await answerTo('nina', 'promote', '')).said).toBe("You can't promote web-2.4.0.");
  });

  it('/release go-no-go says whom it asks and which poll it brings forward, and asks once it is confirmed', async () => {
    await planRelease(world);
    world.clock.moveTo('2030-06-17T08:00:00Z');
    const { said, metadata } = await formFor('rita', 'release', 'go-no-go');
    expect(said[0]).toBe(
      'This asks Rita Moreno, Emil Novak, Quinn Abara, Dana Fischer, Priya Raman and Sam Okoye now for the decision on web-2.4.0. Voting closes Tue 18 Jun 2030, 10:00 (Europe/Amsterdam).',
    );
    expect(said[1]).toMatch(/^This brings forward the poll planned for Mon 17 Jun 2030, /);
    expect(await outboxOf(world)).not.toContain('card:poll');
    const ask = () => runForm({ ctx: world.as('rita'), name: 'ask-go-no-go', values: {}, metadata });
    expect(await ask()).toMatchObject({ kind: 'answer', title: 'Asked' });
    expect(await outboxOf(world)).toContain('card:poll');
    // Somebody else has asked meanwhile.
    expect(await ask()).toMatchObject({ kind: 'answer', title: 'Not done' });
    expect((await answerTo('rita', 'release', 'go-no-go')).said).toContain('is already open');
  });

  it('/release go-no-go says that a later poll asks again', async () => {
    await planRelease(world);
    const { said } = await formFor('rita', 'release', 'go-no-go');
    expect(said[1]).toMatch(/^The poll planned for Mon 17 Jun 2030, .+ stays, and asks again\.$/);
  });
});

describe('when no release is under way any more', () => {
  beforeEach(async () => {
    const releaseId = await approvedRelease(world);
    await world.query(`update releases set state = 'completed' where id = $1`, [releaseId]);
  });

  it('commands name the last one', async () => {
    const last =
      'No release is under way. The last one, web-2.4.0, is completed: see "release status web-2.4.0".';
    expect((await answerTo('dana', 'promote', '')).said).toBe(last);
    expect((await answerTo('dana', 'release', 'go-no-go')).said).toBe(last);
  });

  it('its status is shown as that of the last one', async () => {
    const { said, all } = await answerTo('dana', 'release', 'status');
    expect(said).toMatch(/^web-2\.4\.0: /);
    expect(all).toContain('No release is under way. This is the last one, web-2.4.0.');
    expect((await answerTo('dana', 'release', 'status web-2.4.0')).all).not.toContain('under way');
  });
});
