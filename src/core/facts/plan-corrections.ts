import {
  FACT_NAMES,
  type FactChanges,
  type FactName,
  type FactValue,
  isSameFact,
  type StatedFacts,
  staleFacts,
} from './facts.ts';

/** One message that stated facts at one destination. */
export interface Statement {
  id: string;
  /** `unknown`: it may have arrived. What is `failed` was read by nobody. */
  state: 'pending' | 'sending' | 'sent' | 'failed' | 'unknown';
  states: StatedFacts;
  /** Of a correction, what it corrects; null for every other message. */
  corrects: FactChanges | null;
}

/** What a reader holds: each fact with the statement that gave it to them last. */
export type Held<Said extends Statement> = ReadonlyMap<FactName, { value: FactValue; statement: Said }>;

export interface CorrectionPlan<Said extends Statement> {
  /** Corrections that wait in the outbox and would not be true, or not be needed, by the time they are read. */
  withdraw: Said[];
  /** What has to be corrected besides those that wait; empty when nothing has. */
  correct: FactChanges;
  /** What its readers hold at the end. */
  held: StatedFacts;
  /** Below which message the correction belongs: the last that stated any of it. Null when there is none. */
  below: Said | null;
}

/**
 * What has to be said at one destination, so that its readers hold nothing old once all is delivered. `said`: what
 * was, is being or will be said there, in that order; `current`: what is true. A correction that the channel has
 * refused is not made a second time for the same change.
 */
export function planCorrections<Said extends Statement>(
  said: readonly Said[],
  current: StatedFacts,
): CorrectionPlan<Said> {
  const held: Holding<Said> = new Map();
  const withdraw: Said[] = [];
  let refused: Said | null = null;
  for (const statement of said) {
    if (statement.state === 'failed') {
      refused = statement.corrects ? statement : refused;
    } else if (isOvertaken(statement, { held, current })) {
      withdraw.push(statement);
    } else {
      hold(held, statement);
      refused = null;
    }
  }
  const values = valuesOf(held);
  const correct = staleFacts(values, current);
  if (refused && covers(refused.states, correct)) return { withdraw, correct: {}, held: values, below: null };
  return { withdraw, correct, held: values, below: lastOf(said, held, correct) };
}

/** What readers of a destination hold once everything is delivered that is on its way. */
export function heldFacts<Said extends Statement>(said: readonly Said[]): Held<Said> {
  const held: Holding<Said> = new Map();
  for (const statement of said) if (statement.state !== 'failed') hold(held, statement);
  return held;
}

/** What readers hold, without the messages that told them. */
export function valuesOf<Said extends Statement>(held: Held<Said>): StatedFacts {
  return Object.fromEntries([...held].map(([name, { value }]) => [name, value]));
}

/** Which facts readers hold that are not so, once they have read all of `said`. */
export function staleAfter(said: readonly Statement[], current: StatedFacts): FactName[] {
  const changes = staleFacts(valuesOf(heldFacts(said)), current);
  return FACT_NAMES.filter((name) => changes[name] !== undefined);
}

type Holding<Said> = Map<FactName, { value: FactValue; statement: Said }>;

function hold<Said extends Statement>(held: Holding<Said>, statement: Said): void {
  for (const name of FACT_NAMES) {
    const value = statement.states[name];
    if (value !== undefined) held.set(name, { value, statement });
  }
}

/** Whether a correction that waits says something else than what is to be corrected where it stands. */
function isOvertaken<Said extends Statement>(
  { state, corrects }: Said,
  { held, current }: { held: Holding<Said>; current: StatedFacts },
): boolean {
  if (state !== 'pending' || corrects === null) return false;
  return FACT_NAMES.some((name) => {
    const change = corrects[name];
    if (change === undefined) return false;
    const before = held.get(name)?.value;
    const now = current[name];
    return (
      before === undefined ||
      now === undefined ||
      !isSameFact(before, change.from) ||
      !isSameFact(now, change.to)
    );
  });
}

function covers(states: StatedFacts, changes: FactChanges): boolean {
  return FACT_NAMES.every((name) => {
    const change = changes[name];
    const stated = states[name];
    return change === undefined || (stated !== undefined && isSameFact(stated, change.to));
  });
}

function lastOf<Said extends Statement>(
  said: readonly Said[],
  held: Holding<Said>,
  changes: FactChanges,
): Said | null {
  const stating = new Set(
    FACT_NAMES.flatMap((name) => (changes[name] ? (held.get(name)?.statement ?? []) : [])),
  );
  return said.findLast((statement) => stating.has(statement)) ?? null;
}
