import type { Attachment } from '../control-api.ts';
import { isObject, objectsOf, stringOf } from '../workspace/json.ts';
import type { JsonObject } from '../workspace/stored.ts';
import { cardMentions } from './cards/read-card.ts';
import { validateCard } from './cards/validate-card.ts';
import { ConnectorRefusal } from './connector/refusal.ts';
import type { TeamsDirectory } from './directory.ts';
import type { StoredPost } from './stored.ts';

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** Bytes of UTF-16. Teams takes about 100 KB with what it adds itself; Microsoft says to stay below this. */
const mostBytes = 80 * 1024;
const mostAttachments = 10;

export type Content = Pick<
  StoredPost,
  'text' | 'textFormat' | 'summary' | 'attachments' | 'entities' | 'notifies'
>;

/** Reads a message of the app. Throws a `ConnectorRefusal` as Teams refuses it, or would show less than there is. */
export function readContent(activity: JsonObject, directory: TeamsDirectory): Content {
  const { text = '', textFormat, summary } = activity;
  if (typeof text !== 'string') throw ConnectorRefusal.badSyntax('text must be a string');
  if (textFormat !== undefined && !['plain', 'markdown', 'xml'].includes(String(textFormat)))
    throw ConnectorRefusal.badSyntax('textFormat must be plain, markdown or xml');
  const attachments = readAttachments(activity.attachments);
  const entities = objectsOf(activity.entities);
  if (text === '' && attachments.length === 0)
    throw ConnectorRefusal.badSyntax(
      "Activity resulted into multiple skype activities or none: give 'text' or an attachment",
    );
  const bytes = 2 * JSON.stringify({ text, summary, attachments, entities }).length;
  if (bytes > mostBytes) throw new ConnectorRefusal(413, 'MessageSizeTooBig', 'Message size too large.');
  return {
    text,
    ...(textFormat === undefined ? {} : { textFormat: String(textFormat) }),
    ...(typeof summary === 'string' ? { summary } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(entities.length > 0 ? { entities } : {}),
    notifies: notifiedBy(text, entities, attachments, directory),
  };
}

function readAttachments(value: unknown): Attachment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > mostAttachments)
    throw ConnectorRefusal.badSyntax(`attachments must be a list of at most ${mostAttachments}`);
  return value.map((each: unknown, index) => {
    const { contentType, content } = isObject(each) ? each : {};
    if (contentType !== cardType || !isObject(content))
      throw ConnectorRefusal.badSyntax(`attachments/${index} must be an Adaptive Card with its content`);
    const problems = validateCard(content);
    if (problems.length > 0) throw ConnectorRefusal.badSyntax(`attachments/${index}: ${problems.join('; ')}`);
    return { contentType: cardType, content };
  });
}

/** Object ids of whom the message's mentions notify. One whose text stands nowhere is refused; Teams drops it. */
function notifiedBy(
  text: string,
  entities: JsonObject[],
  attachments: Attachment[],
  directory: TeamsDirectory,
): string[] {
  const inText = entities.filter(({ type }) => type === 'mention');
  for (const { text: marked } of inText) {
    if (typeof marked !== 'string' || !/^<at>.+<\/at>$/s.test(marked) || !text.includes(marked))
      throw ConnectorRefusal.badSyntax(`The mention ${String(marked)} does not stand in the text`);
  }
  const mentions = [...inText, ...attachments.flatMap(({ content }) => cardMentions(content))];
  const people = mentions.map(({ mentioned }) => {
    const id = isObject(mentioned) ? (stringOf(mentioned.id) ?? '') : '';
    const person = directory.person(id);
    if (!person) throw ConnectorRefusal.badSyntax(`There is nobody ${id} to mention`);
    return person.id;
  });
  return [...new Set(people)];
}
