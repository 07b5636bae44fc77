import { bold, type Card, command, note, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { Plan } from '../plan/plan.ts';

/** Tells a release's channel that it is planned, when it goes live and what comes first. */
export function plannedMessage(facts: {
  plan: Plan;
  /** Epoch ms. */
  goLiveAt: number;
  plannedBy: string;
  /** What is due first; epoch ms. */
  next: { title: string; dueAt: number } | null;
}): Card {
  const { plan, goLiveAt, plannedBy, next } = facts;
  const { zone } = plan.goLive;
  const goLive = localDate(goLiveAt, zone);
  const summary = line`${plan.release} is planned for ${goLive}`;
  const blocks: Card['blocks'] = [
    { type: 'header', text: `${plan.release} is planned` },
    paragraph(plan.summary),
    paragraph(bold('Go-live: '), goLive, `. Planned by ${plannedBy}.`),
  ];
  if (next)
    blocks.push(paragraph(line`First on the schedule: ${next.title}, ${localDate(next.dueAt, zone)}.`));
  blocks.push(note(line`See every message with ${command('release', `schedule ${plan.release}`)}.`));
  return { summary, blocks };
}
