import { describeInstant } from '../../core/calendar/describe-instant.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { describePlaces } from '../../core/schedule/nowhere.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import { cardText } from '../../core/template/card-text.ts';
import type { PreviewedMessage } from '../../core/template/preview-messages.ts';
import { type ShownAs, showAs } from '../preview-page/show-as.ts';

/** The previewed messages for people: one after the other, each under its instant and channel. `as`: as one kind of destination shows them. */
export function previewAsText(plan: Plan, messages: readonly PreviewedMessage[], as?: ShownAs): string {
  const goLive = describeInstant(goLiveInstant(plan), plan.goLive.zone);
  const head = [
    `${plan.release} goes live ${goLive}.`,
    `${messages.length} communications, as if everything went to plan, and those of a rollback, as if one followed. Nothing is sent.`,
  ].join('\n');
  return `${[head, ...messages.map((message) => messageText(plan, message, as))].join('\n\n\n')}\n`;
}

const liveCard = 'A card that is edited in place, so that it always shows the rollout.';

function messageText(plan: Plan, message: PreviewedMessage, as: ShownAs | undefined): string {
  const { item, card } = message;
  const place = [item.label, item.localTime, describePlaces(item)].filter(Boolean).join('  ');
  const shown = card === null ? liveCard : as ? showAs(as, plan, { ...message, card }).text : cardText(card);
  const outside = item.customerFacing ? ', read by customers' : '';
  return [
    place,
    `${item.title} (${item.key})${outside}`,
    '',
    shown.replace(/^(?=.)/gm, '    '),
    '',
    ...fateLines(plan, message),
  ].join('\n');
}

/** When a poll closes, and what goes out instead, or does not, when things go differently; a sentence each. */
export function fateLines(plan: Plan, message: PreviewedMessage): string[] {
  const { item, isExpected } = message;
  const closes =
    item.kind === 'poll' ? [`Closes ${describeInstant(item.poll.closesAt, plan.goLive.zone)}.`] : [];
  const only = item.kind === 'event' || isExpected ? [] : [`Only when ${item.validIn.join(' or ')}.`];
  const variants = message.variants.map(
    ({ contexts, template }) => `When ${contexts.join(' or ')}: ${template} instead.`,
  );
  const corrects = item.corrects === undefined ? [] : [`Only where ${item.corrects} went out.`];
  const withheld = only.length > 0 ? [] : withheldLines(message);
  return [...closes, ...approvalLines(plan, message), ...only, ...variants, ...corrects, ...withheld];
}

/** What customers read goes out only when its owner, by name where the plan has one, has approved it. */
function approvalLines(plan: Plan, { item }: PreviewedMessage): string[] {
  if (!item.customerFacing) return [];
  return [`Customers read it: it waits for the approval of ${approverOf(plan, item)}.`];
}

function approverOf({ roles }: Plan, { owner }: PreviewedMessage['item']): string {
  const role = owner ?? 'release_manager';
  const name = roles[role]?.name ?? roles.release_manager?.name;
  return name === undefined
    ? roleTitle(role)
    : `${name} (${roleTitle(roles[role] ? role : 'release_manager')})`;
}

/** An event says by itself in which context it comes. */
function withheldLines({ item, withheld }: PreviewedMessage): string[] {
  return item.kind === 'event' || withheld.length === 0 ? [] : [`When ${withheld.join(' or ')}: nothing.`];
}

/** The previewed messages for programs. Instants are ISO 8601 in UTC. */
export function previewAsJson(plan: Plan, messages: readonly PreviewedMessage[]): string {
  const rows = messages.map(({ item, card, template, variants, withheld, facts }) => ({
    key: item.key,
    kind: item.kind,
    title: item.title,
    label: item.label,
    dueAt: item.dueAt === null ? null : new Date(item.dueAt).toISOString(),
    localTime: item.localTime,
    audience: item.audience,
    addresses: item.addresses,
    customerFacing: item.customerFacing === true,
    ...(item.owner === null ? {} : { owner: item.owner }),
    ...(item.customerFacing ? { approver: approverOf(plan, item) } : {}),
    template,
    assumed: { state: facts.state, trafficPercent: facts.trafficPercent },
    card,
    text: card === null ? null : cardText(card),
    variants,
    withheld,
    ...(item.kind === 'poll' ? { closesAt: new Date(item.poll.closesAt).toISOString() } : {}),
  }));
  const goLiveAt = new Date(goLiveInstant(plan)).toISOString();
  return `${JSON.stringify({ release: plan.release, goLiveAt, zone: plan.goLive.zone, messages: rows }, null, 2)}\n`;
}
