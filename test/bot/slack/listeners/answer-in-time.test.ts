import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMarked } from '../../../../src/bot/interactions/failed-read.ts';
import { type Answering, answerInTime } from '../../../../src/bot/slack/listeners/answer-in-time.ts';
import { OtherWorkspaceError } from '../../../../src/bot/slack/listeners/listener-context.ts';
import type { Card } from '../../../../src/core/card/card.ts';
import { lineText } from '../../../../src/core/card/line.ts';

describe('answerInTime', () => {
  let told: string[];
  let logged: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    logged = [];
  });
  afterEach(() => void vi.useRealTimers());

  const answering = (more: Partial<Answering<string>> = {}): Answering<string> => ({
    acknowledge: async (answer) => void told.push(`ack: ${answer}`),
    acknowledgeLate: async () => void told.push('late'),
    answerLater: async (answer) => void told.push(`later: ${answer}`),
    answerWith: (card: Card) => lineText(card.summary),
    log: {
      info: () => undefined,
      warn: (details, message) => void logged.push(`warn: ${message} ${JSON.stringify(details)}`),
      error: (details, message) => void logged.push(`error: ${message} ${JSON.stringify(details)}`),
    },
    ...more,
  });
  const answerAfter = (ms: number, answer: string) => () =>
    new Promise<string>((resolve) => setTimeout(() => resolve(answer), ms));

  it('acknowledges with the answer when it is there in time', async () => {
    const done = answerInTime(answering(), answerAfter(2_499, 'done'));
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(told).toEqual(['ack: done']);
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

  it('tells a failure by a reference that is in the log, and no more', async () => {
    await answerInTime(answering(), () => Promise.reject(new Error('xoxb-123-secret at host db')));
    const reference = /the reference ([0-9a-f]{8})\.$/.exec(told[0] ?? '')?.[1];
    expect(told).toEqual([expect.stringMatching(/^ack: Something went wrong/)]);
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
    expect(told).toEqual([expect.stringContaining('could not be shown. Nothing was changed')]);
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ error: failure }),
      'a request failed',
    );
    told = [];
    await answerInTime(answering(), () => runMarked({}, () => Promise.reject(failure)));
    expect(told).toEqual([expect.stringContaining('it may or may not have been done')]);
  });

  it('gives the log the failure itself, with its stack', async () => {
    const failure = new Error('unforeseen');
    const error = vi.fn();
    const log = { info: () => undefined, warn: () => undefined, error };
    await answerInTime(answering({ log }), () => Promise.reject(failure));
    expect(error).toHaveBeenCalledExactlyOnceWith(
      { reference: expect.any(String), error: failure },
      'a request failed',
    );
  });

  it('tells a failure afterwards when it came late', async () => {
    const fail = () => new Promise<string>((_, reject) => setTimeout(() => reject(new Error('no')), 3_000));
    const done = answerInTime(answering(), fail);
    await vi.advanceTimersByTimeAsync(3_000);
    await done;
    expect(told).toEqual(['late', expect.stringMatching(/^later: Something went wrong/)]);
  });

  it('refuses another workspace in words', async () => {
    await answerInTime(answering(), () => Promise.reject(new OtherWorkspaceError('elsewhere')));
    expect(told).toEqual([
      expect.stringContaining('This tminus serves another workspace, so nothing was done.'),
    ]);
    expect(logged).toEqual(['warn: a request was refused {"note":"elsewhere"}']);
  });
});
