import { capitalize } from '../../lib/capitalize.ts';
import { listWords } from '../../lib/list-words.ts';
import { describeLocalDate } from '../calendar/describe-local-date.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { type Block, bold, paragraph, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import {
  FACT_NAMES,
  FACTS,
  type FactChanges,
  type FactName,
  IN_FIXED_WORDS,
  type StatedFacts,
} from '../facts/facts.ts';

/** What has changed for readers who hold `held`, old and new, in blocks. */
export function describeChanges({ correct, held }: { correct: FactChanges; held: StatedFacts }): Block[] {
  const current: StatedFacts = { ...held, ...newValues(correct) };
  return [
    ...(correct.date || correct.time
      ? [paragraph(line`Go-live is now ${describeStated(current)}. It was ${describeStated(held)}.`)]
      : []),
    ...(correct.wave
      ? [paragraph(line`The upgrade is now ${describeWave(current)}. It was ${describeWave(held)}.`)]
      : []),
    ...describeName({ correct, held, current }),
    ...FACT_NAMES.flatMap((name) => describeOne(name, correct)),
  ];
}

/** What the changed facts are now. */
export function newValues(changes: FactChanges): StatedFacts {
  return Object.fromEntries(
    FACT_NAMES.flatMap((name) => {
      const change = changes[name];
      return change ? [[name, change.to]] : [];
    }),
  );
}

/** The date of go-live, its time, or both, as far as they are stated. */
export function describeStated({ date, time }: StatedFacts): Line {
  const [clock = '', zone = ''] = String(time ?? '').split(' ');
  if (date === undefined) return `${clock} (${zone})`;
  if (time === undefined) return describeLocalDate(String(date));
  return [localDate(resolveLocalTime(String(date), 0, clock, zone).instant, zone)];
}

/** When the upgrade of a tenant begins. */
export function describeWave({ wave }: StatedFacts): Line {
  const [date = '', clock = '', zone = ''] = String(wave ?? '').split(' ');
  return [localDate(resolveLocalTime(date, 0, clock, zone).instant, zone)];
}

function describeName({
  correct,
  held,
  current,
}: {
  correct: FactChanges;
  held: StatedFacts;
  current: StatedFacts;
}): Block[] {
  if (!correct.product && !correct.version) return [];
  const nameIn = ({ product, version }: StatedFacts) =>
    listWords([product, version].flatMap((part) => (part === undefined ? [] : [String(part)]))).replace(
      ' and ',
      ' ',
    );
  return [paragraph(`It is now ${nameIn(current)}. It was announced as ${nameIn(held)}.`)];
}

function describeOne(name: FactName, changes: FactChanges): Block[] {
  const change = changes[name];
  if (!change || IN_FIXED_WORDS.includes(name)) return [];
  const { from, to } = change;
  if (typeof from === 'string' || typeof to === 'string') {
    return [
      paragraph(bold(`${capitalize(FACTS[name].title)}: `), `${String(to)} `, `(before: ${String(from)})`),
    ];
  }
  return [
    ...entries(`Added to ${FACTS[name].title}:`, missingIn(from, to)),
    ...entries(`Removed from ${FACTS[name].title}:`, missingIn(to, from)),
  ];
}

/** What `listed` has and `known` has not. */
function missingIn(known: readonly string[], listed: readonly string[]): string[] {
  return listed.filter((entry) => !known.includes(entry));
}

function entries(title: string, listed: readonly string[]): Block[] {
  if (listed.length === 0) return [];
  return [
    paragraph(bold(title)),
    { type: 'list', ordered: false, items: listed.map((entry) => [text(entry)]) },
  ];
}
