import { decodeDestination } from '../../src/core/address/destination.ts';
import type { Card } from '../../src/core/card/card.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import { drainDestination } from '../../src/jobs/outbox/drain-destination.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import type { World } from '../support/test-services.ts';

/** The written form of the release's channel. */
export const channel = 'slack:channel:C-release-deployment';

/** Puts messages into the outbox, in order. Returns their ids. */
export async function putMessages(
  world: World,
  texts: readonly string[],
  destination = channel,
  releaseId: string | null = null,
): Promise<string[]> {
  const ids: string[] = [];
  for (const text of texts) {
    const id = world.services.newId();
    const content: Card = { summary: text, blocks: [] };
    await world.query(
      `insert into deliveries (id, release_id, destination, subject, content, created_at)
        values ($1, $2, $3, $4, $5, $6)`,
      [id, releaseId, destination, text, JSON.stringify(content), new Date(world.clock.now())],
    );
    ids.push(id);
  }
  return ids;
}

/** Opens a live card and puts its first message into the outbox. */
export async function putLiveCard(
  world: World,
  {
    subject,
    kind,
    releaseId = null,
    destination = channel,
  }: { subject: string; kind: string; releaseId?: string | null; destination?: string },
): Promise<void> {
  const cardId = world.services.newId();
  await world.query(
    'insert into cards (id, release_id, kind, subject_id, destination) values ($1, $2, $3, $4, $5)',
    [cardId, releaseId, kind, subject, destination],
  );
  await world.query(
    `insert into deliveries (id, release_id, destination, subject, card_id, created_at)
      values ($1, $2, $3, $4, $5, $6)`,
    [world.services.newId(), releaseId, destination, `card:${kind}`, cardId, new Date(world.clock.now())],
  );
}

export interface DeliveryRow {
  state: string;
  attempts: number;
  error: string | null;
  message_id: string | null;
}

/** The rows of the outbox, oldest first. */
export function deliveries(world: World): Promise<DeliveryRow[]> {
  return world.query<DeliveryRow>('select state, attempts, error, message_id from deliveries order by seq');
}

/** The calls of one kind to a destination, each as the milliseconds since the first and its text. */
export function callsOf(world: World, method: 'post' | 'update' | 'find', destination = channel) {
  const calls = world.platform.calls.filter(
    (call) => call.method === method && call.destination === destination,
  );
  const start = calls[0]?.at ?? 0;
  return calls.map(({ at, text }) => ({ after: at - start, text }));
}

/** Sends what waits for a destination, given in its written form. */
export function drain(jobs: JobServices, destination = channel): Promise<number | null> {
  return drainDestination(jobs, decodeDestination(destination));
}

/** Drains as often as it asks for another run, the machine's clock moved by each wait. */
export async function drainToTheEnd(
  world: World,
  { jobs = world.jobs, destination = channel }: { jobs?: JobServices; destination?: string } = {},
): Promise<void> {
  for (let wait = await drain(jobs, destination); wait !== null; wait = await drain(jobs, destination)) {
    world.wall.now += wait;
  }
}

/** The same jobs with another channel in the place of `slack`. */
export function overChannel(jobs: JobServices, slack: MessageChannel): JobServices {
  return { ...jobs, channels: new Map([['slack', slack]]) };
}
