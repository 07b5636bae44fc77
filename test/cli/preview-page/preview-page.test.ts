import { describe, expect, it } from 'vitest';
import { previewPage } from '../../../src/cli/preview-page/preview-page.ts';
import { loadTemplates } from '../../../src/config/load-templates.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { previewMessages } from '../../../src/core/template/preview-messages.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';

const templates = loadTemplates();

function pageOf(changes: Partial<PlanInput> = {}): string {
  const plan = examplePlan(changes);
  return previewPage(plan, previewMessages(plan, templates));
}

describe('the page of a preview', () => {
  it('shows what a plan says literally, wherever it stands', () => {
    const hostile = `<script>alert("1")</script>'&<img src=x onerror=alert(2)>`;
    const page = pageOf({
      product: hostile,
      summary: hostile,
      scope: { features: [hostile] },
      links: { notes: 'https://example.com/"onclick="alert(3)' },
    });
    expect(page).not.toMatch(/<script|<img|"onclick/);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    // Its own elements only: each that is opened is one of these.
    const tags = new Set([...page.matchAll(/<([a-z]\w*)/g)].map(([, tag]) => tag));
    const own = [
      ...['a', 'article', 'blockquote', 'body', 'br', 'code', 'div', 'h1', 'h2', 'h3', 'h4', 'head'],
      ...['header', 'html', 'li', 'main', 'meta', 'nav', 'ol', 'p', 'section', 'strong', 'style', 'time'],
      ...['title', 'ul'],
    ];
    expect([...tags].filter((tag) => !own.includes(tag ?? ''))).toEqual([]);
  });

  it('needs no other file and runs nothing', () => {
    const page = pageOf({ stakeholders: 'enterprise' });
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<link|<script|src=|@import|url\(/);
  });

  it('lists every message by day, each link to its message', () => {
    const page = pageOf({ stakeholders: 'enterprise', type: 'major' });
    const ids = [...page.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id);
    const linked = [...page.matchAll(/<li><a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(linked).toEqual(ids);
    expect(ids).toHaveLength(89);
    expect(page).toContain('<h2>T-14, Tue 4 Jun 2030</h2>');
    expect(page).toContain('<h2>If the release is rolled back</h2>');
  });

  it('says what customers read, and what goes nowhere', () => {
    const page = pageOf({ stakeholders: 'customer-facing', channels: { customers: '#customers' } });
    expect(page).toContain('Customers read this');
    expect(page).toContain('nowhere: no destination for the blog. Add channels.blog.');
    expect(page).not.toContain('Add channels.customers.');
    const announcement = page.slice(page.indexOf('<article id="customer-announcement-email"'));
    expect(announcement.slice(0, announcement.indexOf('</article>'))).not.toContain('has no destination');
  });
});
