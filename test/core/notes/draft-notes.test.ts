import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOfEdited } from '../../../src/core/approval/edited-text.ts';
import { cardMarkdown } from '../../../src/core/card/markdown.ts';
import { draftNotes, isUnfinished } from '../../../src/core/notes/draft-notes.ts';
import { notesScopeDigest } from '../../../src/core/notes/scope-digest.ts';
import { examplePlan } from '../plan/example-plan.ts';

const scope = {
  features: ['Two-step checkout'],
  fixes: ['The cart keeps its items'],
  performance: ['Search takes half the time'],
  security: ['Sessions end after an hour'],
  debt: ['jQuery is gone'],
};
const links = { help: 'https://help.example.com', dashboard: 'https://grafana.example.com' };

describe('a draft of release notes', () => {
  it('has the parts of S2 for which the plan has something', () => {
    const { title, body } = draftNotes(examplePlan({ scope, links, customerAction: 'log in once more.' }));
    expect(title).toMatch(/^Release notes: .+ \((minor|major)\)$/);
    const parts = body.split('\n\n').slice(1);
    expect(parts).toEqual([
      '🚀 New features\n- Two-step checkout',
      '🔧 Improvements\n- Performance: Search takes half the time\n- Security: Sessions end after an hour',
      '🐛 Bug fixes\n- The cart keeps its items',
      '🔄 What you have to do\n- Log in once more.',
      '📞 Support\n- Help center: https://help.example.com',
    ]);
  });

  it('asks for breaking changes and migration where it is a major release', () => {
    const notes = draftNotes(examplePlan({ type: 'major', scope }));
    expect(notes.body).toContain('⚠️ Breaking changes\n- [To write: what breaks');
    expect(notes.body).toContain('🔄 Migration guide\n- [To write:');
    expect(isUnfinished(notes)).toBe(true);
    expect(isUnfinished(draftNotes(examplePlan({ type: 'patch', scope })))).toBe(false);
  });

  it('leaves out technical debt, and links that readers have nothing of', () => {
    const { body } = draftNotes(examplePlan({ scope, links }));
    expect(body).not.toContain('jQuery');
    expect(body).not.toContain('grafana');
  });

  it('makes nothing of formatting in a scope that anybody may have written', () => {
    const hostile = ['# [now](https://evil.example) **x** <b>', '@here `code`\n\n## heading'];
    const markdown = cardMarkdown(cardOfEdited(draftNotes(examplePlan({ scope: { features: hostile } }))));
    expect(markdown).toContain('\\*\\*x\\*\\*');
    expect(markdown).toContain('\\<b\\>');
    expect(markdown).not.toMatch(/^##? heading/m);
    expect(markdown).not.toContain('[now](');
  });

  it('keeps each entry of the scope on a line of its own', () => {
    const entry = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => /[a-z]/i.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(entry, { maxLength: 5 }), (features) => {
        const { body } = draftNotes(examplePlan({ scope: { features } }));
        const part = body.split('\n\n').find((one) => one.startsWith('🚀'));
        expect(part?.split('\n').length ?? 1).toBe(features.length + 1);
      }),
    );
  });
});

it('tells scopes apart for which notes are written', () => {
  const digest = notesScopeDigest(examplePlan({ scope }));
  expect(notesScopeDigest(examplePlan({ scope, links }))).toBe(digest);
  expect(notesScopeDigest(examplePlan({ scope: { ...scope, fixes: [] } }))).not.toBe(digest);
});
