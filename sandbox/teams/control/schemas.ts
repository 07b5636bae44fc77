import * as z from 'zod';
import { teamsFaultKinds } from '../../control-api.ts';
import { wrongTokens } from '../../teams-control-api.ts';
import {
  clickAction,
  commandAction,
  faultsChangeOf,
  messageAction,
  shortcutAction,
  submitAction,
} from '../../workspace/control/schemas.ts';

const id = z.string().min(1).max(255);
const signed = { token: z.enum(wrongTokens).exactOptional() };
const on = z.strictObject({ channel: id, ts: id });

export const teamsCommandAction = commandAction.extend(signed);
export const teamsMessageAction = messageAction.extend({
  ...signed,
  times: z.int().min(1).max(10).exactOptional(),
});
export const teamsClickAction = clickAction.extend({ ...signed, olderClient: z.boolean().exactOptional() });
export const teamsShortcutAction = shortcutAction.extend(signed);
export const teamsSubmitAction = submitAction.extend({ ...signed, actionId: id.exactOptional() });
export const refreshAction = z.strictObject({ person: id, on, ...signed });
export const deleteMessageAction = z.strictObject({ person: id, on });
export const installationChange = z.strictObject({
  team: z.enum(['installed', 'removed']).exactOptional(),
  people: z.record(id, z.enum(['installed', 'removed', 'blocked'])).exactOptional(),
});
export const teamsFaultsChange = faultsChangeOf(teamsFaultKinds);
