import type { FastifyInstance } from 'fastify';
import type { Core } from './core.ts';

interface Wanted {
  Params: { id: string };
}

/** Registers the addresses at which an app reads a file. Without the right to, Slack shows a page that asks to sign in. */
export function registerFiles(app: FastifyInstance, { messages, options }: Core): void {
  app.get<Wanted>('/files-pri/:id/download/:name', (request, reply) => {
    const isApp = request.headers.authorization === `Bearer ${options.botToken}`;
    if (!isApp || !options.scopes.includes('files:read'))
      return reply.type('text/html').send('<!DOCTYPE html><title>Sign in</title>');
    const file = messages.file(request.params.id);
    return file ? reply.type('text/plain').send(file.text) : reply.code(404).send('File not found.');
  });
}
