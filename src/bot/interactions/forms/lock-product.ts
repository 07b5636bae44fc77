import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { type LockFacts, lockProduct } from '../../../services/product-lock/lock-product.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** Asks why a product is locked, and who owns the lock; of a lock that holds, what it says already. */
export function lockProductForm({ releaseKey, product, lock, people }: LockFacts): Form {
  const owner = people.find(({ personId }) => personId === lock?.ownerId) ?? null;
  return {
    name: 'lock-product',
    title: lock ? 'Change the lock' : 'Lock a product',
    submit: lock ? 'Save' : 'Lock it',
    cancel: 'Cancel',
    metadata: { releaseKey },
    body: [
      paragraph(
        `Until ${product} is unlocked, nothing of it is promoted, no go-live is planned or moved, and only the owner is reminded of its releases. You can still roll back.`,
      ),
      reasonInput('What has to be done before anything goes live again?', lock?.reason ?? ''),
      {
        type: 'input',
        kind: 'select',
        name: 'owner',
        label: 'Who owns the lock',
        options: people.map(({ personId, name }) => ({ value: personId, label: name })),
        ...(owner ? { initial: owner.personId } : {}),
      },
    ],
  };
}

export const form = defineForm({
  name: 'lock-product',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const input = { releaseKey, reason: values.reason ?? '', ownerId: values.owner ?? '' };
    const result = await lockProduct({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { product, releaseKey: key, ownerName, isNew } = result.value;
    const card = sentenceCard(
      line`${product} is locked; ${ownerName} owns the lock. Unlock it with ${command('release', `unlock ${key}`)}.`,
    );
    return { kind: 'answer', title: isNew ? 'Locked' : 'Changed', card };
  },
});
