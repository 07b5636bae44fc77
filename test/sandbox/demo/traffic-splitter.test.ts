import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, shutDown } from '../../../sandbox/demo/listen.ts';
import { startTrafficSplitter } from '../../../sandbox/demo/traffic-splitter.ts';

describe('startTrafficSplitter', () => {
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener);
    const url = await listen(server, 0);
    onTestFinished(() => shutDown(server));
    return { url, stop: () => shutDown(server) };
  };
  const splitTo = async (stableUrl: string): Promise<string> => {
    const splitter = await startTrafficSplitter({
      port: 0,
      stableUrl,
      candidateUrl: stableUrl,
      weight: () => 0,
    });
    onTestFinished(splitter.close);
    return splitter.url;
  };

  it('passes on method, path, headers and body, both ways', async () => {
    const { url } = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.writeHead(201, { 'x-answer': 'yes', 'set-cookie': ['a=1', 'b=2'] });
      response.end(`${request.method} ${request.url} ${request.headers['x-question']} ${body}`);
    });
    const response = await fetch(`${await splitTo(url)}/a/b?c=d`, {
      method: 'PUT',
      headers: { 'x-question': 'why' },
      body: 'because',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-answer')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('PUT /a/b?c=d why because');
  });

  it('answers 502 when the version is gone', async () => {
    const { url, stop } = await serve(() => undefined);
    await stop();
    const response = await fetch(await splitTo(url));
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: 'bad gateway' });
  });

  it('breaks an answer off that the version broke off', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '50' }).write('half');
      setImmediate(() => response.destroy());
    });
    const response = await fetch(await splitTo(url));
    await expect(response.text()).rejects.toThrow();
  });

  it('gives a request up when its sender leaves', async () => {
    let arrive: (request: IncomingMessage) => void = () => undefined;
    const arrived = new Promise<IncomingMessage>((resolve) => {
      arrive = resolve;
    });
    const { url } = await serve(arrive);
    const sender = new AbortController();
    const answer = fetch(await splitTo(url), { signal: sender.signal }).catch((error: unknown) => error);
    const { socket } = await arrived;
    const left = new Promise((resolve) => socket.once('close', resolve));
    sender.abort();
    await left;
    expect(await answer).toMatchObject({ name: 'AbortError' });
  });
});
