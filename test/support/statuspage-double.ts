import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { startServer } from './serve.ts';

const ids = { page: 'page12345678', shop: 'comp12345678' };
export const statuspageIds = ids;
export const statuspageKey = 'key-of-the-page';

const state = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);
const component = z.enum([
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
]);
const instant = z.iso.datetime();
/** "All top-level values in the object must also be objects." */
const metadata = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The fields of the API's documentation that a scheduled maintenance can have; no others. */
const shared = {
  body: z.string().max(25_000),
  metadata,
  deliver_notifications: z.boolean(),
  scheduled_for: instant,
  scheduled_until: instant,
  components: z.record(z.literal(ids.shop), component),
};
const created = z.strictObject({
  ...shared,
  components: shared.components.optional(),
  name: z.string().min(1).max(255),
  status: state,
  component_ids: z.array(z.literal(ids.shop)),
  scheduled_remind_prior: z.boolean(),
  scheduled_auto_in_progress: z.boolean(),
  scheduled_auto_completed: z.boolean(),
  auto_transition_to_maintenance_state: z.boolean(),
  auto_transition_to_operational_state: z.boolean(),
});
const changed = z.strictObject({ ...shared, status: state }).partial();

interface Maintenance {
  id: string;
  name: string;
  status: z.infer<typeof state>;
  scheduled_for: string;
  scheduled_until: string;
  metadata: unknown;
  /** Oldest first. */
  incident_updates: { status: string; body: string }[];
}

export interface StatuspageDouble {
  url: string;
  maintenances: Maintenance[];
  /** What each component shows. */
  components: Map<string, string>;
  /** The next writes are answered like this; `lost`: done, and the connection ends without an answer. */
  mishaps: (number | 'lost')[];
  requests: string[];
  close(): Promise<void>;
}

/** Atlassian's Statuspage API v1 as documented, for one page, and strict: whatever it does not know is refused. */
export async function startStatuspage(): Promise<StatuspageDouble> {
  const double: Omit<StatuspageDouble, 'url' | 'close'> = {
    maintenances: [],
    components: new Map([[ids.shop, 'operational']]),
    mishaps: [],
    requests: [],
  };
  const { url, close } = await startServer(async (request, response) => {
    double.requests.push(`${request.method} ${request.url}`);
    const answer = await respond(double, request);
    if (answer === 'lost') return void request.socket.destroy();
    const headers = answer.status === 420 ? { 'retry-after': '3' } : {};
    response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(answer.json));
  });
  return { ...double, url: `${url}/v1`, close };
}

type Answer = { status: number; json: unknown } | 'lost';

async function respond(
  double: Omit<StatuspageDouble, 'url' | 'close'>,
  request: IncomingMessage,
): Promise<Answer> {
  const { method, headers, url = '' } = request;
  if (headers.authorization !== `OAuth ${statuspageKey}`)
    return { status: 401, json: { error: 'unauthorized' } };
  const { pathname, searchParams } = new URL(url, 'http://double');
  const [, id] = new RegExp(`^/v1/pages/${ids.page}/incidents(?:/(\\w+))?$`).exec(pathname) ?? [null, null];
  if (id === null) return { status: 404, json: { error: 'not found' } };
  if (method === 'GET' && id === undefined) return list(double, searchParams);
  const mishap = double.mishaps.shift();
  if (typeof mishap === 'number') return { status: mishap, json: { error: `answer ${mishap}` } };
  if (headers['content-type'] !== 'application/json') return { status: 415, json: {} };
  const body = await bodyOf(request);
  const answer =
    id === undefined && method === 'POST' ? create(double, body) : change(double, { method, id, body });
  return mishap ?? answer;
}

function list({ maintenances }: Pick<StatuspageDouble, 'maintenances'>, query: URLSearchParams): Answer {
  const read = z
    .strictObject({ limit: z.coerce.number().int().min(1).max(100), page: z.coerce.number().int().min(1) })
    .safeParse(Object.fromEntries(query));
  if (!read.success) return { status: 400, json: { error: read.error.message } };
  const { limit, page } = read.data;
  return { status: 200, json: maintenances.toReversed().slice((page - 1) * limit, page * limit) };
}

function create(double: Pick<StatuspageDouble, 'maintenances' | 'components'>, body: unknown): Answer {
  const read = z.strictObject({ incident: created }).safeParse(body);
  if (!read.success) return { status: 422, json: { error: read.error.message } };
  const { incident } = read.data;
  if (incident.scheduled_for >= incident.scheduled_until)
    return { status: 422, json: { error: 'scheduled_until' } };
  const { name, status, scheduled_for, scheduled_until, metadata: notes } = incident;
  const id = `inc${double.maintenances.length}`;
  const times = { scheduled_for, scheduled_until };
  const updates = [{ status, body: incident.body }];
  const made = { id, name, status, ...times, metadata: notes, incident_updates: updates };
  double.maintenances.push(made);
  setComponents(double, incident.components);
  return { status: 201, json: made };
}

function change(
  double: Pick<StatuspageDouble, 'maintenances' | 'components'>,
  { method, id, body }: { method: string | undefined; id: string | undefined; body: unknown },
): Answer {
  const found = double.maintenances.find((each) => each.id === id);
  if (method !== 'PATCH' || !found) return { status: 404, json: { error: 'not found' } };
  const read = z.strictObject({ incident: changed }).safeParse(body);
  if (!read.success) return { status: 422, json: { error: read.error.message } };
  const {
    status = found.status,
    body: text,
    components,
    deliver_notifications: _,
    ...rest
  } = read.data.incident;
  if (state.options.indexOf(status) < state.options.indexOf(found.status))
    return { status: 422, json: { error: 'it would go back' } };
  Object.assign(found, rest, { status });
  if (text !== undefined) found.incident_updates.push({ status, body: text });
  setComponents(double, components);
  return { status: 200, json: found };
}

function setComponents(
  { components }: Pick<StatuspageDouble, 'components'>,
  given: Record<string, string> = {},
): void {
  for (const [id, shown] of Object.entries(given)) components.set(id, shown);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}
