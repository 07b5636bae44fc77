import {
  type Block,
  type Button,
  bold,
  type Card,
  command,
  note,
  paragraph,
} from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { checklistTitle } from '../../../core/readiness/checklists/checklist-titles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { countWords } from '../../../lib/count-words.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { ReleaseForecast } from '../../../services/forecast/forecast-of.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { mayDo } from '../../../services/kernel/who-may.ts';
import type { Readiness, StandingMilestone } from '../../../services/readiness/readiness-of.ts';
import { forecastLines } from '../parts/forecast-lines.ts';
import { gateStandingLine } from '../parts/gate-lines.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many gates are listed one by one: a plan may have a hundred more. */
const maxGates = 20;
/** So many waivers have a button to end them. */
const maxWaivers = 4;

/**
 * Whether a release is ready on one screen: what blocks it, whose it is, since when; and whether go-live will
 * hold, where enough earlier releases tell.
 */
export function readinessCard(
  release: Release,
  readiness: Readiness,
  { personId, forecast }: { personId: string | null; forecast: ReleaseForecast | null },
): Card {
  const { gates, blocking, isReady } = readiness;
  const count = blocking.gates.length + groupsOf(blocking.items).length + blocking.milestones.length;
  const title = `${isReady ? '✅' : '🚦'} ${releaseName(release)}: ${isReady ? 'ready' : countWords(count, 'blocker')}`;
  return {
    summary: title,
    blocks: [
      { type: 'header', text: title },
      ...section(
        'Milestones',
        blocking.milestones.map((one) => milestoneLine(release, one)),
      ),
      ...section(
        'Checklists',
        groupsOf(blocking.items).map((items) => itemsLine(release, items)),
      ),
      ...gateBlocks(release, readiness),
      ...section(
        'Waived',
        gates.filter(({ state }) => state === 'waived').map((gate) => gateStandingLine(release, gate)),
      ),
      note(summaryLine(readiness)),
      ...forecastLines(release, forecast),
      note(line`Everything that people check: ${command('release', `check ${release.key}`)}.`),
      ...buttons(release, readiness, personId),
    ],
  };
}

/** Gates one by one; while nothing has ever been measured, that in a sentence. */
function gateBlocks(release: Release, readiness: Readiness): Block[] {
  const { blocking } = readiness;
  if (isUnmeasured(readiness)) {
    const none = `⬜ ${countWords(blocking.gates.length, 'gate')}, and no result yet. CI can send them, or somebody gives them by hand.`;
    return section('Gates', [none]);
  }
  const inOrder = [...blocking.gates].sort((one, other) => urgency[one.state] - urgency[other.state]);
  const shown = inOrder.slice(0, maxGates);
  const more = blocking.gates.length - shown.length;
  return [
    ...section(
      'Gates',
      shown.map((gate) => gateStandingLine(release, gate)),
    ),
    ...(more > 0 ? [note(`… and ${countWords(more, 'more gate')}.`)] : []),
  ];
}

/** Gates are in the way, and none of them has ever been measured. */
function isUnmeasured({ gates, blocking }: Readiness): boolean {
  return blocking.gates.length > 0 && gates.every(({ result }) => result === null);
}

/** What fails comes first. */
const urgency = { fail: 0, stale: 1, missing: 2, waived: 3, pass: 4 } as const;

function section(title: string, shown: readonly Line[]): Block[] {
  return shown.length === 0 ? [] : [paragraph(bold(title)), ...lines(...shown)];
}

function milestoneLine(release: Release, { task, waitsFor }: StandingMilestone): Line {
  const since = localDate(task.dueAt, release.plan.goLive.zone);
  const waits = waitsFor.length === 0 ? '' : ` · waits for ${listWords([...waitsFor])}`;
  return line`🔴 ${task.title}: was due ${since} · ${ownersOf(release, [task])}${waits}`;
}

function itemsLine(release: Release, items: readonly Task[]): Line {
  const title = checklistTitle(release.plan, items[0]?.checklist ?? '');
  const since = localDate(Math.min(...items.map(({ dueAt }) => dueAt)), release.plan.goLive.zone);
  return line`🔴 ${title}: ${countWords(items.length, 'item')} open since ${since} · ${ownersOf(release, items)}`;
}

/** The items of each checklist together. */
function groupsOf(items: readonly Task[]): Task[][] {
  const keys = [...new Set(items.map(({ checklist }) => checklist))];
  return keys.map((key) => items.filter(({ checklist }) => checklist === key));
}

function ownersOf(release: Release, tasks: readonly Task[]): string {
  const roles = [...new Set(tasks.map(({ owner }) => owner))];
  const names = roles.flatMap((role) => whoAnswersFor(release, role).map(({ name }) => name));
  return listWords([...new Set(names)]);
}

function summaryLine({ gates, checklists, milestones }: Readiness): string {
  const passed = gates.filter(({ state }) => state === 'pass').length;
  const items = checklists.flatMap((list) => list.items);
  const settled = items.filter(({ state }) => state !== 'open').length;
  const reached = milestones.filter(({ state }) => state === 'reached').length;
  return `Gates: ${passed} of ${gates.length} pass. Checklists: ${settled} of ${items.length} settled. Milestones: ${reached} of ${milestones.length} reached.`;
}

function buttons(release: Release, { gates }: Readiness, personId: string | null): Block[] {
  const value = JSON.stringify({ releaseKey: release.key });
  const report: Button[] =
    gates.length > 0 && mayDo(release, personId, 'gate.report')
      ? [{ action: 'report-gate', label: 'Give a result…', value }]
      : [];
  const waive: Button[] =
    gates.some(({ state }) => state !== 'pass') && mayDo(release, personId, 'gate.waive')
      ? [{ action: 'waive-gate', label: 'Waive a gate…', value }, ...endButtons(release, gates)]
      : [];
  const shown = [...report, ...waive];
  return shown.length === 0 ? [] : [{ type: 'actions', buttons: shown }];
}

function endButtons({ key }: Release, gates: Readiness['gates']): Button[] {
  return gates
    .filter(({ waiver }) => waiver !== null)
    .slice(0, maxWaivers)
    .map(({ gate }) => ({
      action: 'end-waiver',
      label: `End waiver: ${gate.key}`,
      value: JSON.stringify({ releaseKey: key, gate: gate.key }),
      confirm: {
        title: 'End the waiver?',
        text: 'The gate counts again from now on.',
        confirm: 'End it',
        deny: 'Cancel',
      },
    }));
}
