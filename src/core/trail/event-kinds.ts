import type { EventKind } from './sentence.ts';
import { draftEvents } from './sentences/drafts.ts';
import { goNoGoEvents } from './sentences/go-no-go.ts';
import { messageEvents } from './sentences/messages.ts';
import { peopleEvents } from './sentences/people.ts';
import { readinessEvents } from './sentences/readiness.ts';
import { recordEvents } from './sentences/record.ts';
import { releaseEvents } from './sentences/release.ts';
import { rolloutEvents } from './sentences/rollout.ts';
import { taskEvents } from './sentences/tasks.ts';
import { workspaceEvents } from './sentences/workspace.ts';

const kinds = {
  ...releaseEvents,
  ...goNoGoEvents,
  ...rolloutEvents,
  ...recordEvents,
  ...readinessEvents,
  ...messageEvents,
  ...draftEvents,
  ...taskEvents,
  ...peopleEvents,
  ...workspaceEvents,
};

/** What an event may be: nothing is written to the trail that has no sentence here. */
export type TrailAction = keyof typeof kinds;

/** Every kind of event, with how it is told. */
export const eventKinds: Readonly<Record<TrailAction, EventKind>> = kinds;

/** Undefined for an event of another version, whose kind this one does not know. */
export function kindOf(action: string): EventKind | undefined {
  return Object.hasOwn(eventKinds, action) ? eventKinds[action as TrailAction] : undefined;
}
