import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Answer } from '../../../src/bot/interactions/interaction.ts';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { auditCommand } from '../../../src/cli/audit/audit.ts';
import { kindOf } from '../../../src/core/trail/event-kinds.ts';
import { loadTrailEvents } from '../../../src/db/queries/audit-events.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  actionsOf,
  linesOfBlock,
  openDecision,
  planRelease,
  releaseAtOnePercent,
  runToTheEnd,
  voteNoGo,
} from '../steps.ts';
import { openFullWorld } from '../world-with-everything.ts';
import { rewriteChain, tamper } from './tampering.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const type = (person: PersonName, words: string) =>
  runCommand({ ctx: world.as(person), name: 'release', words: `audit ${words}` });

/** What somebody reads who asks for the trail. */
async function lines(words = '', person: PersonName = 'quinn'): Promise<string[]> {
  return linesOf(await type(person, words));
}

function linesOf(answer: Answer): string[] {
  if (answer.kind !== 'card') throw new Error(`no card: ${answer.kind}`);
  return answer.card.blocks.flatMap(linesOfBlock);
}

async function released(): Promise<void> {
  releaseId = await releaseAtOnePercent(world);
  await runToTheEnd(world, releaseId);
  await sealTrail(world.services);
}

it('tells who decided what, when, with which right and on what evidence, for the person alone', async () => {
  await released();
  const answer = await type('quinn', '');
  expect(answer).toMatchObject({ kind: 'card', isSecret: true });
  const shown = linesOf(answer);
  expect(shown[0]).toBe('# 🧾 Web shop 2.4.0: audit trail');
  expect(shown[1]).toMatch(/^✅ Checked just now: \d+ records, each signed and in its place/);
  const [vote] = shown.filter((line) => line.includes('quinn voted go as QA Lead'));
  expect(vote).toMatch(/^- .*2030.* · quinn voted go as QA Lead\. Right: QA Lead\. \(#\d+\)$/);
  const [promoted] = shown.filter((line) => line.includes('promoted it from 0 % to 1 %'));
  expect(promoted).toContain('Right: DevOps Lead.');
  expect(shown.some((line) => line.includes('tminus confirmed the promotion: the target shows 1 %'))).toBe(
    true,
  );
  expect(shown.some((line) => line.includes('reminded'))).toBe(false);
});

it('is for who has a role in the release, and notes who read it and who was refused', async () => {
  await released();
  expect((await lines('', 'nina')).join(' ')).toContain("You can't read the audit trail of web-2.4.0.");
  await lines();
  expect((await actionsOf(world, releaseId)).slice(-2)).toEqual(['request.refused', 'trail.read']);
  const all = await lines('web-2.4.0 all');
  expect(all.join('\n')).toMatch(/· quinn read the audit trail\. Right: QA Lead/);
});

it('goes back page by page, and to the newest', async () => {
  await released();
  const numbers = (shown: string[]) =>
    shown.flatMap((line) => /\(#(\d+)\)$/.exec(line)?.[1] ?? []).map(Number);
  const seen: number[] = [];
  let before: number | null = null;
  for (;;) {
    const value = { releaseKey: 'web-2.4.0', all: true, before };
    const shown: string[] = linesOf(await runAction({ ctx: world.as('quinn'), name: 'show-audit', value }));
    const page = numbers(shown);
    expect(page).toEqual([...page].sort((a, b) => a - b));
    seen.unshift(...page);
    const labels = shown.at(-1) ?? '';
    expect(labels.includes('[Newest]')).toBe(before !== null);
    before = page[0] ?? null;
    if (!labels.includes('[Earlier]')) break;
  }
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  expect(seen.length).toBeGreaterThan(12);
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'a changed event',
    () =>
      tamper(
        world,
        `update audit_events set body = replace(body, 'rita', 'eve') where chain = '${releaseId}' and seq = 1`,
      ),
    /^- Record 1: its contents were changed/,
  ],
  [
    'a cut tail',
    () => rewriteChain(world, releaseId, (rows) => rows.slice(0, 8)),
    /^- Record 10: the chain ends at 9, but checkpoint 2 signed event 19: its tail was cut/,
  ],
  [
    'a vote beside the trail',
    () => tamper(world, `update votes set choice = 'no_go' where role = 'qa_lead'`),
    /^- Record \d+: the vote .* qa_lead: choice is "no_go", the trail says "go"/,
  ],
])('says so when it is not intact: %s', async (_, change, named) => {
  await released();
  await change();
  const shown = await lines();
  expect(shown[1]).toMatch(/^🔴 Checked just now: NOT INTACT/);
  expect(shown[2]).toMatch(named);
});

it('tells the same at the command line, and the trail of no release', async () => {
  await planRelease(world);
  await voteNoGo(world, await openDecision(world), 'quinn', 'Slow.');
  const printed: string[] = [];
  const io = {
    env: { DATABASE_URL: world.services.db.pool.options.connectionString },
    print: (line: string) => void printed.push(line),
    printError: () => undefined,
  };
  const run = (...words: string[]) => auditCommand(io).parseAsync(['show', ...words], { from: 'user' });
  await run('web-2.4.0');
  expect(printed.at(-1)).toMatch(
    /^\d+ {2}2030-\S+Z {2}quinn voted no-go as QA Lead: Slow\. Right: QA Lead\.$/,
  );
  printed.length = 0;
  await run();
  expect(printed).toEqual([]);
  await expect(run('web-9')).rejects.toThrow('There is no release "web-9".');
});

it('has a sentence for everything that a release goes through', async () => {
  const full = await openFullWorld();
  try {
    const { db } = full.world.services;
    const events = [
      ...(await loadTrailEvents(db, full.releaseId)),
      ...(await loadTrailEvents(db, 'workspace')),
    ];
    expect(events.length).toBeGreaterThan(20);
    expect(events.filter(({ action }) => !kindOf(action))).toEqual([]);
  } finally {
    await full.world.close();
  }
});
