import type { JsonObject } from '../../workspace/stored.ts';
import type { TeamsSeed } from '../seed.ts';

export interface TypedText {
  /** As Teams has it: mentions as `<at>…</at>`, what would be markup escaped. */
  text: string;
  entities: JsonObject[];
  /** Object ids of the people mentioned. */
  notifies: string[];
  mentionsBot: boolean;
}

/** What a person typed, as a message: `@name` becomes a mention with its entity, all else is literal. */
export function typedText(typed: string, seed: TeamsSeed): TypedText {
  const entities: JsonObject[] = [];
  const notifies = new Set<string>();
  let mentionsBot = false;
  const text = escapeMarkup(typed).replace(
    /(^|[\s(])@([a-z0-9][a-z0-9._-]*)/gi,
    (whole, before: string, written: string) => {
      const name = written.toLowerCase().replace(/[._-]+$/, '');
      const isBot = name === seed.app.name;
      const person = seed.people.find((each) => each.name === name);
      if (!isBot && !person) return whole;
      if (person) notifies.add(person.id);
      mentionsBot ||= isBot;
      const mentioned = person
        ? { id: person.mri, name: person.realName }
        : { id: seed.app.botId, name: seed.app.name };
      const mark = `<at>${mentioned.name}</at>`;
      entities.push({ type: 'mention', mentioned, text: mark });
      return `${before}${mark}${written.slice(name.length)}`;
    },
  );
  return { text, entities, notifies: [...notifies], mentionsBot };
}

export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
