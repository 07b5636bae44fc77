import { describe, expect, it } from 'vitest';
import { actOf, buttonsIn, hasButton } from '../../../sandbox/page/teams/cards/card-acts.ts';
import { prepareCard } from '../../../sandbox/page/teams/cards/prepare-card.ts';

const reader = {
  zone: 'UTC',
  people: [{ id: 'aad-dana', realName: 'Dana Fischer' }],
  typed: new Map([['reason', 'Two tests are red']]),
};

describe('a card for its reader', () => {
  it('offers the people of the organisation, and keeps what was typed', () => {
    const query = { type: 'Data.Query', dataset: 'graph.microsoft.com/users?scope=currentContext' };
    const body = [
      { type: 'Input.ChoiceSet', id: 'owner', choices: [], 'choices.data': query },
      { type: 'Input.Text', id: 'reason', value: '' },
    ];
    expect(prepareCard({ type: 'AdaptiveCard', body }, reader).body).toEqual([
      {
        type: 'Input.ChoiceSet',
        id: 'owner',
        style: 'compact',
        choices: [{ title: 'Dana Fischer', value: 'aad-dana' }],
      },
      { type: 'Input.Text', id: 'reason', value: 'Two tests are red' },
    ]);
  });

  it('changes texts, and nothing that goes back to the app', () => {
    const time = '{{TIME(2026-12-01T09:00:00Z)}}';
    const button = { type: 'Action.Execute', title: time, verb: time, data: { text: time } };
    const facts = [{ title: time, value: time }];
    const body = [
      { type: 'FactSet', facts },
      { type: 'ActionSet', actions: [button] },
    ];
    expect(prepareCard({ type: 'AdaptiveCard', body }, reader).body).toEqual([
      { type: 'FactSet', facts: [{ title: '09:00', value: '09:00' }] },
      { type: 'ActionSet', actions: [{ ...button, title: '09:00' }] },
    ]);
  });
});

describe('the buttons of a card', () => {
  const fallback = { type: 'Action.Submit', data: { verb: 'vote-go' } };
  const vote = { type: 'Action.Execute', verb: 'vote-go', fallback };
  const why = { type: 'Action.Submit', data: { verb: 'vote-no-go', msteams: { type: 'task/fetch' } } };
  const card = { type: 'AdaptiveCard', body: [{ type: 'ActionSet', actions: [vote, why] }], actions: [vote] };

  it('are named by id, verb, or the verb in their data; a fallback is none', () => {
    expect(buttonsIn(card)).toEqual([vote, why, vote]);
    expect(actOf(card, 1)).toEqual({ actionId: 'vote-no-go' });
    expect(hasButton(card, 'vote-no-go')).toBe(true);
    expect(hasButton(card, 'promote')).toBe(false);
  });

  it('say which one they are where several share a name', () => {
    const other = { ...vote, title: 'Go again' };
    expect(actOf({ ...card, actions: [other] }, 2)).toEqual({ actionId: 'vote-go', blockId: '1' });
  });
});
