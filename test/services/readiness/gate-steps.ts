import type { GateValue } from '../../../src/core/readiness/gates/gate.ts';
import { recordResults } from '../../../src/services/readiness/record-results.ts';
import { waiveGate } from '../../../src/services/readiness/waive-gate.ts';
import type { PersonName, World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

/** The link that people give. */
export const evidence = 'https://ci.example.com/runs/42';

/** What somebody asks for who gives a result by hand. */
export function resultOf(gate: string, value: GateValue) {
  const results = [{ gate, value }];
  return { releaseKey: 'web-2.4.0', source: null, version: null, measuredAt: null, evidence, results };
}

/** Gives a result by hand. */
export async function report(world: World, gate: string, value: GateValue, person: PersonName = 'quinn') {
  accepted(await recordResults({ ctx: world.as(person), input: resultOf(gate, value) }));
}

/** Waives a gate for so many hours. */
export async function waive(world: World, gate: string, hours = 24, person: PersonName = 'rita') {
  const until = world.clock.now() + hours * 3_600_000;
  const input = { releaseKey: 'web-2.4.0', gate, reason: 'The scanner is broken.', until };
  accepted(await waiveGate({ ctx: world.as(person), input }));
}
