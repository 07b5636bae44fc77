import { describe, expect, it } from 'vitest';
import { refusalCard, sentenceCard } from '../../../../src/bot/cards/answers/refusal-card.ts';

describe('refusalCard', () => {
  it('says what, every reason, and who can', () => {
    const card = refusalCard({
      code: 'conditions-unmet',
      message: "web-2.4.0 can't be promoted now.",
      reasons: ['The soak is not over.', 'Error rate is 2.50 %.'],
      who: 'Dana Fischer (DevOps Lead)',
    });
    expect(card).toEqual({
      summary: "web-2.4.0 can't be promoted now.",
      blocks: [
        { type: 'paragraph', content: [{ type: 'text', text: "web-2.4.0 can't be promoted now." }] },
        {
          type: 'list',
          ordered: false,
          items: [
            [{ type: 'text', text: 'The soak is not over.' }],
            [{ type: 'text', text: 'Error rate is 2.50 %.' }],
          ],
        },
        { type: 'note', content: [{ type: 'text', text: 'Who can: Dana Fischer (DevOps Lead).' }] },
      ],
    });
  });

  it('is one sentence when there is no more to say', () => {
    const message = 'There is no release "x".';
    expect(refusalCard({ code: 'not-found', message, reasons: [] })).toEqual(sentenceCard(message));
  });
});
