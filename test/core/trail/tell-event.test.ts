import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrailEvent } from '../../../src/core/audit/trail-event.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { eventKinds, kindOf } from '../../../src/core/trail/event-kinds.ts';
import type { TrailNames } from '../../../src/core/trail/sentence.ts';
import { tellEvent } from '../../../src/core/trail/tell-event.ts';

const names: TrailNames = {
  zone: 'Europe/Amsterdam',
  message: (key) => (key === 'sales' ? 'Sales briefing' : key),
  task: (key) => (key === 'milestone-qa-sign-off' ? 'QA sign-off' : key),
  place: (written) => (written === 'slack:channel:C1' ? '#support' : written),
};

/** An event by Quinn, with its sentence, right and evidence in plain words. */
function told(action: string, details: TrailEvent['details'] = {}, more: Partial<TrailEvent> = {}): string[] {
  const event = { seq: 7, action, at: '2030-06-18T08:00:00.000Z', actor: 'slack:U0QUINN', ...more };
  const { sentence, right, evidence } = tellEvent({ actorName: 'Quinn', ...event, details }, names);
  return [lineText(sentence), ...(right === null ? [] : [right]), ...evidence.map(lineText)];
}

describe('tellEvent', () => {
  it.each<[string, TrailEvent['details'], string[]]>([
    [
      'vote.cast',
      {
        ...{ choice: 'no_go', reason: '3 of 212 tests fail', roles: ['qa_lead', 'devops_lead'] },
        ...{ inPlaceOf: { devops_lead: 'Dana' }, earlier: [{ role: 'qa_lead', choice: 'go', reason: null }] },
      },
      [
        'Quinn voted no-go as QA Lead and DevOps Lead in place of Dana: 3 of 212 tests fail',
        'before, QA Lead: go',
      ],
    ],
    [
      'poll.closed',
      {
        ...{ kind: 'decision', outcome: 'no_go' },
        votes: [
          { role: 'qa_lead', choice: 'no_go', reason: 'Slow' },
          { role: 'devops_lead', choice: null, reason: null },
        ],
      },
      ['Quinn closed the go/no-go: NO-GO', 'QA Lead: no-go: Slow', 'DevOps Lead: no vote'],
    ],
    [
      'gates.unmeasured',
      { gates: [{ gate: 'error-rate', source: 'shop', reason: 'no answer' }] },
      ['Quinn got no value for gates from their metrics sources', 'error-rate: nothing from shop: no answer'],
    ],
    [
      'trail.redacted',
      { what: 'Removed person 3f2a91c4', reason: 'Erasure request.', records: [3, 7, 12] },
      [
        'Quinn removed what was personal of Removed person 3f2a91c4 from the records 3, 7 and 12: Erasure request',
      ],
    ],
    [
      'trail.redacted',
      { what: 'a text', reason: 'Private', records: [3] },
      ['Quinn removed a text from record 3: Private'],
    ],
    [
      'operation.promote.requested',
      {
        ...{ fromPercent: 1, toPercent: 10, reason: null },
        gates: [{ metric: 'error_rate', state: 'pass', value: 0.01, threshold: 0.05, source: 'demo' }],
      },
      ['Quinn promoted it from 1 % to 10 %', 'error_rate passes: 0.01, limit 0.05 (demo)'],
    ],
    [
      'operation.rollback.requested',
      { fromPercent: null, reason: 'Errors' },
      ['Quinn rolled it back from an unknown share: Errors'],
    ],
    [
      'deployment.recorded',
      { fromPercent: 0, toPercent: 50, note: 'By hand', withoutGo: true },
      ['Quinn recorded what was done without tminus: from 0 % to 50 %, without a go: By hand'],
    ],
    [
      'deployment.recorded',
      { fromPercent: 0, toPercent: 100, note: null, withoutGo: false, source: 'ci' },
      ['Quinn recorded what was done without tminus: from 0 % to 100 %, on the word of ci'],
    ],
    [
      'release.rescheduled',
      { from: '2030-06-18T08:00:00.000Z', to: '2030-06-19T08:00:00.000Z', reason: 'A freeze' },
      [
        'Quinn moved go-live from Tue 18 Jun 2030, 10:00 (Europe/Amsterdam) to Wed 19 Jun 2030, 10:00 (Europe/Amsterdam): A freeze',
      ],
    ],
    [
      'communication.sent',
      { key: 'sales', addresses: ['#sales'], note: null, wording: 'ab'.repeat(32) },
      ['Quinn sent "Sales briefing" to #sales', 'the wording with SHA-256 abababababab…'],
    ],
    [
      'delivery.failed',
      { destination: 'slack:channel:C1', message: 'sales', reason: 'archived' },
      ['Quinn could not deliver "Sales briefing" to #support: archived'],
    ],
    [
      'task.done',
      { key: 'milestone-qa-sign-off', evidence: 'https://example.com/run/7', reason: null },
      ['Quinn ticked "QA sign-off"', 'https://example.com/run/7'],
    ],
    [
      'request.refused',
      { message: "You can't promote web-2.4.0." },
      ["Quinn was refused: You can't promote web-2.4.0"],
    ],
    [
      'role.reassigned',
      { role: 'qa_lead', from: 'Quinn', to: 'Nina' },
      ['Quinn gave the role QA Lead to Nina, in place of Quinn'],
    ],
  ])('says of %s what was done and on what evidence', (action, details, expected) => {
    expect(told(action, details)).toEqual(expected);
  });

  it('says with which right, and who acted when it was no person', () => {
    const right = { to: 'rollout.promote', as: ['release_manager', 'devops_lead'] };
    expect(told('freeze.approved', {}, { right })[1]).toBe('Release Manager and DevOps Lead');
    expect(told('freeze.approved', {}, { right: { to: 'release.edit', as: ['release_creator'] } })[1]).toBe(
      'release creator',
    );
    const actor = (more: Partial<TrailEvent>) =>
      told('release.followed', {}, more)[0]?.replace(' follows the release', '');
    expect(actor({ actor: 'system:schedule', actorName: 'schedule' })).toBe('tminus');
    expect(actor({ actor: 'operator:root', actorName: 'root' })).toBe('root (at the command line)');
  });

  it('also tells an event of a version whose kinds it does not know', () => {
    expect(kindOf('toString')).toBeUndefined();
    expect(told('moon.landed')).toEqual([
      'Quinn recorded "moon.landed", which this version can\'t put into words',
    ]);
  });

  it.each(Object.keys(eventKinds))('has a sentence for %s, whatever its details are', (action) => {
    const details = fc.dictionary(
      fc.constantFrom(
        'key',
        'roles',
        'role',
        'votes',
        'reason',
        'to',
        'from',
        'until',
        'gates',
        'kind',
        'details',
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(details, (some) => {
        const [sentence = ''] = told(action, some);
        expect(sentence).toMatch(/^Quinn \S/);
      }),
      { numRuns: 50 },
    );
    expect(told(action)[0]).not.toMatch(/undefined|null|NaN|\[object/);
  });
});
