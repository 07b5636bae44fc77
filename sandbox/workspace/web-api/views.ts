import { validateView } from '../blocks/validate-view.ts';
import { stringOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { JsonObject, StoredHome, StoredView } from '../stored.ts';
import type { Trigger } from '../triggers.ts';
import { type Call, jsonArg, type Method, requiredText, textArg, tier } from './method.ts';

/** The `view` argument, checked. Throws the refusal with what is wrong. */
function viewArg({ args }: Call, kind: 'modal' | 'home'): JsonObject {
  if (args.view === undefined || args.view === '') throw SlackRefusal.missing('view');
  const verdict = validateView(jsonArg(args, 'view'), kind);
  if (!verdict.valid) throw SlackRefusal.explained(verdict.error, verdict.messages);
  return verdict.view;
}

function triggerArg({ core, args }: Call): Trigger {
  const trigger = core.triggers.check(requiredText(args, 'trigger_id'));
  if (typeof trigger === 'string') throw new SlackRefusal(trigger);
  return trigger;
}

function requireNewExternalId({ core }: Call, view: JsonObject, except?: StoredView): void {
  const externalId = stringOf(view.external_id);
  const taken = externalId ? core.views.findExternal(externalId) : undefined;
  if (taken && taken.id !== except?.id) throw new SlackRefusal('duplicate_external_id');
}

function requireHash({ args }: Call, current: StoredView | StoredHome | undefined): void {
  const hash = textArg(args, 'hash');
  if (hash !== undefined && hash !== current?.hash) throw new SlackRefusal('hash_conflict');
}

function openOnTop(call: Call, onlyFromView: boolean): JsonObject {
  const { core } = call;
  const trigger = triggerArg(call);
  const view = viewArg(call, 'modal');
  const { personId } = trigger;
  if (onlyFromView && (trigger.fromView === null || core.views.stack(personId).length === 0)) {
    throw SlackRefusal.explained('invalid_arguments', [
      '[ERROR] views.push needs a trigger that came from a modal',
    ]);
  }
  requireNewExternalId(call, view);
  if (core.views.isFull(personId)) throw new SlackRefusal('push_limit_reached');
  const opened = core.views.open(personId, view);
  core.triggers.exchange(trigger, opened.id);
  return { view: core.views.slackView(opened) };
}

function update(call: Call): JsonObject {
  const { core, args } = call;
  const id = textArg(args, 'view_id');
  const externalId = textArg(args, 'external_id');
  if (id === undefined && externalId === undefined) throw SlackRefusal.missing('view_id');
  const open = id === undefined ? core.views.findExternal(externalId ?? '') : core.views.find(id);
  const view = viewArg(call, 'modal');
  if (!open) throw new SlackRefusal('not_found');
  requireHash(call, open);
  requireNewExternalId(call, view, open);
  return { view: core.views.slackView(core.views.update(open, view)) };
}

function publish(call: Call): JsonObject {
  const { core, args } = call;
  const personId = requiredText(args, 'user_id');
  const view = viewArg(call, 'home');
  if (!core.directory.person(personId)) throw new SlackRefusal('user_not_found');
  requireHash(call, core.views.home(personId));
  return { view: core.views.slackView(core.views.publish(personId, view)) };
}

export const viewMethods: Record<string, Method> = {
  'views.open': { token: 'bot', perMinute: tier[4], run: (call) => openOnTop(call, false) },
  'views.push': { token: 'bot', perMinute: tier[4], run: (call) => openOnTop(call, true) },
  'views.update': { token: 'bot', perMinute: tier[4], run: update },
  'views.publish': { token: 'bot', perMinute: tier[4], run: publish },
};
