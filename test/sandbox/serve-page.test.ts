import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildPage, createPageHandler, servePage } from '../../sandbox/serve-page.ts';

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
    expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  });
});

describe('createPageHandler', () => {
  it('answers the files of the page, and null for what is not its own', async () => {
    const find = await createPageHandler();
    expect(await find('/')).toMatchObject({ contentType: 'text/html; charset=utf-8' });
    expect((await find('/assets/page.js'))?.headers['x-content-type-options']).toBe('nosniff');
    expect(await find('/assets/../package.json')).toBeNull();
    expect(await find('/sandbox/clock')).toBeNull();
  });
});
