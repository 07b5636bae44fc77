import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import { openHome } from '../../../src/services/home/open-home.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { identityOf, idOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { openDecision, planRelease, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const open = (person: PersonName) =>
  openHome({ ctx: world.as(person), input: { identity: identityOf(person) } });
const home = (person: PersonName) => `slack:home:${idOf(person)}`;
const shown = (person: PersonName) =>
  JSON.stringify(world.platform.messages.findLast((message) => message.destination === home(person))?.card);
const updates = () => world.platform.calls.filter((call) => call.method === 'update').length;

describe('the App Home', () => {
  it('is published when its person opens it, without a first message', async () => {
    await open('quinn');
    expect(world.workItems).toContainEqual({ job: 'card', destination: decodeDestination(home('quinn')) });
    expect(await refreshCards(world.jobs, decodeDestination(home('quinn')))).toBeNull();
    expect(shown('quinn')).toContain('There are no releases yet.');
    expect(world.platform.calls.map((call) => call.method)).toEqual(['update']);
  });

  it('is published again each time it is opened, changed or not', async () => {
    for (let times = 1; times <= 2; times += 1) {
      await open('quinn');
      await refreshCards(world.jobs, decodeDestination(home('quinn')));
      expect(updates()).toBe(times);
    }
    expect(await world.query('select 1 from cards')).toHaveLength(1);
  });

  it('follows what happens in the releases of its person', async () => {
    await open('quinn');
    await refreshCards(world.jobs, decodeDestination(home('quinn')));
    await planRelease(world);
    const pollId = await openDecision(world);
    await refreshCards(world.jobs, decodeDestination(home('quinn')));
    expect(shown('quinn')).toContain('vote-go');
    await voteGo(world, pollId, 'quinn');
    await refreshCards(world.jobs, decodeDestination(home('quinn')));
    expect(shown('quinn')).not.toContain('vote-go');
    expect(shown('quinn')).toContain('web-2.4.0');
  });

  it('shows a release whose plan has somebody else instead as one in which its person has no role', async () => {
    await planRelease(world);
    await open('quinn');
    await refreshCards(world.jobs, decodeDestination(home('quinn')));
    expect(shown('quinn')).toContain('web-2.4.0');
    const roles = { ...world.plan.roles, qa_lead: { name: 'nina', email: 'nina@example.com' } };
    await editRelease({ ctx: world.as('rita'), input: { plan: { ...world.plan, roles } } });
    await refreshCards(world.jobs, decodeDestination(home('quinn')));
    expect(shown('quinn')).toContain("You don't have a role in any release.");
  });

  it('of someone without a role is left alone', async () => {
    await open('nina');
    await refreshCards(world.jobs, decodeDestination(home('nina')));
    const before = updates();
    await planRelease(world);
    await refreshCards(world.jobs, decodeDestination(home('nina')));
    expect(updates()).toBe(before);
  });
});
