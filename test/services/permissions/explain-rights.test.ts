import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rightsCard } from '../../../src/bot/cards/answers/rights-card.ts';
import { parseCan } from '../../../src/bot/interactions/words/parse-can.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { releaseCapabilities } from '../../../src/core/permissions/capabilities.ts';
import { checkCapability } from '../../../src/services/kernel/permissions.ts';
import { applyConfiguredPermissions } from '../../../src/services/permissions/apply-permissions.ts';
import { explainRights } from '../../../src/services/permissions/explain-rights.ts';
import { findSubject } from '../../../src/services/permissions/find-subject.ts';
import { openWorld, people, type World } from '../../support/test-services.ts';
import { accepted, planRelease, releaseOf } from '../steps.ts';

let world: World;
let releaseId: string;

beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

async function answerFor(typed: string): Promise<string[]> {
  const release = await releaseOf(world, releaseId);
  const subject = accepted(await findSubject(world.as('tom'), release, parseCan(typed).named));
  const { blocks } = rightsCard(release, subject.name, explainRights(release, subject));
  return blocks.flatMap((block) =>
    block.type === 'list' ? block.items.map(lineText) : block.type === 'header' ? [block.text] : [],
  );
}

describe('what somebody can do', () => {
  it('is said in groups, with the role that allows it and who can do the rest', async () => {
    expect(await answerFor('@dana web-2.4.0')).toEqual([
      'What Dana Fischer can do in web-2.4.0',
      'Vote, promote, approve promotions of others, roll back, abort a rollout, pause and resume a rollout, try again what failed, switch the automatic rollback off and on, record deployments, lock and unlock the product, ask for a freeze, edit customer messages, approve customer messages, hold customer messages, change tasks, post checklists, give results of gates, ask for late changes, add to the record, read the audit trail and hand over their roles: as DevOps Lead',
      'Open a go/no-go, remind voters, close a go/no-go, send or skip overdue messages and settle messages that may not have arrived. Who can: Rita Moreno (Release Manager)',
      'Override a decision, sign a decision off, change the plan, move go-live, pause and resume, cancel it, reassign roles, waive gates and decide on late changes. Who can: Rita Moreno (Release Manager) or Bo Lindqvist (Business Sponsor)',
      'Break a freeze. Who can: Emil Novak (Engineering Lead) or Bo Lindqvist (Business Sponsor)',
      'Write release notes. Who can: Rita Moreno (Release Manager), Emil Novak (Engineering Lead) or Priya Raman (Product Owner)',
      'Approve release notes. Who can: Rita Moreno (Release Manager), Priya Raman (Product Owner) or Bo Lindqvist (Business Sponsor)',
      'Publish release notes. Who can: Rita Moreno (Release Manager) or Priya Raman (Product Owner)',
    ]);
  });

  it('names a group, and says when nobody can tell', async () => {
    const permissions = {
      secondPerson: 'by-risk' as const,
      capabilities: { 'rollout.promote': ['sre'] },
      roles: { sre: { title: 'On call', people: [], groups: ['@on-call'] } },
    };
    await applyConfiguredPermissions({ ...world.services, permissions });
    world.platform.groups['@on-call'] = ['U0NINA'];
    expect(await answerFor('nina@example.com')).toContain(
      'Promote: as On call in every release, by @on-call',
    );
    world.platform.groups['@on-call'] = null;
    expect(await answerFor('nina@example.com')).toContain(
      'Promote: Slack did not answer. Try again in a minute.',
    );
    world.platform.groups = {};
    expect(await answerFor('nina@example.com')).toContain('Promote. Who can: anybody in @on-call (On call)');
  });

  it('is what the verbs allow, for everybody and everything', async () => {
    const release = await releaseOf(world, releaseId);
    const byDecision = [
      'poll.vote',
      'draft.edit',
      'draft.approve',
      'draft.hold',
      'task.change',
      'release.hand-over',
    ];
    for (const person of people) {
      const { actor } = world.as(person);
      const subject = accepted(await findSubject(world.as(person), release, null));
      for (const { capability, may } of explainRights(release, { ...subject, isCreator: false })) {
        if (byDecision.includes(capability)) continue;
        const allowed = checkCapability(release, actor, capability) === null;
        expect(`${person} ${capability} ${may}`).toBe(`${person} ${capability} ${allowed ? 'yes' : 'no'}`);
      }
    }
    expect(
      explainRights(release, {
        name: 'x',
        personId: null,
        isCreator: false,
        organizationRoles: { held: [], unknown: [] },
      }).length,
    ).toBe(Object.keys(releaseCapabilities).length);
  });

  it('leaves the sign-off to who has the role, whoever plans releases', async () => {
    const subject = { name: 'Tom Reyes', personId: null, organizationRoles: { held: [], unknown: [] } };
    const rights = explainRights(await releaseOf(world, releaseId), { ...subject, isCreator: true });
    const may = (capability: string) => rights.find((right) => right.capability === capability)?.may;
    expect([may('release.edit'), may('release.sign-off'), may('release.hand-over')]).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });

  it('is refused for somebody who is not known, or not by this name', async () => {
    const release = await releaseOf(world, releaseId);
    const refused = await findSubject(world.as('tom'), release, { name: '@nobody' });
    if (refused.ok) throw new Error('somebody was found');
    expect(lineText(refused.refusal.message)).toBe(
      'I don\'t know "@nobody". Give their e-mail address, as in "release can name@example.com web-2.4.0".',
    );
  });
});

it.each([
  ['', null, null],
  ['@dana', { name: '@dana' }, null],
  ['@dana web-2.4.0', { name: '@dana' }, 'web-2.4.0'],
  ['web-2.4.0 Dana Fischer', { name: 'Dana Fischer' }, 'web-2.4.0'],
  ['<mailto:Dana@example.com|Dana@example.com> web-2.4.0', { email: 'dana@example.com' }, 'web-2.4.0'],
])('reads %j', (typed, named, releaseKey) => {
  expect(parseCan(typed)).toEqual({ named, releaseKey });
});
