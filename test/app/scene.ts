import { and, gt, inArray, isNotNull } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import type { ActionResult, ClickAction, Message, OpenView } from '../../sandbox/control-api.ts';
import { blocksToText } from '../../sandbox/story/plain-text.ts';
import { messagesWithReplies } from '../../sandbox/story/with-replies.ts';
import { cards, deliveries } from '../../src/db/schema/outbox.ts';
import { errorMessage } from '../../src/lib/error-message.ts';
import { exportAudit } from '../../src/services/audit/export-audit.ts';
import { verifyAudit } from '../../src/services/audit/verify-audit.ts';
import { eventually } from '../support/eventually.ts';
import { describeWork } from './describe-work.ts';
import type { TestApp } from './start-test-app.ts';

export const releaseChannel = 'C0RELEASE';
export const [rita, emil, quinn, dana, priya, sam, ines] = [
  'U0RITA',
  'U0EMIL',
  'U0QUINN',
  'U0DANA',
  'U0PRIYA',
  'U0SAM',
  'U0INES',
] as const;
export const voters = [rita, emil, quinn, dana, priya, sam];

/** What is filled in to plan a release, in all steps. */
export const filledIn = {
  key: 'form-1.0',
  product: 'Web shop',
  version: '1.0',
  summary: 'Two steps instead of four.',
  date: '2027-03-20',
  'roles.engineering_lead': emil,
  'roles.qa_lead': quinn,
  'roles.devops_lead': dana,
  'roles.product_owner': priya,
  'roles.security_lead': sam,
};

export interface PlanChoices {
  key?: string;
  summary?: string;
  /** The phases of the rollout, as YAML on one line. */
  phases?: string;
  /** By the name in the configuration. */
  driver?: string;
  /** Further lines of YAML. */
  more?: string;
}

/** Hours from the moment of planning: the poll opens, it closes, go-live. */
export const hours = { pollOpens: 1, pollCloses: 3, goLive: 5 };

const defaultPhases = '[{ trafficPercent: 1 }, { trafficPercent: 50, soak: PT1H }, { trafficPercent: 100 }]';

/** A plan that goes live five hours from now: its poll opens in one hour and closes in three. */
export function planYaml(
  { clock }: Pick<TestApp, 'clock'>,
  {
    key = 'web-2.4.0',
    summary = 'A better shop.',
    phases = defaultPhases,
    driver = 'demo',
    more = '',
  }: PlanChoices = {},
) {
  const zone = 'Europe/Amsterdam';
  const at = Temporal.Instant.fromEpochMilliseconds(
    clock.now() + hours.goLive * 3_600_000,
  ).toZonedDateTimeISO(zone);
  const people = { release_manager: 'Rita Moreno', engineering_lead: 'Emil Novak', qa_lead: 'Quinn Abara' };
  const others = { devops_lead: 'Dana Fischer', product_owner: 'Priya Raman', security_lead: 'Sam Okoye' };
  const role = ([name, person]: [string, string]) =>
    `  ${name}: { name: ${person}, email: ${person.split(' ')[0]?.toLowerCase()}@example.com }`;
  return `release: ${key}
product: Web shop
version: "2.4.0"
summary: ${JSON.stringify(summary)}
goLive: { date: ${at.toPlainDate()}, time: "${at.toPlainTime().toString({ smallestUnit: 'minute' })}", zone: ${zone} }
roles:
${Object.entries({ ...people, ...others })
  .map(role)
  .join('\n')}
goNoGo:
  polls: [{ key: decision, kind: decision, opens: { goLive: -PT4H }, closes: { goLive: -PT2H } }]
rollout:
  driver: ${driver}
  phases: ${phases}
${more}`;
}

/** Types a line such as `/release list` in the release's channel. */
export function type(
  { control }: TestApp,
  person: string,
  line: string,
  times?: number,
): Promise<ActionResult> {
  const [command = '', ...words] = line.split(' ');
  const action = { person, channel: releaseChannel, command, text: words.join(' ') };
  return control.command({ ...action, ...(times === undefined ? {} : { times }) });
}

/** What a person reads. */
export function wordsOf(message: Pick<Message, 'text' | 'blocks'> | undefined): string {
  return message ? blocksToText(message.blocks ?? []) || message.text : '';
}

/** The words of a window or a home. */
export function wordsOfView(view: Record<string, unknown> | null): string {
  return blocksToText(Array.isArray(view?.blocks) ? view.blocks : []);
}

/** The window that is open before someone; fails when there is none. */
export async function openView({ control }: TestApp, person: string): Promise<OpenView> {
  const view = (await control.views(person)).at(-1);
  if (!view) throw new Error(`No window is open before ${person}.`);
  return view;
}

/** Fills in the window that is open before someone, and submits it. */
export async function submit(
  app: TestApp,
  person: string,
  values: Record<string, string>,
  times?: number,
): Promise<ActionResult> {
  const { id: viewId } = await openView(app, person);
  const picks = ['type', 'date', 'time', 'differingNames', 'existing', 'role', 'release'];
  const actionOf = (field: string) => (picks.includes(field) || field.startsWith('roles.') ? 'pick' : 'text');
  const typed = Object.entries(values).map(([field, value]) => [field, { [actionOf(field)]: value }]);
  const action = { person, viewId, values: Object.fromEntries(typed) };
  return app.control.submit({ ...action, ...(times === undefined ? {} : { times }) });
}

/**
 * Fills in the steps that plan a release, one after the other from the one that is open, and submits each: until
 * something has to be changed, or all are done. Fields that `values` leaves out stay as proposed.
 */
export async function fillInSteps(
  app: TestApp,
  person: string,
  values: Readonly<Record<string, string>>,
): Promise<ActionResult> {
  const fields = fieldsOf(await openView(app, person));
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => fields.includes(name)));
  const result = await submit(app, person, own);
  const isNext = !result.errors && result.view?.title === 'Plan a release';
  return isNext ? fillInSteps(app, person, values) : result;
}

/** The names of the fields in a window. */
export function fieldsOf({ view }: OpenView): string[] {
  const blocks = Array.isArray(view.blocks) ? view.blocks : [];
  return blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []));
}

/** Plans a release as its release manager would, and waits until its channel knows. */
export async function planRelease(app: TestApp, choices: PlanChoices = {}): Promise<string> {
  const { key = 'web-2.4.0' } = choices;
  await type(app, rita, '/release import');
  const { errors } = await submit(app, rita, { plan: planYaml(app, choices) });
  if (errors) throw new Error(JSON.stringify(errors));
  await seePost(app, new RegExp(`^${key} is planned for`));
  await app.control.views(rita).then((views) => Promise.all(views.map(({ id }) => closeView(app, rita, id))));
  return key;
}

export async function closeView({ workspace }: TestApp, person: string, viewId: string): Promise<void> {
  await fetch(`${workspace.url}/sandbox/actions/close-view`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person, viewId }),
  });
}

/** What the bot posted in a channel for all to see, oldest first. */
export async function posts({ control }: TestApp, channel = releaseChannel): Promise<Message[]> {
  return (await messagesWithReplies(control, channel)).filter((message) => message.onlyFor === undefined);
}

/** Waits for a post whose text or words match. */
export function seePost(app: TestApp, wanted: RegExp, channel = releaseChannel): Promise<Message> {
  const look = async () => {
    const all = await posts(app, channel);
    const found = all.findLast((message) => wanted.test(message.text) || wanted.test(wordsOf(message)));
    if (!found) throw new Error(`no ${wanted} in ${all.map(({ text }) => text).join(' | ')}`);
    return found;
  };
  return explained(app, eventually(look, 15_000));
}

/** Says what the bot still had to do when what was waited for did not come. */
async function explained<Value>(app: TestApp, waiting: Promise<Value>): Promise<Value> {
  try {
    return await waiting;
  } catch (error) {
    throw new Error(`${errorMessage(error)}\n${await describeWork(app)}`, { cause: error });
  }
}

/** What only this person was told in a channel, oldest first. */
export async function privateWords(
  { control }: TestApp,
  person: string,
  channel = releaseChannel,
): Promise<string[]> {
  const messages = await control.messages(channel, { person });
  return messages.filter(({ onlyFor }) => onlyFor === person).map(wordsOf);
}

/** Waits until the last that only this person was told matches. */
export async function seePrivately(
  app: TestApp,
  person: string,
  told: RegExp | string,
  channel?: string,
): Promise<string> {
  const look = async () => {
    const last = (await privateWords(app, person, channel)).at(-1) ?? '';
    if (typeof told === 'string') expect(last).toContain(told);
    else expect(last).toMatch(told);
    return last;
  };
  return explained(app, eventually(look));
}

export function click(
  { control }: TestApp,
  person: string,
  actionId: string,
  on: ClickAction['on'],
  more: Pick<ClickAction, 'times' | 'blockId'> = {},
): Promise<ActionResult> {
  return control.click({ person, on, actionId, ...more });
}

/** Moves the release's clock on. */
export async function letHoursPass({ clock }: TestApp, count: number): Promise<void> {
  clock.jumpTo(clock.now() + count * 3_600_000);
}

/** Lets the poll of a release open on schedule; its card in the channel. */
export async function openPoll(app: TestApp, key: string): Promise<Message> {
  await letHoursPass(app, hours.pollOpens);
  return seePost(app, new RegExp(`^${key}: go/no-go, 0 of 6 voted`));
}

/** Takes a release through its go/no-go and to go-live; its rollout card. */
export async function goLive(app: TestApp, key: string): Promise<Message> {
  const { channel, ts } = await openPoll(app, key);
  for (const voter of voters) await click(app, voter, 'vote-go', { channel, ts });
  await click(app, rita, 'close-poll', { channel, ts });
  await seePost(app, new RegExp(`^${key}: GO$`));
  await letHoursPass(app, hours.goLive - hours.pollOpens);
  return seePost(app, new RegExp(`^${key}: ready to promote`));
}

/** Waits until every message is posted, and every live card shows the present state. */
export function everythingShown(app: TestApp): Promise<void> {
  const { db } = app.app.services;
  const isOpen = inArray(deliveries.state, ['pending', 'sending']);
  const isStale = and(gt(cards.revision, cards.renderedRevision), isNotNull(cards.messageId));
  const look = async () =>
    expect([await db.$count(deliveries, isOpen), await db.$count(cards, isStale)]).toEqual([0, 0]);
  return explained(app, eventually(look));
}

export interface AuditEvent {
  action: string;
  actor: string;
  details?: { code?: string; message?: string; reason?: string; choice?: string };
}

/** The audit trail, of one release or of all chains. */
export async function audit({ app }: TestApp, releaseKey: string | null = null): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for await (const line of exportAudit(app.services.db, { releaseKey })) events.push(JSON.parse(line));
  return events;
}

/** The audit events that came since `before` was read. */
export async function newEvents(app: TestApp, before: AuditEvent[]): Promise<AuditEvent[]> {
  const known = new Set(before.map((event) => JSON.stringify(event)));
  return (await audit(app)).filter((event) => !known.has(JSON.stringify(event)));
}

export async function expectIntactAudit({ app }: TestApp): Promise<void> {
  expect((await verifyAudit(app.services.db, app.services.trailKeys)).broken).toEqual([]);
}
