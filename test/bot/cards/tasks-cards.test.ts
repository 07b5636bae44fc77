import { describe, expect, it } from 'vitest';
import { tasksCard } from '../../../src/bot/cards/answers/tasks-card.ts';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import type { HomeView } from '../../../src/bot/cards/home/home-view.ts';
import { taskMessageCard } from '../../../src/bot/cards/tasks/task-message-card.ts';
import { changeTaskForm } from '../../../src/bot/interactions/forms/change-task.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { deriveTasks } from '../../../src/core/tasks/derive-tasks.ts';
import type { Agenda } from '../../../src/core/tasks/person-agenda.ts';
import type { Task } from '../../../src/db/queries/tasks.ts';
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

describe('what somebody is told of their tasks', () => {
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
