import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FACT_NAMES,
  type FactChanges,
  type FactName,
  isSameFact,
  type StatedFacts,
} from '../../../src/core/facts/facts.ts';
import { heldFacts, planCorrections, type Statement } from '../../../src/core/facts/plan-corrections.ts';
import { newValues } from '../../../src/core/messages/describe-facts.ts';

const names = ['date', 'version', 'features'] as const;
const values = {
  date: ['2030-06-18', '2030-06-25'],
  version: ['1', '2', '3'],
  features: [['a'], ['a', 'b']],
};

/** What can happen to a destination and to the release that it reads of. */
type Step =
  | { do: 'change'; name: (typeof names)[number]; to: number }
  | { do: 'send'; states: readonly FactName[] }
  | { do: 'claim' | 'arrive' | 'refuse' }
  /** Somebody has a message sent again that was refused. */
  | { do: 'again'; which: number };

const step = fc.oneof(
  fc.record({ do: fc.constant('change' as const), name: fc.constantFrom(...names), to: fc.nat(2) }),
  fc.record({ do: fc.constant('send' as const), states: fc.subarray([...names], { minLength: 1 }) }),
  fc.record({ do: fc.constantFrom('claim' as const, 'arrive' as const, 'refuse' as const) }),
  fc.record({ do: fc.constant('again' as const), which: fc.nat(9) }),
);

/** An outbox of one destination, and its reader, who believes what arrived last. */
class Place {
  current: Record<string, StatedFacts[FactName] & {}> = { date: '2030-06-18', version: '1', features: ['a'] };
  said: Statement[] = [];
  queue: Statement[] = [];
  reader: Record<string, StatedFacts[FactName] & {}> = {};
  corrections: { changes: FactChanges; believed: StatedFacts }[] = [];
  refusedCorrections = 0;
  #ids = 0;

  take(one: Step): void {
    switch (one.do) {
      case 'change':
        this.change(one);
        break;
      case 'send':
        this.say(Object.fromEntries(one.states.map((name) => [name, this.current[name]])), null);
        break;
      case 'claim':
        this.claim();
        break;
      case 'arrive':
        this.end('sent');
        break;
      case 'refuse':
        this.end('failed');
        break;
      case 'again':
        this.sendAgain(one.which);
    }
  }

  change({ name, to }: Step & { do: 'change' }): void {
    const choice = values[name];
    const value = choice[to % choice.length];
    if (value !== undefined) this.current[name] = value;
    this.correct();
  }

  sendAgain(which: number): void {
    const refused = this.said.filter(({ state }) => state === 'failed');
    const again = refused[which % Math.max(1, refused.length)];
    if (!again) return;
    again.state = 'pending';
    const under = this.queue.filter(({ state }) => state === 'sending');
    const waiting = this.queue.filter(({ state }) => state === 'pending');
    this.queue = [...under, again, ...waiting];
    const before = this.said.filter((other) => other !== again && !waiting.includes(other));
    // What waits is behind it, and so is said after it.
    this.said = [...before, again, ...waiting];
    this.correct();
  }

  correct(): void {
    const { withdraw, correct } = planCorrections(this.said, this.current);
    this.queue = this.queue.filter((waiting) => !withdraw.includes(waiting));
    this.said = this.said.filter((statement) => !withdraw.includes(statement));
    if (Object.keys(correct).length > 0) this.say(newValues(correct), correct);
  }

  say(states: StatedFacts, corrects: FactChanges | null): void {
    this.#ids += 1;
    const statement: Statement = { id: String(this.#ids), state: 'pending', states, corrects };
    this.said.push(statement);
    this.queue.push(statement);
  }

  claim(): void {
    const [head] = this.queue;
    if (head) head.state = 'sending';
  }

  end(state: 'sent' | 'failed'): void {
    this.claim();
    const head = this.queue.shift();
    if (!head) return;
    head.state = state;
    if (state === 'failed') {
      if (head.corrects) this.refusedCorrections += 1;
      this.correct();
      return;
    }
    if (head.corrects) this.corrections.push({ changes: head.corrects, believed: { ...this.reader } });
    for (const name of FACT_NAMES) {
      const value = head.states[name];
      if (value !== undefined) this.reader[name] = value;
    }
  }

  arriveAll(): void {
    while (this.queue.length > 0) this.take({ do: 'arrive' });
  }
}

function played(steps: readonly Step[]): Place {
  const place = new Place();
  for (const one of steps) place.take(one);
  place.arriveAll();
  return place;
}

describe('after any sequence of changes, messages, arrivals and refusals', () => {
  const neverRefused = step.filter((one) => one.do !== 'refuse' && one.do !== 'again');

  it('no reader holds a fact that is not so', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const place = played(steps);
        // What a channel has refused, a person has been told of.
        if (place.refusedCorrections > 0) return;
        for (const [name, believed] of Object.entries(place.reader)) {
          expect({ name, believed }).toEqual({ name, believed: place.current[name] });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('every correction says what its reader believed and what was not so any more, and nothing to others', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { changes, believed } of played(steps).corrections) {
          for (const name of FACT_NAMES) {
            const change = changes[name];
            if (!change) continue;
            expect(change.from).toEqual(believed[name]);
            expect(isSameFact(change.from, change.to)).toBe(false);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('nobody is corrected more often than something has changed', () => {
    fc.assert(
      fc.property(fc.array(neverRefused, { maxLength: 40 }), (steps) => {
        const changes = steps.filter((one) => one.do === 'change').length;
        expect(played(steps).corrections.length).toBeLessThanOrEqual(changes);
      }),
    );
  });

  it('planning twice plans nothing more', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const place = new Place();
        for (const one of steps) place.take(one);
        place.correct();
        const before = structuredClone(place.said);
        place.correct();
        expect(place.said).toEqual(before);
      }),
    );
  });
});

describe('one place', () => {
  const said = (states: StatedFacts, more: Partial<Statement> = {}): Statement => ({
    id: 'm1',
    state: 'sent',
    states,
    corrects: null,
    ...more,
  });

  it('that never heard of a fact is told nothing about it', () => {
    const { correct } = planCorrections([said({ version: '1' })], { version: '1', date: '2030-06-25' });
    expect(correct).toEqual({});
  });

  it('is corrected below the last message that has the old fact', () => {
    const old = said({ date: '2030-06-18' }, { id: 'm2' });
    const planned = planCorrections(
      [said({ date: '2030-06-18' }), old, said({ version: '1' }, { id: 'm3' })],
      {
        date: '2030-06-25',
        version: '1',
      },
    );
    expect(planned.correct).toEqual({ date: { from: '2030-06-18', to: '2030-06-25' } });
    expect(planned.below).toBe(old);
  });

  it('is told nothing when a fact went back before the correction was sent', () => {
    const waiting = said(
      { date: '2030-06-25' },
      {
        id: 'c1',
        state: 'pending',
        corrects: { date: { from: '2030-06-18', to: '2030-06-25' } },
      },
    );
    const planned = planCorrections([said({ date: '2030-06-18' }), waiting], { date: '2030-06-18' });
    expect(planned).toMatchObject({ withdraw: [waiting], correct: {} });
  });

  it('is not corrected again by itself once its channel has refused the correction', () => {
    const refused = said(
      { date: '2030-06-25' },
      { id: 'c1', state: 'failed', corrects: { date: { from: '2030-06-18', to: '2030-06-25' } } },
    );
    const before = said({ date: '2030-06-18' });
    expect(planCorrections([before, refused], { date: '2030-06-25' }).correct).toEqual({});
    expect(planCorrections([before, refused], { date: '2030-06-27' }).correct).toEqual({
      date: { from: '2030-06-18', to: '2030-06-27' },
    });
  });

  it('holds what it heard last, and nothing that did not arrive', () => {
    const failed = said({ version: '3' }, { id: 'm3', state: 'failed' });
    const held = heldFacts([said({ version: '1' }), said({ version: '2' }, { id: 'm2' }), failed]);
    expect(held.get('version')).toMatchObject({ value: '2', statement: { id: 'm2' } });
  });
});
