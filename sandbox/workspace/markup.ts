import type { SeedChannel, SeedPerson } from './seed.ts';

interface Names {
  people: readonly Pick<SeedPerson, 'id' | 'name'>[];
  channels: readonly Pick<SeedChannel, 'id' | 'name'>[];
}

const VALID_CONTROL =
  /<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|![a-z]+(?:\^[^|<>]+)*|(?:https?:\/\/|mailto:|tel:)[^|<>\s]+)(?:\|[^<>]*)?>/g;

/** Escapes what Slack's markup gives a meaning. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text from an app as Slack stores it: valid `<…>` sequences stay, stray `&`, `<` and `>` are escaped. */
export function normalizeMarkup(text: string): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(VALID_CONTROL)) {
    result += escapeStray(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return result + escapeStray(text.slice(from));
}

/** What a person typed, as a message: names become mentions, all else is literal. */
export function typedMessage(text: string, names: Names): string {
  return linkNames(escapeMarkup(text), names, false).replace(
    /(^|[\s(])@(channel|here|everyone)\b/g,
    (_, before: string, range: string) => `${before}<!${range}>`,
  );
}

/** What a person typed after a command. Names become ids only where the app's manifest asks for it. */
export function typedCommand(text: string, names: Names, shouldEscape: boolean): string {
  return shouldEscape ? linkNames(escapeMarkup(text), names, true) : text;
}

/** The text of a message whose app asked for `link_names`. */
export function linkNames(text: string, { people, channels }: Names, withLabel: boolean): string {
  const label = (name: string) => (withLabel ? `|${name}` : '');
  return text.replace(
    /(^|[\s(])([@#])([a-z0-9][a-z0-9._-]*)/gi,
    (whole, before: string, sign: string, typed: string) => {
      const name = typed.toLowerCase().replace(/[._-]+$/, '');
      const rest = typed.slice(name.length);
      const target = (sign === '@' ? people : channels).find((each) => each.name === name);
      return target ? `${before}<${sign}${target.id}${label(name)}>${rest}` : whole;
    },
  );
}

function escapeStray(text: string): string {
  return text
    .replace(/&(?!amp;|lt;|gt;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
