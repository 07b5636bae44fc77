import { resolveLocalTime } from '../../../core/calendar/local-time.ts';
import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { parseMoment } from '../../../core/freeze/parse-freeze-times.ts';
import { listOpenFreezeRequests } from '../../../db/queries/freezes.ts';
import { addFreeze, mayAddFreeze } from '../../../services/freeze/add-freeze.ts';
import { breakFreeze, mayBreakFreeze } from '../../../services/freeze/break-freeze.ts';
import { endFreeze } from '../../../services/freeze/end-freeze.ts';
import { checkFreezeChange, isAllowedToFreezeNow } from '../../../services/freeze/freeze-rights.ts';
import { mayRequestFreeze, requestFreeze } from '../../../services/freeze/request-freeze.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { loadFreezes } from '../../../services/kernel/refuse-frozen.ts';
import type { Result } from '../../../services/kernel/result.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { decideOnRequest } from '../../../services/requests/decide-request.ts';
import { freezesCard } from '../../cards/answers/freezes-card.ts';
import { addFreezeForm } from '../forms/add-freeze.ts';
import { breakFreezeForm } from '../forms/break-freeze.ts';
import { freezeNowForm } from '../forms/freeze-now.ts';
import { addedSentence, brokenSentence, endedSentence, requestedSentence } from '../freeze-answers.ts';
import {
  type Answer,
  answerCard,
  answerForm,
  answerRefusal,
  answerSentence,
  type Subcommand,
} from '../interaction.ts';
import { decidedRequestSentence } from '../request-answers.ts';
import { type ParsedFreeze, parseFreeze } from '../words/parse-freeze.ts';

export const subcommand: Subcommand = {
  name: 'freeze',
  usage: '[add | end NAME | now | approve | break [release]]',
  help: 'periods in which nothing goes live: list, add or end one; freeze everything now; let one release through',
  position: 670,
  run: ({ ctx, words }) => answerTo(ctx, parseFreeze(words)),
};

async function answerTo(ctx: Ctx, parsed: ParsedFreeze): Promise<Answer> {
  switch (parsed.kind) {
    case 'list':
      return answerCard(await listCard(ctx));
    case 'wrong': {
      const example = command(
        'release',
        'freeze add "Year end" from 2030-12-20 18:00 until 2031-01-06 06:00',
      );
      return answerSentence(line`${parsed.message} For example: ${example}.`);
    }
    case 'add-form': {
      const allowed = await mayAddFreeze({ ctx });
      return allowed.ok ? answerForm(addFreezeForm(ctx.defaultZone)) : answerRefusal(allowed.refusal);
    }
    case 'add': {
      const { freeze } = parsed;
      const input = { ...freeze, zone: freeze.zone ?? ctx.defaultZone };
      return answerTold(await addFreeze({ ctx, input }), addedSentence);
    }
    case 'end':
      return answerTold(await endFreeze({ ctx, input: { name: parsed.name } }), endedSentence);
    case 'approve':
    case 'withdraw':
      return answerTold(
        await decideOnRequest({
          ctx,
          input: { requestId: 'freeze.now', decision: parsed.kind, reason: null },
        }),
        decidedRequestSentence,
      );
    case 'now':
      return freezeNow(ctx, parsed);
    case 'break':
      return letThrough(ctx, parsed);
  }
}

function answerTold<Value>(
  result: Result<Value>,
  sentence: (value: Value) => Parameters<typeof answerSentence>[0],
): Answer {
  return result.ok ? answerSentence(sentence(result.value)) : answerRefusal(result.refusal);
}

async function listCard(ctx: Ctx) {
  const { db, clock } = ctx;
  const now = clock.now();
  const [freezes, requests, change, mayFreezeNow] = await Promise.all([
    loadFreezes(db, ctx),
    listOpenFreezeRequests(db, now),
    checkFreezeChange(ctx),
    isAllowedToFreezeNow(ctx),
  ]);
  return freezesCard({ freezes, requests }, { now, mayChange: change.ok, mayFreezeNow });
}

/** At once when both are typed; else in a form that has what was. */
async function freezeNow(ctx: Ctx, { reason, until }: { reason: string; until: string }): Promise<Answer> {
  const instant = instantOf(until, ctx.defaultZone);
  if (reason !== '' && instant !== null) {
    return answerTold(await requestFreeze({ ctx, input: { reason, until: instant } }), requestedSentence);
  }
  const allowed = await mayRequestFreeze({ ctx });
  if (!allowed.ok) return answerRefusal(allowed.refusal);
  return answerForm(freezeNowForm({ zone: ctx.defaultZone, now: ctx.clock.now(), reason }));
}

async function letThrough(
  ctx: Ctx,
  { releaseKey, reason, until }: { releaseKey: string | null; reason: string; until: string },
): Promise<Answer> {
  const found = await findRelease(ctx, releaseKey);
  if (!found.ok) return answerRefusal(found.refusal);
  const instant = instantOf(until, found.value.plan.goLive.zone);
  if (reason !== '' && instant !== null) {
    // The verb checks the right itself: asked before, under the same key, it would be taken for a repeat.
    const input = { releaseKey: found.value.key, reason, until: instant };
    return answerTold(await breakFreeze({ ctx, input }), brokenSentence);
  }
  const allowed = await mayBreakFreeze({ ctx, input: { releaseKey: found.value.key } });
  if (!allowed.ok) return answerRefusal(allowed.refusal);
  return answerForm(breakFreezeForm(found.value, { now: ctx.clock.now(), reason }));
}

/** `2030-12-20 18:00` in a zone, epoch ms; null when the text is no date and time. */
function instantOf(text: string, zone: string): number | null {
  const moment = parseMoment(text);
  return moment && resolveLocalTime(moment.date, 0, moment.time, zone).instant;
}
