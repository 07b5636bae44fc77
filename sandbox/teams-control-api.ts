/**
 * What the control API of the local Teams has beyond `control-api.ts`; all of it under `/teams/sandbox/`. Its routes
 * and types are otherwise the same, where the act is the same.
 */
import type {
  ClickAction,
  CommandAction,
  MessageAction,
  ShortcutAction,
  SubmitAction,
} from './control-api.ts';

/** What a token that is not right is like; `other-tenant` is a good one, for an act of somebody from elsewhere. */
export const wrongTokens = [
  'none',
  'forged',
  'expired',
  'wrong-audience',
  'wrong-issuer',
  'wrong-tenant',
  'wrong-service',
  'other-tenant',
] as const;

/** Added to any act of a person, for tests: it reaches the app with a token like this. */
export interface Signed {
  token?: (typeof wrongTokens)[number];
}

export type TeamsShortcutAction = ShortcutAction & Signed;
export type TeamsCommandAction = CommandAction & Signed;
export type TeamsMessageAction = MessageAction & Signed & { times?: number };
/**
 * `actionId` is an action's `id` or `verb`, or a text anywhere in its data. `blockId`, where several share it: the place of
 * the one that is meant, from `0`. `values[input][anything]` is what stands in the card's inputs. `olderClient`: one
 * that knows no `Action.Execute` and takes its fallback.
 */
export type TeamsClickAction = ClickAction & Signed & { olderClient?: boolean };
/** `actionId`: which of the dialog's buttons; by default its first. `values` as for a click. */
export type TeamsSubmitAction = SubmitAction & Signed & { actionId?: string };

/**
 * POST /teams/sandbox/actions/refresh: what the client of someone who sees a card does, where the card has a
 * `refresh` that names them. The card that the app answers is theirs alone, until the message is edited.
 */
export interface RefreshAction extends Signed {
  person: string;
  on: { channel: string; ts: string };
}

/** POST /teams/sandbox/actions/delete-message: a person deletes a message of their own. */
export interface DeleteMessageAction {
  person: string;
  on: { channel: string; ts: string };
}

/**
 * GET and PUT /teams/sandbox/installation. What is left out of a PUT stays. A change is told to the app, but for
 * `blocked`: Teams says that only when the app writes next.
 */
export interface Installation {
  team: 'installed' | 'removed';
  /** By person. */
  people: Record<string, 'installed' | 'removed' | 'blocked'>;
}

export interface InstallationChange {
  team?: Installation['team'];
  people?: Installation['people'];
}
