import { type Check, Findings, integer, list, object, oneOf, string } from '../../workspace/blocks/shape.ts';
import { isObject, stringOf } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { action } from './actions.ts';
import { containerStyle, pixels, vertical } from './basics.ts';
import { actions, element } from './elements.ts';
import { cardMentions, inputsOf, nodesOf, wordsOf } from './read-card.ts';

/** Teams keeps a card of a later version to itself. */
const newest = [1, 5] as const;
/** For more people than these a card shows no views of their own. */
const mostRefreshed = 60;

const mri = (value: unknown, at: string, findings: Findings) => {
  if (!/^(29:|8:orgid:)/.test(String(value))) findings.add('must be a 29: id of a user', at);
};

const refreshAction: Check = (value, at, findings) => {
  if (!isObject(value) || value.type !== 'Action.Execute') findings.add('must be an Action.Execute', at);
  else action(value, at, findings);
};

const shape = object({
  required: { type: oneOf('AdaptiveCard'), version: string({ min: 1, max: 10 }) },
  optional: {
    $schema: string({ max: 255 }),
    body: list(element, { max: 500 }),
    actions,
    refresh: object({
      required: { action: refreshAction },
      optional: { userIds: list(mri, { max: mostRefreshed }), expires: string({ max: 64 }) },
    }),
    fallbackText: string({ max: 2_000 }),
    speak: string({ max: 5_000 }),
    lang: string({ max: 35 }),
    rtl: (value, at, findings) => {
      if (typeof value !== 'boolean') findings.add('must be a boolean', at);
    },
    minHeight: pixels,
    verticalContentAlignment: vertical,
    selectAction: action,
    style: containerStyle,
    backgroundImage: () => undefined,
    msteams: object({
      optional: {
        width: oneOf('Full', 'full'),
        entities: list(
          object({
            required: {
              type: oneOf('mention'),
              text: string({ min: 1, max: 2_000 }),
              mentioned: object({
                required: { id: string({ min: 1, max: 255 }), name: string({ min: 1, max: 255 }) },
              }),
            },
          }),
          { max: 200 },
        ),
      },
    }),
  },
});

/** What is wrong with a card, with where it is; nothing when Teams would show all of it. */
export function validateCard(card: unknown): string[] {
  const findings = new Findings();
  shape(card, '', findings);
  if (isObject(card)) {
    checkVersion(card, findings);
    checkIds(card, findings);
    checkMentions(card, findings);
  }
  return findings.messages;
}

function checkVersion({ version }: JsonObject, findings: Findings): void {
  const [major = 0, minor = 0] = (stringOf(version) ?? '').split('.').map(Number);
  integer(1, newest[0])(major, '/version', findings);
  if (major === newest[0]) integer(0, newest[1])(minor, '/version', findings);
}

/** Two inputs of one id would overwrite each other. */
function checkIds(card: JsonObject, findings: Findings): void {
  const ids = inputsOf(card).map(({ id }) => String(id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) findings.add(`two inputs have the id ${twice}`, '/body');
  for (const { type, choices } of nodesOf(card)) {
    if (type === 'Input.ChoiceSet' && !Array.isArray(choices))
      findings.add('a choice set needs choices', '/body');
  }
}

/** Teams ignores a mention that stands nowhere in the card. */
function checkMentions(card: JsonObject, findings: Findings): void {
  const words = wordsOf(card);
  for (const [index, { text, mentioned }] of cardMentions(card).entries()) {
    const at = `/msteams/entities/${index}`;
    const wanted = `<at>${isObject(mentioned) ? String(mentioned.name) : ''}</at>`;
    if (text !== wanted) findings.add(`must be ${wanted}`, `${at}/text`);
    if (!words.some((each) => each.includes(String(text)))) findings.add('stands nowhere in the card', at);
  }
}
