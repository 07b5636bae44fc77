import { Client } from 'undici';
import { type LoadResult, sendInFlight } from '../in-flight.ts';
import { serveParent } from '../parent-link.ts';
import { benchSeed, type TeamsVote, voteActivity } from '../teams-vote.ts';

export interface TeamsLoadRequest {
  /** `http://127.0.0.1:port` of the bot. */
  url: string;
  serviceUrl: string;
  bearer: string;
  inFlight: number;
  requests: number;
  /** Cast in turn, again and again. */
  votes: readonly TeamsVote[];
  /** What every answer must hold besides a card. */
  expect: string;
}

const handlers = {
  /** Sends votes, so many at a time; the time of one is from its sending to the answer with the card. */
  load: async (request: TeamsLoadRequest): Promise<LoadResult> => {
    const { url, serviceUrl, bearer, votes, expect, ...level } = request;
    const seed = benchSeed(votes.length);
    // Made before, since it is Teams' work and not the bot's.
    const bodies = Array.from({ length: level.requests }, (_, index) =>
      JSON.stringify(voteActivity({ seed, serviceUrl }, votes[index % votes.length] as TeamsVote)),
    );
    const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${bearer}` };
    // A kept-alive connection to each request in flight.
    const clients = Array.from({ length: level.inFlight }, () => new Client(url));
    try {
      return await sendInFlight(level, async ({ number, lane }) => {
        const client = clients[lane] as Client;
        const body = bodies[number - 1] as string;
        const response = await client.request({ method: 'POST', path: '/api/messages', headers, body });
        const answer = await response.body.text();
        const isCard = answer.includes('"type":"application/vnd.microsoft.card.adaptive"');
        if (response.statusCode !== 200 || !isCard || !answer.includes(expect))
          throw new Error(`HTTP ${response.statusCode}, unexpected answer: ${answer.slice(0, 300)}`);
      });
    } finally {
      await Promise.all(clients.map((client) => client.close()));
    }
  },
};
export type TeamsLoadProcess = typeof handlers;
serveParent(handlers);
