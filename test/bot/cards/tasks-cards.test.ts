import { describe, expect, it } from 'vitest';
import { checklistsCard, ownItemsCard } from '../../../src/bot/cards/answers/checklists-card.ts';
import { readinessCard } from '../../../src/bot/cards/answers/readiness-card.ts';
import { tasksCard } from '../../../src/bot/cards/answers/tasks-card.ts';
import { checklistCard } from '../../../src/bot/cards/checklist/checklist-card.ts';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import type { HomeView } from '../../../src/bot/cards/home/home-view.ts';
import { taskMessageCard } from '../../../src/bot/cards/tasks/task-message-card.ts';
import { changeTaskForm } from '../../../src/bot/interactions/forms/change-task.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { deriveGates } from '../../../src/core/readiness/gates/derive-gates.ts';
import { deriveTasks } from '../../../src/core/tasks/derive-tasks.ts';
import type { Agenda } from '../../../src/core/tasks/person-agenda.ts';
import type { GateResult } from '../../../src/db/queries/gates.ts';
import type { Task } from '../../../src/db/queries/tasks.ts';
import { toChecklists } from '../../../src/services/readiness/load-checklists.ts';
import type { StandingGate } from '../../../src/services/readiness/load-gates.ts';
import type { Readiness } from '../../../src/services/readiness/readiness-of.ts';
import { checkMessage } from '../slack/render/check-limits.ts';
import { exampleDraft } from './draft-examples.ts';
import { exampleRelease } from './examples.ts';

const release = exampleRelease({ state: 'in_planning' });
const now = Date.parse('2030-06-14T07:00:00Z');

const settled: Record<number, Partial<Task>> = {
  1: {
    ...{ state: 'done', settledByName: 'Emil Novak', settledAt: now - 86_400_000 },
    evidence: 'https://ci.example.com/runs/42',
  },
  2: {
    ...{ state: 'not-applicable', settledByName: 'Rita Moreno', settledAt: now - 86_400_000 },
    reason: 'The same people as last time.',
  },
};

/** Every task of the release, as one who has ticked nothing yet; the second is done, the third not applicable. */
const tasks = deriveTasks(release.plan).map((task, position): Task => {
  const id = `00000000-0000-4000-8000-0000000000${String(position).padStart(2, '0')}`;
  const open = { state: 'open' as const, settledByName: null, settledAt: null, reason: null, evidence: null };
  return {
    ...task,
    ...{ id, releaseId: release.id, addedAt: 0, settledById: null, snoozedUntil: null, snoozedByName: null },
    ...open,
    ...settled[position],
  };
});
const idOf = (key: string) => tasks.find((task) => task.key === key)?.id ?? '';
const message = (kind: 'digest' | 'reminder', personId: string, agenda: Partial<Agenda>) => ({
  ...{ id: 'm', kind, personId, sentAt: new Date(now) },
  agenda: { waiting: [], today: [], week: [], ...agenda },
});
const nothing = { ballots: [], drafts: [] };
const shownIn = ({ agenda }: { agenda: Agenda }) =>
  tasks.filter(({ id }) => Object.values(agenda).flat().includes(id));

async function expectGolden(name: string, card: Card): Promise<void> {
  const rendered = renderMessage(card);
  expect(checkMessage(rendered)).toEqual([]);
  expect(JSON.stringify(rendered)).not.toContain('Shortened');
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}

describe('the list of tasks', () => {
  it.each([
    ['of somebody who has some', 'tasks-own', 'U-devops_lead', false],
    ['with buttons for all that the release manager may change', 'tasks-all', 'U-release_manager', true],
    ['of somebody without a role', 'tasks-outsider', 'U-nobody', false],
  ])('%s', async (_, name, personId, all) => {
    await expectGolden(name, tasksCard(release, tasks, { personId, now, all }));
  });
});

describe('a checklist', () => {
  const lists = toChecklists(
    release,
    tasks.map((task): Task => {
      if (task.key === 'checklist-technical-validation-smoke-tests')
        return {
          ...task,
          ...{ state: 'done', settledByName: 'Quinn Abara', settledAt: now },
          evidence: 'https://ci.example.com/runs/42',
        };
      if (task.key !== 'checklist-technical-validation-cdn') return task;
      const reason = 'There is no CDN in front of this shop.';
      return { ...task, state: 'not-applicable', settledByName: 'Dana Fischer', settledAt: now, reason };
    }),
  );

  it('shows every item with who sees to it, or who settled it', async () => {
    const list = lists.find(({ key }) => key === 'technical-validation');
    if (!list) throw new Error('there is no such checklist');
    await expectGolden('checklist', checklistCard(release, list, now));
  });

  it('is one line among all of them', async () => {
    const viewer = { personId: 'U-release_manager', now };
    await expectGolden('checklists', checklistsCard(release, lists, viewer));
  });

  it('is shown to its owners with their own items', async () => {
    await expectGolden('checklists-own', ownItemsCard(release, lists, { personId: 'U-devops_lead', now }));
  });

  it('of any length fits into a message', () => {
    const [list] = lists;
    const [item] = list?.items ?? [];
    if (!list || !item) throw new Error('there is no checklist');
    const items = Array.from(
      { length: 110 },
      (_, index): Task => ({ ...item, title: `${index} ${'W'.repeat(140)}` }),
    );
    const rendered = renderMessage(checklistCard(release, { ...list, items }, now));
    expect(checkMessage(rendered)).toEqual([]);
    expect(JSON.stringify(rendered)).toContain('check-items');
  });
});

describe('the screen of readiness', () => {
  const gates = deriveGates(release.plan).map(
    (gate): StandingGate => ({ gate, state: 'missing', result: null, waiver: null, reading: null }),
  );
  const measured = { version: '2.4.0', measuredAt: now - 3_600_000, receivedAt: now, reportedByName: null };
  const result = (gate: string, value: number | boolean): GateResult => ({
    ...{ gate, value, source: 'ci', evidence: 'https://ci.example.com/runs/42' },
    ...measured,
  });
  const standing: Record<string, Partial<StandingGate>> = {
    'unit-test-coverage': { state: 'pass', result: result('unit-test-coverage', 91.3) },
    'response-time': { state: 'fail', result: result('response-time', 230) },
    sast: { state: 'stale', result: { ...result('sast', true), measuredAt: now - 9 * 86_400_000 } },
    dast: {
      state: 'waived',
      waiver: {
        ...{ id: 'w', gate: 'dast', reason: 'The scanner is broken.', grantedByName: 'Rita Moreno' },
        until: now + 86_400_000,
      },
    },
  };
  const known = gates.map((one) => ({ ...one, ...standing[one.gate.key] }));
  const items = toChecklists(release, tasks);
  const milestone = tasks.filter(({ key }) => key === 'milestone-qa-sign-off');
  const view = (shown: StandingGate[]): Readiness => ({
    gates: shown,
    checklists: items,
    milestones: milestone.map((task) => ({ task, state: 'overdue', waitsFor: ['Security review'] })),
    blocking: {
      gates: shown.filter(({ state }) => state !== 'pass' && state !== 'waived'),
      items: items.flatMap((list) => list.items).filter(({ dueAt }) => dueAt <= now),
      milestones: milestone.map((task) => ({ task, state: 'overdue', waitsFor: ['Security review'] })),
    },
    isReady: false,
  });

  const forecast = {
    ...{ chance: 0.722, releases: 14, held: 10, product: 'Web shop' },
    costliest: { item: 'task:milestone-security-review', chanceWithout: 0.9 },
    costliestTitle: 'Security review',
  };

  it('says what is in the way, who sees to it and since when', async () => {
    await expectGolden(
      'readiness',
      readinessCard(release, view(known), { personId: 'U-release_manager', forecast }),
    );
  });

  it('says in a sentence that nothing has ever been measured', async () => {
    await expectGolden(
      'readiness-unmeasured',
      readinessCard(release, view(gates), { personId: 'U-qa_lead', forecast: null }),
    );
  });

  it('says that a release is ready', async () => {
    const none = { gates: [], items: [], milestones: [] };
    const ready = { ...view(known), blocking: none, isReady: true };
    await expectGolden(
      'readiness-ready',
      readinessCard(release, ready, { personId: 'U-nobody', forecast: null }),
    );
  });
});

describe('what somebody is told of their tasks', () => {
  it('as a digest, the items of a checklist together', async () => {
    const ids = (keys: readonly string[]) => keys.map((key) => idOf(`checklist-${key}`));
    const all = tasks.filter(({ checklist, owner }) => checklist !== null && owner === 'devops_lead');
    const said = message('digest', 'U-devops_lead', {
      waiting: all.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id),
      today: ids(['technical-validation-cdn', 'technical-validation-cache', 'technical-sessions-monitoring']),
      week: [idOf('milestone-performance-validation')],
    });
    const card = taskMessageCard({
      message: said,
      releases: [release],
      tasks: shownIn(said),
      elsewhere: nothing,
      now,
    });
    await expectGolden('tasks-digest-checklists', card);
  });

  it('as a digest', async () => {
    const said = message('digest', 'U-qa_lead', {
      waiting: [idOf('milestone-qa-sign-off')],
      week: [idOf('execution-validate')],
    });
    const ballot = {
      ...{
        pollId: 'p',
        round: 1,
        releaseKey: release.key,
        kind: 'readiness' as const,
        zone: 'Europe/Amsterdam',
      },
      closesAt: Date.parse('2030-06-14T14:00:00Z'),
    };
    const elsewhere = { ballots: [ballot], drafts: [{ release, draft: exampleDraft() }] };
    const view = { message: said, releases: [release], tasks: shownIn(said), elsewhere, now };
    await expectGolden('tasks-digest', taskMessageCard(view));
  });

  it('as the release manager, of what others have not done', async () => {
    const said = message('reminder', 'U-release_manager', { waiting: [idOf('milestone-qa-sign-off')] });
    const view = { message: said, releases: [release], tasks: shownIn(said), elsewhere: nothing, now };
    await expectGolden('tasks-escalated', taskMessageCard(view));
  });

  it('as a reminder, once it is settled', async () => {
    const said = message('reminder', 'U-engineering_lead', { waiting: [tasks[1]?.id ?? ''] });
    const view = { message: said, releases: [release], tasks: shownIn(said), elsewhere: nothing, now };
    await expectGolden('tasks-settled', taskMessageCard(view));
  });

  it('within what Slack takes, however many there are', () => {
    const said = message('digest', 'U-release_manager', { waiting: tasks.map(({ id }) => id) });
    const elsewhere = {
      ballots: [],
      drafts: Array.from({ length: 30 }, () => ({ release, draft: exampleDraft() })),
    };
    const card = taskMessageCard({ message: said, releases: [release], tasks, elsewhere, now });
    expect(checkMessage(renderMessage(card))).toEqual([]);
    expect(JSON.stringify(card)).toContain('more messages to approve');
  });
});

describe('the home', () => {
  const view = (own: readonly Task[]): HomeView => ({
    ...{ now, personId: 'U-devops_lead', ballots: [], drafts: [], coming: [], releases: [], others: [] },
    ...{ mayPlan: false, tasks: own.map((task) => ({ release, task })) },
  });

  it('has what somebody has to do, with buttons', async () => {
    const own = tasks.filter(({ owner, settledBy }) => owner === 'devops_lead' && settledBy === 'people');
    await expectGolden('home-tasks', homeCard(view(own)));
  });

  it('lists the first few', () => {
    const card = homeCard(view(tasks.filter(({ settledBy }) => settledBy === 'people')));
    expect(checkMessage(renderMessage(card))).toEqual([]);
    expect(JSON.stringify(card)).toContain('more tasks: ');
  });
});

describe('the form of a task', () => {
  it('proposes the next working morning', () => {
    const asked = { taskId: 't', title: 'QA sign-off', releaseKey: release.key, zone: 'Europe/Amsterdam' };
    const fields = changeTaskForm(asked, now).body.flatMap((element) =>
      element.type === 'input' && 'initial' in element ? [[element.name, element.initial]] : [],
    );
    expect(fields).toEqual([
      ['outcome', 'snooze'],
      ['until', '2030-06-17'],
      ['time', '09:00'],
    ]);
  });
});
