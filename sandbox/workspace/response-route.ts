import type { FastifyInstance } from 'fastify';
import { deleteAsApp, editAsApp, postAsApp } from './app-messages.ts';
import { readContent } from './content.ts';
import type { Core } from './core.ts';
import { isObject, isTrue, stringOf } from './json.ts';
import { SlackRefusal } from './refusal.ts';
import type { JsonObject, StoredMessage, StoredResponseUrl } from './stored.ts';

/** Registers the addresses at which an app answers an action later. */
export function registerResponseUrls(app: FastifyInstance, core: Core): void {
  app.post<{ Params: { id: string } }>('/response/:id', async (request, reply) => {
    const found = core.responseUrls.check(request.params.id);
    if (typeof found === 'string') return reply.code(404).send({ ok: false, error: found });
    try {
      const answer = respond(core, found, isObject(request.body) ? request.body : {});
      core.responseUrls.use(found, answer?.ts);
      return reply.type('text/plain').send('ok');
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      return reply.code(400).send({ ok: false, error: error.code, ...error.extra });
    }
  });
}

function respond(core: Core, found: StoredResponseUrl, body: JsonObject): StoredMessage | null {
  const conversation = core.directory.conversation(found.channel);
  if (!conversation) throw new SlackRefusal('channel_not_found');
  const original = found.originalTs ? core.messages.find(found.channel, found.originalTs) : undefined;
  const own = original?.fromApp ? original : undefined;
  if (isTrue(body.delete_original)) {
    if (!own) throw new SlackRefusal('message_not_found');
    deleteAsApp(core, own);
    return null;
  }
  const content = readContent(body, core.directory);
  if (isTrue(body.replace_original) && own) return editAsApp(core, own, content);
  const inChannel = body.response_type === 'in_channel';
  const threadTs = stringOf(body.thread_ts);
  if (threadTs !== undefined && !core.messages.find(found.channel, threadTs)) {
    throw new SlackRefusal('cannot_reply_to_message');
  }
  return postAsApp(core, {
    conversation,
    content,
    ...(threadTs && inChannel ? { threadTs } : {}),
    ...(inChannel ? {} : { onlyFor: found.personId }),
  });
}
