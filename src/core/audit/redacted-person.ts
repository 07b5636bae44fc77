import type { Redaction } from './redaction.ts';

/** What is known of somebody by which they can be recognized. */
export interface PersonalData {
  names: readonly string[];
  emails: readonly string[];
  /** As the platforms write them: `U0RITA`. */
  accounts: readonly string[];
}

/** What a person is called whose personal data were removed. `label`: a few letters and digits that stand for them. */
export function redactedName(label: string): string {
  return `Removed person ${label}`;
}

/** What a text is replaced with that nobody is to read any more. */
export const removedText = '[removed]';

/**
 * What takes the place of a person's data: the same everywhere, so that one can still see what was done by one person.
 * The address is one that can't exist (RFC 2606).
 */
export function redactionOfPerson({ names, emails, accounts }: PersonalData, label: string): Redaction {
  const isOneWord = (name: string) => !/\s/.test(name.trim());
  const toName = (name: string): [string, string] => [name, redactedName(label)];
  return {
    parts: new Map([
      ...names.filter((name) => !isOneWord(name)).map(toName),
      ...emails.map((email): [string, string] => [email, `removed-${label}@redacted.invalid`]),
      ...accounts.map((account): [string, string] => [account, `removed-${label}`]),
    ]),
    wholes: new Map(names.filter(isOneWord).map(toName)),
  };
}
