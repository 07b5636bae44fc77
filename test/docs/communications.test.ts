import { expect, it } from 'vitest';
import { durationMs } from '../../src/core/calendar/duration.ts';
import {
  AUDIENCE_TITLES,
  AUDIENCES,
  type Audience,
  DEFAULT_CHANNELS,
  TENANTS,
} from '../../src/core/plan/audiences.ts';
import { RELEASE_TYPES, STAKEHOLDER_COMPLEXITIES } from '../../src/core/plan/planning-arguments.ts';
import { roleTitle } from '../../src/core/plan/roles.ts';
import { RELEASE_CONTEXTS } from '../../src/core/release/release-context.ts';
import type { DefaultCommunication, ScheduleEvent } from '../../src/core/schedule/default-communication.ts';
import { DEFAULT_COMMUNICATIONS } from '../../src/core/schedule/default-communications.ts';
import { countWords } from '../../src/lib/count-words.ts';

const head = `# Communications

Every message that tminus sends by itself, by the time at which it is due. This page is made from the tables in \`src/core/schedule/\`. The two polls are not on it: \`goNoGo.polls\` of the plan has them. S1 and S2 are the two documents on which the project is based; they give the days, the times of day are ours. [docs/plans.md](plans.md#communications) says how to change, drop and add messages, and how to write a text of your own.

Which messages a release has follows from its \`stakeholders\` and its \`type\`. **Customers** in the column *Read by* marks what people outside read: these texts name no people, no channels and no internal terms. *True in* lists the states of the release in which the text is true, and the template that takes its place in others; in all others nothing is sent, and \`/release schedule\` says why.

| When | Key | What | Read by | Whose task | Stakeholders | Types | True in | Source |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
`;

const tail = `
\\* Moves with \`customerNotice\`: with \`P14D\`, customers hear at T-14, and the draft is at T-21.

A correction, a delay notice and a cancellation go out only where and when the message that they are about went out.

## Audiences

| Audience | Who | Default destination |
| --- | --- | --- |
`;

it('docs/communications.md lists every communication and audience: `npx vitest run test/docs/communications.test.ts -u` writes it', async () => {
  const rows = [...DEFAULT_COMMUNICATIONS].sort((left, right) => orderOf(left) - orderOf(right)).map(rowOf);
  const page = `${head}${rows.join('\n')}\n${tail}${AUDIENCES.map(audienceRow).join('\n')}\n`;
  await expect(page).toMatchFileSnapshot('../../docs/communications.md');
});

function rowOf(item: DefaultCommunication): string {
  const readers = AUDIENCE_TITLES[item.audience];
  const cells = [
    `${whenOf(item)}${item.movesWithNotice ? ' \\*' : ''}`,
    `\`${item.key}\``,
    `${item.title}${item.corrects === undefined ? '' : `, about \`${item.corrects}\``}${item.perWave ? ', one for each wave' : ''}`,
    item.customerFacing ? `${readers} (**customers**)` : readers,
    roleTitle(item.owner),
    conditionOf(STAKEHOLDER_COMPLEXITIES, item.stakeholders),
    conditionOf(RELEASE_TYPES, item.types),
    truthOf(item),
    item.source,
  ];
  return `| ${cells.join(' | ')} |`;
}

function conditionOf(all: readonly string[], some: readonly string[] | undefined): string {
  if (some === undefined || some.length === all.length) return 'all';
  const missing = all.filter((one) => !some.includes(one));
  return missing.length === 1 ? `all but ${missing.join()}` : some.join(', ');
}

function truthOf({ validIn, variants }: DefaultCommunication): string {
  const others = [...new Set(Object.values(variants))].map((template) => {
    const contexts = RELEASE_CONTEXTS.filter((context) => variants[context] === template);
    return `${contexts.join(', ')}: \`${template}\``;
  });
  return [validIn.join(', '), ...others].join('; ');
}

const events: Record<ScheduleEvent, string> = {
  'rollout-started': 'first traffic',
  'rollout-completed': 'all traffic',
  'rolled-back': 'rollback',
  'traffic-reduced': 'less traffic',
  cancelled: 'cancellation',
};

function whenOf({ when }: DefaultCommunication): string {
  if ('event' in when) return events[when.event];
  if ('goLive' in when) return fromGoLive(durationMs(when.goLive));
  const days = daysOf(when.offset);
  return `T${days < 0 ? days : `+${days}`}, ${when.time}`;
}

/** As if go-live were at 10:00. */
const goLiveTimeMs = 10 * 3_600_000;

function fromGoLive(ms: number): string {
  if (ms === 0) return 'T-0, go-live';
  return `${countWords(Math.abs(ms) / 3_600_000, 'hour')} ${ms < 0 ? 'before' : 'after'} T-0`;
}

function daysOf(offset: string): number {
  return Number(offset.replace(/[PD]/g, ''));
}

/** By day and time; what an event sets off comes on the day of go-live, setbacks at the end. */
function orderOf({ when }: DefaultCommunication): number {
  if ('event' in when) {
    const place = Object.keys(events).indexOf(when.event);
    return when.event.startsWith('rollout') ? goLiveTimeMs / 60_000 + 1 + place : 1e6 + place;
  }
  if ('goLive' in when) return (durationMs(when.goLive) + goLiveTimeMs) / 60_000;
  const [hours = 0, minutes = 0] = when.time.split(':').map(Number);
  return daysOf(when.offset) * 1440 + hours * 60 + minutes;
}

function audienceRow(audience: Audience): string {
  return `| \`${audience}\` | ${AUDIENCE_TITLES[audience]} | ${defaultOf(audience)} |`;
}

function defaultOf(audience: Audience): string {
  if (audience === TENANTS) return "none: the plan's `tenants`";
  const address = new Map<string, string>(Object.entries(DEFAULT_CHANNELS)).get(audience);
  return address === undefined ? `none: \`channels.${audience}\`` : `\`${address}\``;
}
