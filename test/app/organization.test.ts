import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OtherWorkspaceError } from '../../src/bot/requests/ctx-of-request.ts';
import { createInteractiveClient } from '../../src/bot/slack/client/web-client.ts';
import { ctxOf, type ListenerContext } from '../../src/bot/slack/listeners/listener-context.ts';
import { createLateRequests } from '../../src/services/kernel/late-requests.ts';
import { recordingLog } from '../bot/slack/web-api-double.ts';
import { openWorld, type World } from '../support/test-services.ts';

let world: World;
let asked: string[];
beforeEach(async () => {
  world = await openWorld();
  asked = [];
});
afterEach(() => world.close());

const ofOurs = { enterprise_user: { enterprise_id: 'E1', teams: ['T1', 'T2'] } };

/** In the workspace T1, and in whichever organization; Slack knows `user`. */
function contextIn(enterpriseId: string | undefined, user: object): ListenerContext {
  const interactive = createInteractiveClient({ token: 'xoxb-tests', log: recordingLog() });
  const info = async ({ user: id }: { user: string }) => {
    asked.push(id);
    return { ok: true, user };
  };
  Object.assign(interactive.users, { info });
  const { services } = world;
  return {
    ...{ services, interactive, enterpriseId, teamId: 'T1', commandNames: {} },
    lateRequests: createLateRequests(services),
  };
}

const act = (context: ListenerContext, teamId: string | undefined) =>
  ctxOf(context, { userId: 'U0QUINN', userName: 'quinn', teamId, requestId: '1.2.3' });

describe('somebody who acts', () => {
  it.each(['E1', undefined])(
    'in the workspace that is served is let in, without a question (%s)',
    async (ours) => {
      expect((await act(contextIn(ours, {}), 'T1')).actor).toMatchObject({ kind: 'person', name: 'quinn' });
      expect(asked).toEqual([]);
    },
  );

  it('in another workspace of the organization is let in when they are of ours as well', async () => {
    expect((await act(contextIn('E1', ofOurs), 'T2')).actor).toMatchObject({ kind: 'person', name: 'quinn' });
    expect(asked).toEqual(['U0QUINN']);
  });

  it.each([
    ['a stranger in a shared channel', 'E1', 'T9', { team_id: 'T9', is_stranger: true }],
    [
      'a stranger of another organization',
      'E1',
      'T9',
      { enterprise_user: { enterprise_id: 'E9', teams: ['T1'] } },
    ],
    [
      'a colleague who is not of our workspace',
      'E1',
      'T2',
      { enterprise_user: { enterprise_id: 'E1', teams: ['T2'] } },
    ],
    ['somebody of no workspace', 'E1', undefined, ofOurs],
    ['somebody elsewhere, when we are in no organization', undefined, 'T2', ofOurs],
  ])('is refused as %s, and that is in the trail', async (_who, ours, teamId, user) => {
    await expect(act(contextIn(ours, user), teamId)).rejects.toThrow(OtherWorkspaceError);
    const [event] = await world.query<{ body: string }>('select body from audit_events');
    expect(JSON.parse(event?.body ?? '{}')).toMatchObject({
      action: 'request.refused',
      details: { verb: 'workspace.enter' },
    });
  });
});
