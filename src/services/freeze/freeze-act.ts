import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { toFreezeRequest } from '../../db/queries/freezes.ts';
import { listWords } from '../../lib/list-words.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { OrganizationAct } from '../kernel/request-act.ts';
import { done } from '../kernel/result.ts';
import { checkCreation } from '../release/may-create-release.ts';
import { checkFreezeNow, seeFreezes } from './freeze-rights.ts';
import { describeRequest, holdAll } from './hold-all.ts';
import { secondPersonFreeze } from './second-person-freeze.ts';

/** Everything is held at once, once a second person agrees. */
export const freezeAct: OrganizationAct = {
  ...secondPersonFreeze,
  noneOpen: line`Nobody has asked for a freeze. See all with ${seeFreezes}.`,
  readRights: async (ctx) => {
    const creation = await askPlatform(ctx, () => checkCreation(ctx));
    return async (scope) => {
      const allowed = await checkFreezeNow(scope, creation);
      return allowed.ok ? null : allowed.refusal;
    };
  },
  prepare: async () => null,
  performForAll: async (scope, { request }) => {
    const asked = toFreezeRequest(request);
    const held = await holdAll(scope, asked);
    const { name, until, zone } = describeRequest(asked);
    const keys = held.map(({ key }) => key);
    const paused =
      keys.length === 0
        ? 'No release had to be paused'
        : `${listWords(keys)} ${keys.length === 1 ? 'is' : 'are'} paused`;
    const frozen = line`Everything is frozen until ${localDate(until, zone)}. ${paused}.`;
    const answer = line`${frozen} End it with ${command('release', `freeze end ${name}`)}.`;
    return done({ answer, news: answer });
  },
};
