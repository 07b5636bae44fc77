import { describe, expect, it } from 'vitest';
import { collisionsCard } from '../../../src/bot/cards/answers/collision-blocks.ts';
import { freezesCard } from '../../../src/bot/cards/answers/freezes-card.ts';
import { riskCard } from '../../../src/bot/cards/answers/risk-card.ts';
import { addFreezeForm } from '../../../src/bot/interactions/forms/add-freeze.ts';
import { breakFreezeForm } from '../../../src/bot/interactions/forms/break-freeze.ts';
import { freezeNowForm } from '../../../src/bot/interactions/forms/freeze-now.ts';
import { setRiskForm } from '../../../src/bot/interactions/forms/set-risk.ts';
import { renderForm } from '../../../src/bot/slack/render/form.ts';
import type { Card } from '../../../src/core/card/card.ts';
import type { Freeze } from '../../../src/core/freeze/freeze.ts';
import {
  freezeAddedMessage,
  freezeRequestCard,
  frozenMessage,
  glassBrokenMessage,
} from '../../../src/core/messages/freeze-message.ts';
import { handoverMessage } from '../../../src/core/messages/handover-message.ts';
import { requestCard } from '../../../src/core/messages/request-message.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { checkView } from '../slack/render/check-limits.ts';
import { exampleRelease } from './examples.ts';

const now = Date.parse('2030-06-18T12:00:00Z');
const zone = 'Europe/Amsterdam';
const until = Date.parse('2030-06-20T04:00:00Z');
const everything = { products: null, production: null, except: [] };
const freezes: Freeze[] = [
  {
    ...{ id: null, name: 'Weekend', zone, ...everything, except: ['hotfix'] },
    times: { kind: 'weekly', from: { day: 5, time: '16:00' }, until: { day: 1, time: '06:00' } },
  },
  {
    ...{ id: '00000000-0000-4000-8000-000000000001', name: 'Audit', zone, ...everything },
    products: ['Web shop'],
    times: {
      kind: 'local',
      from: { date: '2030-06-17', time: '18:00' },
      until: { date: '2030-06-20', time: '06:00' },
    },
  },
  { ...{ id: null, name: 'Holidays', zone, ...everything }, times: { kind: 'days', days: ['2030-12-25'] } },
];
const request = {
  id: '00000000-0000-4000-8000-000000000002',
  personId: '00000000-0000-4000-8000-000000000003',
  personName: 'Dana Fischer',
  reason: 'Payments are down.',
  until: new Date(until),
  zone,
  requestedAt: new Date(now),
  expiresAt: new Date(now + 3_600_000),
  state: 'open' as const,
  decidedAt: null,
  decidedByName: null,
  refusal: null,
};
const facts = { reason: 'Payments are down.', until, zone };
/** Of somebody who wants to promote. */
const secondPerson = {
  ...{ requestId: request.id, releaseKey: 'web-2.4.0', words: 'promote to 10 %', personName: 'Dana Fischer' },
  ...{ state: 'open' as const, expiresAt: now + 3_600_000, zone },
  ...{ decidedByName: null, decidedAt: null, reason: null },
  people: [{ name: 'Emil Novak', identities: [{ platform: 'slack', id: 'U0EMIL' }] }],
};
const emil = { name: 'Emil Novak', identities: [{ platform: 'slack', id: 'U0EMIL' }] };

const cards: Record<string, Card> = {
  risk: riskCard(
    examplePlan({ type: 'major', riskTolerance: 'low', risk: { databaseMigrations: 'irreversible' } }),
    {
      maySet: true,
    },
  ),
  freezes: freezesCard({ freezes, requests: [] }, { now, mayChange: true, mayFreezeNow: true }),
  'freezes-asked': freezesCard(
    { freezes: [], requests: [request] },
    { now, mayChange: false, mayFreezeNow: true },
  ),
  handover: handoverMessage({
    from: 'Quinn Abara',
    releases: [
      {
        ...{ releaseKey: 'web-2.4.0', product: 'Web shop', version: '2.4.0', zone, roles: ['qa_lead'] },
        ...{ openTasks: 3, waitingDrafts: 1, hasOpenVote: true },
        news: [
          { at: now - 3_600_000, sentence: 'tminus opened the go/no-go, asking QA Lead' },
          { at: now, sentence: 'Dana Fischer voted go as DevOps Lead' },
        ],
      },
    ],
  }),
  'request-open': requestCard(secondPerson),
  'request-approved': requestCard({
    ...secondPerson,
    ...{ state: 'approved' as const, decidedByName: 'Emil Novak', decidedAt: now + 60_000 },
  }),
  'request-refused': requestCard({
    ...secondPerson,
    ...{
      state: 'refused' as const,
      decidedByName: 'Emil Novak',
      decidedAt: now + 60_000,
      reason: 'The logs look odd.',
    },
  }),
  'request-lapsed': requestCard({ ...secondPerson, state: 'lapsed' }),
  'freeze-asked': freezeRequestCard({
    ...facts,
    ...{ requestId: request.id, by: 'Dana Fischer', expiresAt: now + 3_600_000, people: [emil] },
    ...{ state: 'open', decidedByName: null, decidedAt: null, refusal: null },
  }),
  'freeze-refused': freezeRequestCard({
    ...facts,
    ...{ requestId: request.id, by: 'Dana Fischer', expiresAt: now + 3_600_000, people: [] },
    ...{ state: 'refused', decidedByName: 'Emil Novak', decidedAt: now + 60_000, refusal: 'They are back.' },
  }),
  frozen: frozenMessage({
    ...facts,
    ...{ by: 'Dana Fischer', agreedBy: 'Emil Novak', held: ['web-2.4.0', 'app-1.0'], promoting: ['app-1.0'] },
  }),
  'freeze-added': freezeAddedMessage({
    name: 'Audit',
    times: 'soon',
    by: 'Rita Moreno',
    keys: ['web-2.4.0'],
  }),
  'freeze-broken': glassBrokenMessage({ ...facts, releaseKey: 'web-2.4.0', by: 'Emil Novak' }),
  collisions: collisionsCard(examplePlan(), {
    collisions: [
      { kind: 'service', releaseKey: 'app-1.0', goLiveAt: now, by: 'driver', name: 'demo' },
      { kind: 'people', releaseKey: 'app-1.0', goLiveAt: now, names: ['Dana Fischer'] },
      { kind: 'audience', address: '#support', weekOf: '2030-06-17', messages: 7, releaseKeys: ['app-1.0'] },
    ],
    clearSlot: { date: '2030-06-25', instant: Date.parse('2030-06-25T08:00:00Z') },
  }),
};

describe('what guards a release', () => {
  it.each(Object.entries(cards))('shows %s', async (name, card) => {
    await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(
      `./golden/guard-${name}.golden.json`,
    );
  });

  it('asks in forms within what Slack takes', () => {
    const release = exampleRelease();
    const forms = [
      setRiskForm(release),
      addFreezeForm(zone),
      freezeNowForm({ zone, now, reason: 'x'.repeat(5_000) }),
      breakFreezeForm(release, { now, reason: 'x'.repeat(5_000) }),
    ];
    for (const form of forms) expect(checkView(renderForm(form))).toEqual([]);
  });
});
