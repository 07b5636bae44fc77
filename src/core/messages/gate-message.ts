import { describeSpan } from '../calendar/duration.ts';
import {
  type Block,
  type Card,
  command,
  type Inline,
  type Link,
  linkBlocks,
  paragraph,
  request,
  text,
} from '../card/card.ts';
import { line } from '../card/line.ts';
import { describePercent } from '../rollout/describe-percent.ts';
import type { GateResult } from '../rollout/evaluate-gate.ts';
import { episodeEndsAfterMs } from '../rollout/watch-episode.ts';
import { ask, type Named } from './mention.ts';
import { rollBackButton } from './rollout-buttons.ts';

/** A rollout whose gates are spoken of. */
export interface WatchedRollout {
  releaseKey: string;
  /** `Web shop 2.4.0`. */
  title: string;
  /** Percent on the new version; null when it is not known. */
  trafficPercent: number | null;
  /** tminus moves the traffic, by a driver that is configured. */
  hasDriver: boolean;
  /** Where to look. */
  links: readonly Link[];
}

/** Bad news: which measure, its value and limit, since when, and who can act. */
export function failingMessage(
  rollout: WatchedRollout & {
    failed: readonly GateResult[];
    /** What the old version has, by the order of `failed`; null where that is not known. */
    oldVersion: readonly (string | null)[];
    since: Inline;
    mayRollBack: readonly Named[];
  },
): Card {
  const { failed, oldVersion, since, mayRollBack } = rollout;
  const summary = `${standing(rollout)}: FAILING. ${failed.map(describeFailure).join('; ')}`;
  const measures = failed.map((gate, index) => {
    const old = oldVersion[index] ?? null;
    return [text(`${describeFailure(gate)}${old === null ? '' : `; the old version has ${old}`}`)];
  });
  return {
    summary: `🔴 ${summary}`,
    blocks: [
      { type: 'header', text: `🔴 ${standing(rollout)}: FAILING` },
      { type: 'list', ordered: false, items: measures },
      paragraph(line`Failing since ${since}.`),
      request(ask(mayRollBack, 'roll back, or say here why not.')),
      ...wayBack(rollout),
    ],
  };
}

/** Good news, short: everything has been within its limits for a while. */
export function recoveredMessage(rollout: WatchedRollout & { gates: readonly GateResult[] }): Card {
  const summary = `🟢 ${standing(rollout)}: healthy again`;
  const values = rollout.gates.map(({ title, value }) => `${title} ${value ?? 'unknown'}`).join(', ');
  return {
    summary,
    blocks: [paragraph(`${summary}, for ${describeSpan(episodeEndsAfterMs)} now. ${values}.`)],
  };
}

/** Nobody knows how the new version does, and it has traffic. */
export function unreadableMessage(
  rollout: WatchedRollout & { unknown: readonly GateResult[]; since: Inline; mayRollBack: readonly Named[] },
): Card {
  const { unknown, since, mayRollBack, trafficPercent } = rollout;
  const names = unknown.map(({ title }) => title).join(' and ');
  const summary = `⚪ ${standing(rollout)}: I can't judge ${lowerFirst(names)}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'list', ordered: false, items: unknown.map(({ sentence }) => [text(sentence)]) },
      paragraph(
        line`This has been the case since ${since}.${trafficPercent === 100 ? '' : ' Until it changes, nobody can promote.'}`,
      ),
      request(
        ask(
          mayRollBack,
          "check the metrics source; if you can't tell how the new version is doing, roll back.",
        ),
      ),
      ...wayBack(rollout),
    ],
  };
}

/** The measures can be read again. */
export function readableMessage(rollout: WatchedRollout): Card {
  const summary = `${standing(rollout)}: I can judge all measures again`;
  return { summary, blocks: [paragraph(`${summary}.`)] };
}

/** `Web shop 2.4.0 at 10 %`. */
export function standing({ title, trafficPercent }: WatchedRollout): string {
  return trafficPercent === null
    ? `${title}, share of traffic not known`
    : `${title} at ${describePercent(trafficPercent)} %`;
}

/** `Error rate 33.30 %, must be below 0.05 %`. */
export function describeFailure({ title, value, threshold }: GateResult): string {
  return `${title} ${value ?? 'unknown'}, must be ${threshold}`;
}

export function wayBack({ releaseKey, hasDriver, links }: WatchedRollout): Block[] {
  const record = command('release', `record ${releaseKey} rolled back`);
  return [
    hasDriver
      ? { type: 'actions', buttons: [rollBackButton(releaseKey)] }
      : paragraph(line`Roll back with your own pipeline, then record it with ${record}.`),
    ...linkBlocks(links),
  ];
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
