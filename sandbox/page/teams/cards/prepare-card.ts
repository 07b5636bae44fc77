/** What Teams does to a card before it is drawn: local times, mentions, and people to pick from. */
import type { Person } from '../../../control-api.ts';
import { withLocalTimes } from './local-times.ts';
import { markMentions, mentionsIn, unmarkMentions } from './mention-marks.ts';

export type Json = Record<string, unknown>;

export interface Reader {
  /** IANA zone. */
  zone: string;
  /** Who can be picked. */
  people: readonly Pick<Person, 'id' | 'realName'>[];
  /** What the reader typed into the inputs, by their ids. */
  typed: ReadonlyMap<string, string>;
}

/** Where Teams reads markdown; elsewhere a mention is a plain name. */
const markdown = new Set(['TextBlock.text', 'Fact.title', 'Fact.value']);

const shown = /\.(text|title|label|placeholder|errorMessage|altText|inlines)$|^Fact\.value$/;

/** What goes back to the app, or leads elsewhere, stays as it came. */
const opaque = new Set(['data', 'msteams', 'refresh', 'choices.data', 'url', 'id', 'verb']);

/** A copy of a card for somebody who reads it. */
export function prepareCard(card: Json, { zone, people, typed }: Reader): Json {
  const entities = mentionsIn((card.msteams as Json | undefined)?.entities);
  const choices = people.map(({ id, realName }) => ({ title: realName, value: id }));
  const prepareText = (text: string, place: string) => {
    const marked = markMentions(withLocalTimes(text, zone), entities);
    return markdown.has(place) ? marked : unmarkMentions(marked);
  };
  const prepare = (node: unknown, place: string): unknown => {
    if (typeof node === 'string') return shown.test(place) ? prepareText(node, place) : node;
    if (Array.isArray(node)) return node.map((each) => prepare(each, place));
    return isJson(node) ? prepareElement(node, place) : node;
  };
  const prepareElement = (element: Json, place: string): Json => {
    const type = place === 'FactSet.facts' ? 'Fact' : String(element.type ?? '');
    const entries = Object.entries(element).map(([key, value]) => {
      return [key, opaque.has(key) ? value : prepare(value, `${type}.${key}`)];
    });
    const copy: Json = Object.fromEntries(entries);
    const value = type.startsWith('Input.') ? typed.get(String(copy.id)) : undefined;
    const filled = value === undefined ? copy : { ...copy, value };
    return asksForPeople(copy) ? withChoices(filled, choices) : filled;
  };
  return prepareElement(card, '');
}

export function isJson(node: unknown): node is Json {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** An `Input.ChoiceSet` whose choices are the people of the organisation. */
function asksForPeople(element: Json): boolean {
  const query = element['choices.data'];
  const dataset = isJson(query) ? String(query.dataset) : '';
  return element.type === 'Input.ChoiceSet' && dataset.startsWith('graph.microsoft.com/users');
}

/** As a list of everybody: few enough that nobody has to search. */
function withChoices(element: Json, choices: Json[]): Json {
  const { 'choices.data': _, ...rest } = element;
  return { ...rest, style: rest.isMultiSelect ? 'expanded' : 'compact', choices };
}
