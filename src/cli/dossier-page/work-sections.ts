import { roleTitle } from '../../core/plan/roles.ts';
import { type Html, html } from '../../lib/html.ts';
import type { Dossier } from '../../services/audit/dossier/load-dossier.ts';
import { describeDestination } from '../../services/delivery/notice.ts';
import { instantIn, table } from './table.ts';

const results: { [state: string]: string } = {
  confirmed: 'requested, not begun',
  running: 'under way',
  verifying: 'being read back from the target',
  succeeded: 'confirmed at the target',
  not_taken: 'not taken by the target',
  failed: 'failed',
  cancelled: 'cancelled',
  recorded: 'recorded by a person; not read from a target',
};

const kinds: Readonly<Record<Dossier['operations'][number]['kind'], string>> = {
  promote: 'Promotion',
  rollback: 'Rollback',
  abort: 'Abort',
  pause: 'Pause of a promotion',
  resume: 'Promotion, resumed',
};

/** What was asked of the target, and what it showed. */
export function operationsSection({ operations, release }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const share = (percent: number | null) => (percent === null ? 'unknown' : `${percent} %`);
  const rows = operations.map((operation) => [
    kinds[operation.kind],
    `${share(operation.fromPercent)} → ${operation.toPercent} %`,
    operation.requestedByName,
    at(operation.requestedAt),
    results[operation.state] ?? operation.state,
    operation.observedPercent === null ? '–' : `${operation.observedPercent} %`,
    [operation.reason, operation.error].filter((one) => one !== null).join('; '),
  ]);
  return table('Operations', {
    heads: ['What', 'Traffic', 'Requested by', 'When', 'Result', 'Read back', 'Reason or error'],
    rows,
    empty: 'Nothing was deployed through tminus or recorded in it.',
  });
}

/** What people had to do. */
export function tasksSection({ tasks, release }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const rows = tasks.map((task) => [
    task.title,
    roleTitle(task.owner),
    at(task.dueAt),
    task.state.replace('-', ' '),
    task.settledByName ?? (task.state === 'open' ? '' : 'tminus'),
    at(task.settledAt),
    task.evidence ?? task.reason ?? '',
  ]);
  return table('Tasks', {
    heads: ['Task', 'Owner', 'Due', 'State', 'By', 'When', 'Evidence or reason'],
    rows,
    empty: 'The plan gave nobody anything to do.',
  });
}

/** What was to be said, and what was. */
export function messagesSection({ schedule, deliveries, release, prunedAt }: Dossier): Html {
  const at = instantIn(release.plan.goLive.zone);
  const titles = new Map(schedule.map(({ item }) => [item.key, item.title]));
  const items = schedule.map(({ item, state, note, dueAt }) => [
    item.title,
    at(dueAt),
    state.replace('-', ' '),
    note ?? '',
  ]);
  const sent = deliveries.map(({ subject, destination, state, sentAt, error }) => [
    titles.get(subject) ?? subject,
    describeDestination(release, destination),
    state,
    at(sentAt),
    error ?? '',
  ]);
  const removed =
    prunedAt === null
      ? null
      : html`<p>Records of messages were removed ${at(prunedAt)}, as the retention says. The trail below still says what was sent.</p>`;
  return html`${removed}<h3>Schedule</h3>
${table('Schedule', { heads: ['Message', 'Due', 'State', 'Note'], rows: items, empty: 'No schedule is kept.' })}
<h3>Deliveries</h3>
${table('Deliveries', { heads: ['Message', 'To', 'State', 'Sent', 'Error'], rows: sent, empty: 'No delivery is kept.' })}`;
}
