import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createDemoDriver } from '../../../src/drivers/demo/demo-driver.ts';
import { DriverError } from '../../../src/services/ports/deployment-driver.ts';
import { serve } from '../../support/serve.ts';
import { observe, rollBack } from '../call-driver.ts';

const token = 'a-secret-token';

function answerWith(status: number, body: string): RequestListener {
  return (_request, response) => response.writeHead(status).end(body);
}

describe('createDemoDriver', () => {
  const driverFor = (adminUrl: string) => createDemoDriver({ adminUrl, token, timeoutMs: 200 });
  const observeError = async (listener: RequestListener): Promise<unknown> =>
    await observe(driverFor(await serve(listener))).catch((error: unknown) => error);

  it.each<[string, RequestListener, string]>([
    ['no answer', () => undefined, "The demo's splitter did not answer within 0.2 s."],
    [
      'an answer that does not end',
      (_request, response) => response.writeHead(200).write('{'),
      "The demo's splitter did not answer within 0.2 s.",
    ],
    [
      'a broken connection',
      (request) => request.socket.destroy(),
      "The demo's splitter can't be reached (UND_ERR_SOCKET).",
    ],
    ['an error without words', answerWith(500, 'oops'), "The demo's splitter answered HTTP 500."],
    [
      'an error with words',
      answerWith(409, '{"error":"x","message":"Not now."}'),
      "The demo's splitter answered HTTP 409: Not now.",
    ],
    [
      'an error that repeats the token',
      answerWith(401, JSON.stringify({ message: `Bearer ${token} is wrong.` })),
      "The demo's splitter answered HTTP 401: Bearer … is wrong.",
    ],
    [
      'a page',
      answerWith(200, '<html>'),
      "The demo's splitter answered with something that is not its state.",
    ],
    [
      'a state out of range',
      answerWith(200, '{"weight":101,"stableVersion":"1","candidateVersion":"2"}'),
      "The demo's splitter answered with something that is not its state.",
    ],
    [
      'an answer that is far too large',
      answerWith(200, `"${'x'.repeat(100_000)}"`),
      "The demo's splitter can't be reached (UND_ERR_RES_EXCEEDED_MAX_SIZE).",
    ],
  ])('turns %s into a DriverError', async (_name, listener, message) => {
    const error = await observeError(listener);
    expect(error).toBeInstanceOf(DriverError);
    expect(error).toMatchObject({ message });
    expect(error).not.toHaveProperty('cause');
  });

  it('shows the token to the splitter only, and follows it nowhere', async () => {
    const seen: (string | undefined)[] = [];
    const elsewhere = await serve((request, response) => {
      seen.push(`elsewhere ${request.headers.authorization}`);
      response.end('{}');
    });
    const error = await observeError((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: elsewhere }).end();
    });
    expect(error).toMatchObject({ message: "The demo's splitter answered HTTP 307." });
    expect(seen).toEqual([`Bearer ${token}`]);
  });

  it('tells nothing of a token that cannot be sent', async () => {
    const driver = createDemoDriver({
      adminUrl: await serve(answerWith(200, '{}')),
      token: 'two\nlines',
      timeoutMs: 200,
    });
    const error = await rollBack(driver).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DriverError);
    expect(String(error)).not.toContain('two');
  });
});
