import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { overrideDecision } from '../../../src/services/go-no-go/override-decision.ts';
import { handOverDuties, prepareHandover } from '../../../src/services/handover/hand-over.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  inWords,
  openDecision,
  planRelease,
  pollOf,
  releaseOf,
  voteGo,
  voteNoGo,
} from '../steps.ts';

let world: World;
let releaseId: string;

beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const handOver = (from: PersonName, to: PersonName) =>
  handOverDuties({ ctx: world.as(from), input: { person: { email: `${to}@example.com` } } });

/** What those who took over were told, the latest last: the items of the lists. */
async function told(): Promise<string[][]> {
  const rows = await world.query<{ content: Card }>(
    `select content from deliveries where subject = 'handover' order by seq`,
  );
  return rows.map(({ content }) =>
    content.blocks.flatMap((block) => (block.type === 'list' ? block.items.map(lineText) : [])),
  );
}

const holderOf = async (role: string) =>
  (await releaseOf(world, releaseId)).people.find(
    (person) => person.role === role && person.position === 'holder',
  )?.name;

it('moves the roles, the open vote and the tasks, and says what has happened so far', async () => {
  const pollId = await openDecision(world);
  expect(accepted(await prepareHandover({ ctx: world.as('quinn'), input: {} }))).toEqual([
    { releaseKey: 'web-2.4.0', roles: ['qa_lead'] },
  ]);
  expect(accepted(await handOver('quinn', 'nina'))).toEqual({
    to: 'nina',
    duties: [{ releaseKey: 'web-2.4.0', roles: ['qa_lead'] }],
  });
  expect(await holderOf('qa_lead')).toBe('nina');
  expect((await releaseOf(world, releaseId)).plan.roles.qa_lead.email).toBe('nina@example.com');
  const input = { pollId, choice: 'go' as const, reason: null };
  expect(await castVote({ ctx: world.as('quinn'), input })).toMatchObject({
    refusal: { code: 'not-permitted' },
  });
  accepted(await castVote({ ctx: world.as('nina'), input }));
  expect((await pollOf(world, releaseId)).votes.map(({ role }) => role)).toEqual(['qa_lead']);
  const [first = []] = await told();
  expect(first).toEqual([
    expect.stringContaining(': rita planned web-2.4.0, version 2.4.0, to go live '),
    expect.stringContaining(': rita moved the release from draft to in planning'),
    expect.stringContaining(' opened the go/no-go, asking Release Manager, '),
  ]);
  expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
});

it('tells each event once', async () => {
  accepted(await handOver('quinn', 'nina'));
  accepted(await handOver('nina', 'quinn'));
  const input = { releaseKey: null, reason: 'The supplier is late.', until: null };
  accepted(await pauseRelease({ ctx: world.as('rita'), input }));
  accepted(await handOver('quinn', 'nina'));
  const [, , again = []] = await told();
  expect(again.some((item) => item.includes('planned web-2.4.0'))).toBe(false);
  expect(
    again.filter((item) =>
      item.includes('paused the release until somebody resumes it: The supplier is late'),
    ),
  ).toHaveLength(1);
  accepted(await handOver('nina', 'quinn'));
  accepted(await handOver('quinn', 'nina'));
  const [, , , , last = []] = await told();
  expect(last.some((item) => item.includes('paused the release'))).toBe(false);
});

it('tells an override and a waiver, each once, and who acted for the schedule as tminus', async () => {
  const pollId = await openDecision(world);
  accepted(await voteNoGo(world, pollId, 'quinn'));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  const reason = 'Customers wait for it.';
  const override = { releaseKey: null, pollId, round: 1, reason };
  accepted(await overrideDecision({ ctx: world.as('rita'), input: override }));
  accepted(await handOver('quinn', 'nina'));
  const [first = []] = await told();
  expect(first.filter((item) => item.includes(reason.slice(0, -1)))).toEqual([
    expect.stringContaining(': rita recorded the decision: GO, by override: Customers wait for it'),
  ]);
  expect(first.filter((item) => item.includes('NO-GO'))).toHaveLength(1);
  expect(first.join()).not.toContain('system');
});

it('says what waits', async () => {
  await openDecision(world);
  accepted(await handOver('dana', 'nina'));
  const [row] = await world.query<{ content: Card }>(
    `select content from deliveries where subject = 'handover'`,
  );
  const words = (row?.content.blocks ?? []).flatMap((block) =>
    block.type === 'paragraph' ? [lineText(block.content)] : [],
  );
  expect(words[0]).toMatch(/^Web shop 2\.4\.0 \(web-2\.4\.0\): DevOps Lead\. Waiting: a vote/);
});

it('keeps a vote that was cast until the new one votes', async () => {
  const pollId = await openDecision(world);
  accepted(await voteGo(world, pollId, 'quinn'));
  accepted(await handOver('quinn', 'nina'));
  expect((await pollOf(world, releaseId)).votes.map(({ role }) => role)).toEqual(['qa_lead']);
});

it('is refused to whoever has nothing, to themselves, and to somebody who votes already', async () => {
  expect(await handOver('nina', 'tom')).toMatchObject({ refusal: { code: 'not-permitted' } });
  expect(inWords(await handOver('quinn', 'quinn'))).toMatchObject({
    refusal: { code: 'invalid', message: 'That is you. Choose somebody else.' },
  });
  await world.query(`update releases set plan = jsonb_set(plan, '{goNoGo,distinctPeople}', 'true')`);
  expect(inWords(await handOver('quinn', 'dana'))).toMatchObject({
    refusal: {
      code: 'conditions-unmet',
      reasons: ['web-2.4.0: its plan requires a different person for each role that votes (DevOps Lead).'],
    },
  });
  expect(await holderOf('qa_lead')).toBe('Quinn Abara');
});
