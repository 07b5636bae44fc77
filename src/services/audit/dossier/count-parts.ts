import type { PartCounts } from '../../../core/dossier/requirement.ts';
import { changeActName } from '../../../db/queries/changes.ts';
import type { Dossier } from './load-dossier.ts';

const changes = ['release.created', 'release.edited', 'release.rescheduled', 'role.reassigned'];
const incidents = ['gates.failing', 'gates.unreadable', 'gates.recovered', 'operation.rollback.requested'];

/** How many records of each part a dossier has. */
export function countParts({ release, polls, drafts, schedule, deliveries, ...rest }: Dossier): PartCounts {
  const { operations, tasks, events } = rest;
  const ofKinds = (kinds: readonly string[]) =>
    events.filter(({ event: { action } }) => kinds.includes(action)).length;
  const votesOf = (role: string) => polls.flatMap(({ votes }) => votes.filter((vote) => vote.role === role));
  return {
    plan: 1,
    risk: 1,
    people: release.people.length,
    decisions: polls.filter(({ kind }) => kind === 'decision').length,
    security: votesOf('security_lead').length,
    testing: votesOf('qa_lead').length,
    records: rest.decisions.length,
    waivers: rest.waivers.length,
    lateChanges: rest.requests.filter(({ act }) => act === changeActName).length,
    secondPerson: rest.requests.filter(({ act }) => act !== changeActName).length,
    notes: rest.notes === null ? 0 : 1,
    approvals: drafts.filter(({ approvedAt }) => approvedAt !== null).length,
    messages: Math.max(schedule.length, deliveries.length),
    operations: operations.length,
    rollbacks: operations.filter(({ kind }) => kind === 'rollback').length,
    tasks: tasks.filter(({ state }) => state === 'done').length,
    changes: ofKinds(changes),
    refusals: ofKinds(['request.refused']),
    gates: ofKinds(['gate.changed', 'operation.promote.requested']),
    incidents: ofKinds(incidents),
    pruning: ofKinds(['release.pruned']),
    trail: events.length,
    mapping: 1,
  };
}
