import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMarked } from '../../../src/bot/interactions/failed-read.ts';
import {
  type Answering,
  answerInTime,
  answerLate,
  FailedRequestError,
} from '../../../src/bot/requests/answer-in-time.ts';
import { OtherWorkspaceError } from '../../../src/bot/requests/ctx-of-request.ts';
import { patience } from '../../../src/bot/slack/listeners/patience.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';

describe('answerInTime', () => {
  let told: string[];
  let logged: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    logged = [];
    stored = [];
  });
  afterEach(() => void vi.useRealTimers());

  const answering = (more: Partial<Answering<string>> = {}): Answering<string> => ({
    acknowledge: async (answer) => void told.push(`ack: ${answer}`),
    acknowledgeLate: async () => void told.push('late'),
    answerLater: async (answer) => told.push(`later: ${answer}`) > 0,
    tell: async (card) => told.push(`told: ${lineText(card.summary)}`) > 0,
    kept: keptAfter(0),
    answerWith: (card: Card) => lineText(card.summary),
    patience,
    log: {
      info: () => undefined,
      warn: (details, message) => void logged.push(`warn: ${message} ${JSON.stringify(details)}`),
      error: (details, message) => void logged.push(`error: ${message} ${JSON.stringify(details)}`),
    },
    ...more,
  });
  /** What happens to the request in the store, which takes so long. */
  let stored: string[];
  const keptAfter = (ms: number): Answering<string>['kept'] => ({
    keep: async () => {
      stored.push('begun');
      await new Promise((resolve) => setTimeout(resolve, ms));
      stored.push('kept');
    },
    forget: async () => void stored.push('forgotten'),
    release: () => void stored.push('released'),
  });
  const answerAfter = (ms: number, answer: string) => () =>
    new Promise<string>((resolve) => setTimeout(() => resolve(answer), ms));

  it('acknowledges with the answer when it is there in time', async () => {
    const done = answerInTime(answering(), answerAfter(2_499, 'done'));
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(told).toEqual(['ack: done']);
    expect(stored).toEqual(['begun', 'kept', 'forgotten']);
  });

  it('keeps nothing of what is done within two seconds', async () => {
    const done = answerInTime(answering(), answerAfter(1_999, 'done'));
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(told).toEqual(['ack: done']);
    expect(stored).toEqual([]);
  });

  it('acknowledges late only once the request is kept', async () => {
    const done = answerInTime(answering({ kept: keptAfter(750) }), answerAfter(4_000, 'done'));
    await vi.advanceTimersByTimeAsync(2_740);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(told).toEqual(['late']);
    expect(stored).toEqual(['begun', 'kept']);
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    expect(stored).toEqual(['begun', 'kept', 'forgotten']);
  });

  it.each([
    ['took too long to keep', keptAfter(801), ['begun', 'kept', 'forgotten']],
    ['could not be kept', { ...keptAfter(0), keep: () => Promise.reject(new Error('gone')) }, ['forgotten']],
  ])('does not acknowledge before it is done what %s', async (_what, kept, inTheStore) => {
    const done = answerInTime(answering({ kept }), answerAfter(4_000, 'done'));
    await vi.advanceTimersByTimeAsync(3_999);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(told).toEqual(['late', 'later: done']);
    expect(stored).toEqual(inTheStore);
  });

  it('leaves what it could not answer to whoever takes it up', async () => {
    const done = answerInTime(answering({ answerLater: async () => false }), answerAfter(3_000, 'done'));
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
    expect(stored).toEqual(['begun', 'kept', 'released']);
  });

  it('acknowledges after 2.5 seconds without it, and answers when it is there', async () => {
    const done = answerInTime(answering(), answerAfter(4_000, 'done'));
    await vi.advanceTimersByTimeAsync(2_500);
    expect(told).toEqual(['late']);
    await vi.advanceTimersByTimeAsync(1_500);
    await done;
    expect(told).toEqual(['late', 'later: done']);
  });

  it('never answers before "Working on it…" was said, however long that takes', async () => {
    const acknowledgeLate = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      told.push('late');
    };
    const done = answerInTime(answering({ acknowledgeLate }), answerAfter(3_000, 'done'));
    await vi.advanceTimersByTimeAsync(7_400);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    await done;
    expect(told).toEqual(['late', 'later: done']);
  });

  it('answers although the late acknowledgement did not arrive', async () => {
    const acknowledgeLate = () => Promise.reject(new Error('gone'));
    const done = answerInTime(answering({ acknowledgeLate }), answerAfter(3_000, 'done'));
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
    expect(told).toEqual(['later: done']);
    expect(logged).toEqual([expect.stringContaining('warn: an acknowledgement did not arrive')]);
  });

  it('tells a failure by a reference that is in the log, and no more, and acknowledges nothing', async () => {
    const failing = () => Promise.reject(new Error('xoxb-123-secret at host db'));
    const thrown = await answerInTime(answering(), failing).catch((error: unknown) => String(error));
    const reference = /the reference ([0-9a-f]{8})\.$/.exec(told[0] ?? '')?.[1];
    expect(thrown).toBe(`FailedRequestError: see the reference ${reference}`);
    expect(told).toEqual([expect.stringMatching(/^told: Something went wrong/)]);
    expect(told[0]).not.toMatch(/xoxb|host db/);
    expect(logged).toEqual([expect.stringContaining(`"reference":"${reference}"`)]);
    expect(logged[0]).not.toContain('xoxb-123');
  });

  it('says of a read that nothing was changed, and logs what went wrong', async () => {
    const failure = new Error('unforeseen');
    const error = vi.fn();
    const log = { info: () => undefined, warn: () => undefined, error };
    const read = () => runMarked({ readsOnly: true }, () => Promise.reject(failure));
    await answerInTime(answering({ log }), read);
    expect(told).toEqual([expect.stringMatching(/^ack: .*could not be shown\. Nothing was changed/)]);
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ error: failure }),
      'a request failed',
    );
    told = [];
    const act = () => runMarked({}, () => Promise.reject(failure));
    await expect(answerInTime(answering(), act)).rejects.toThrow(FailedRequestError);
    expect(told).toEqual([expect.stringMatching(/^told: .*this may or may not have been done/)]);
  });

  it('gives the log the failure itself, with its stack', async () => {
    const failure = new Error('unforeseen');
    const error = vi.fn();
    const log = { info: () => undefined, warn: () => undefined, error };
    const done = answerInTime(answering({ log }), () => Promise.reject(failure));
    await expect(done).rejects.toThrow(FailedRequestError);
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { reference: expect.any(String), error: failure },
      'a request failed',
    );
  });

  const failAfter = (ms: number) => () =>
    new Promise<string>((_, reject) => setTimeout(() => reject(new Error('no')), ms));

  it.each([
    ['told of', async () => true, ['begun', 'kept', 'forgotten']],
    ['not told of', async () => false, ['begun', 'kept', 'released']],
  ])('ends a failure afterwards that the person is %s', async (_what, tell, inTheStore) => {
    const tells = vi.fn(tell);
    const done = answerInTime(answering({ tell: tells }), failAfter(3_000));
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
    expect(told).toEqual(['late']);
    expect(tells).toHaveBeenCalledOnce();
    expect(stored).toEqual(inTheStore);
  });

  it('acknowledges no failure that comes before the late acknowledgement', async () => {
    const done = expect(answerInTime(answering(), failAfter(2_400))).rejects.toThrow(FailedRequestError);
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(told).toEqual([expect.stringMatching(/^told: Something went wrong/)]);
    expect(stored).toEqual(['begun', 'kept', 'forgotten']);
  });

  it('answers what is done again, and says whether the person heard', async () => {
    expect(await answerLate(answering(), async () => 'done')).toBe(true);
    expect(await answerLate(answering(), () => Promise.reject(new Error('no')))).toBe(true);
    expect(told).toEqual(['later: done', expect.stringMatching(/^told: Something went wrong/)]);
    expect(await answerLate(answering({ answerLater: async () => false }), async () => 'done')).toBe(false);
  });

  it('refuses another workspace in words', async () => {
    await answerInTime(answering(), () => Promise.reject(new OtherWorkspaceError('elsewhere')));
    expect(told).toEqual([
      expect.stringContaining('This tminus serves another workspace, so nothing was done.'),
    ]);
    expect(logged).toEqual(['warn: a request was refused {"note":"elsewhere"}']);
  });
});
