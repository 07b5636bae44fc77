import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildPage, servePage } from '../../sandbox/serve-page.ts';

describe('buildPage', () => {
  it('bundles markup, script and styles that load nothing from elsewhere', async () => {
    const { html, js, css } = await buildPage();
    expect(html).toContain('<script type="module" src="/assets/page.js">');
    expect(html).not.toMatch(/(?:src|href)="(?!\/assets\/)/);
    expect(js).toContain('/sandbox/');
    expect(js).not.toContain('process.env.NODE_ENV');
    expect(css).not.toMatch(/@import|url\(/);
  });
});

describe('servePage', () => {
  it.each([
    ['/', 'text/html'],
    ['/assets/page.js', 'text/javascript'],
    ['/assets/page.css', 'text/css'],
    ['/assets/icon.svg', 'image/svg+xml'],
  ])('answers %s with a strict content policy', async (path, type) => {
    const app = fastify();
    await servePage(app);
    const answer = await app.inject(path);
    await app.close();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain(type);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  });

  it.each(['/assets/../package.json', '/package.json', '/sandbox/clock'])(
    'has nothing at %s',
    async (path) => {
      const app = fastify();
      await servePage(app);
      const answer = await app.inject(path);
      await app.close();
      expect(answer.statusCode).toBe(404);
    },
  );
});
