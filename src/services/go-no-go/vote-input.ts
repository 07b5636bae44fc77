import * as z from 'zod';
import { NO_GO_CATEGORIES, type NoGoCategory, VOTE_CHOICES } from '../../core/go-no-go/vote.ts';
import { ROLE_NAMES } from '../../core/plan/roles.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';

const textMax = 3000;
// Of a record whose keys are known by its type.
const categories = Object.keys(NO_GO_CATEGORIES) as NoGoCategory[];

const conditionSchema = z.object({
  text: z
    .string()
    .trim()
    .max(textMax, 'A condition can have at most 3,000 characters.')
    .refine(hasVisibleText, 'A go on a condition needs the condition: say what has to be done.'),
  owner: z.enum(ROLE_NAMES, 'Choose who sees to the condition.'),
  /** Epoch ms. */
  dueAt: z.number(),
});

const needsReason: Partial<Record<(typeof VOTE_CHOICES)[number], string>> = {
  no_go: 'A no-go needs a reason: say what has to change.',
  abstain: 'An abstention needs a reason: say why you don’t decide.',
};

/** A vote as somebody casts it. `round`: the one that they saw; without it, whichever is open. */
export const voteInput = z
  .object({
    pollId: z.uuid('There is no such poll.'),
    choice: z.enum(VOTE_CHOICES),
    reason: z.string().trim().max(textMax, 'A reason can have at most 3,000 characters.').nullable(),
    category: z.enum(categories).nullable().default(null),
    condition: conditionSchema.nullable().default(null),
    round: z.int().optional(),
  })
  .superRefine(({ choice, reason, condition }, context) => {
    const message = needsReason[choice];
    if (message !== undefined && !hasVisibleText(reason ?? ''))
      context.addIssue({ code: 'custom', path: ['reason'], message });
    if (choice === 'conditional_go' && condition === null)
      context.addIssue({
        code: 'custom',
        path: ['condition'],
        message: 'A go on a condition needs the condition, who sees to it and until when.',
      });
  })
  .transform((vote) => ({
    ...vote,
    category: vote.choice === 'no_go' ? (vote.category ?? 'other') : null,
    condition: vote.choice === 'conditional_go' ? vote.condition : null,
  }));
export type VoteInput = z.infer<typeof voteInput>;
