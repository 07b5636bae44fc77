import type { Block, Inline } from '../card/card.ts';
import { writeIdentity } from '../people/identity.ts';

/** The same blocks, in which everybody is mentioned once at most: where they come again, by name. */
export function mentionOnce(blocks: readonly Block[]): Block[] {
  const mentioned = new Set<string>();
  const once = (content: readonly Inline[]) => content.map((inline) => nameAgain(inline, mentioned));
  return blocks.map((block) => {
    switch (block.type) {
      case 'paragraph':
      case 'quote':
      case 'note':
        return { ...block, content: once(block.content) };
      case 'list':
        return { ...block, items: block.items.map(once) };
      case 'fields':
        return { ...block, fields: block.fields.map((one) => ({ ...one, content: once(one.content) })) };
      default:
        return block;
    }
  });
}

function nameAgain(inline: Inline, mentioned: Set<string>): Inline {
  if (inline.type === 'place' && inline.mention) {
    const { mention: _, ...named } = inline;
    const isAgain = mentioned.has(inline.name);
    mentioned.add(inline.name);
    return isAgain ? named : inline;
  }
  if (inline.type !== 'person' || !inline.mention) return inline;
  const accounts = inline.identities.map((identity) => writeIdentity(identity));
  const isNew = !accounts.some((account) => mentioned.has(account));
  for (const account of accounts) mentioned.add(account);
  return isNew ? inline : { ...inline, mention: false };
}
