import type { FastifyInstance } from 'fastify';
import type { TeamsCore } from './core.ts';

/** Registers the addresses that open a file for whoever has them. */
export function registerFiles(app: FastifyInstance, { posts }: TeamsCore): void {
  app.get<{ Params: { id: string } }>('/teams/files/:id', (request, reply) => {
    const file = posts.file(request.params.id);
    return file ? reply.type('text/plain').send(file.text) : reply.code(404).send('File not found.');
  });
}
