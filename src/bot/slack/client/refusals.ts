/** What Slack's error codes mean to the person who can do something about it. */
const sentences: Record<string, string> = {
  account_inactive: 'The Slack app or its bot user was deactivated. Reinstall the app and set the new token.',
  block_mismatch: 'Slack no longer accepts changes to this message.',
  cant_update_message: 'Slack does not let tminus change this message.',
  channel_not_found: 'There is no such channel, or tminus is not in it. Check the name and invite @tminus.',
  cannot_dm_bot: 'The recipient is a bot. Name a person.',
  edit_window_closed: 'The workspace does not allow messages to be edited any more.',
  ekm_access_denied: 'The workspace administrators have suspended posting to this channel.',
  invalid_auth: 'Slack refuses the token. Set SLACK_BOT_TOKEN to the current bot token of the app.',
  invalid_blocks: 'Slack refuses the layout of this message. Please report it with the release and the item.',
  is_archived: 'The channel is archived. Unarchive it.',
  message_not_found: 'The message was deleted in Slack.',
  metadata_too_large:
    'Slack refuses the metadata of this message. Please report it with the release and the item.',
  msg_blocks_too_long: 'The message is too long for Slack. Shorten its template.',
  msg_too_long: 'The message is too long for Slack. Shorten its template.',
  no_permission: 'tminus may not post there. Ask a workspace administrator.',
  not_allowed_token_type: 'The token is of the wrong kind. Use the bot token, which begins with xoxb-.',
  not_authed: 'No token was sent. Set the bot token of the app.',
  not_enabled: 'The Home tab of the Slack app is off. Update the app with `npx tminus slack manifest`.',
  not_in_channel: 'tminus is not in that channel. Invite it with `/invite @tminus`.',
  restricted_action: 'The workspace does not allow tminus to post there. Ask a workspace administrator.',
  restricted_action_read_only_channel:
    'The channel is read-only. Ask a workspace administrator to let tminus post.',
  team_access_not_granted:
    'The token has no access to this workspace. Install the app in it and set its token.',
  token_expired: 'The Slack token has expired. Reinstall the app and set the new token.',
  token_revoked: 'The Slack token was revoked. Reinstall the app and set the new token.',
  two_factor_setup_required:
    'The workspace requires two-factor authentication, and whoever installed the app has not set it up.',
  user_disabled: 'This person has left the workspace.',
  user_not_found: 'There is no such person in this workspace.',
  user_not_visible: 'tminus may not see this person.',
};

/** What to do about a scope that the bot token lacks; Slack names it in `needed`. */
export function lackingScope(needed: string | undefined): string {
  const lacking = needed === undefined ? 'a permission' : `the permission ${needed}`;
  return (
    `The Slack app lacks ${lacking}. Paste what \`npx tminus slack manifest\` prints as the app's manifest, ` +
    'reinstall the app, and set SLACK_BOT_TOKEN to its token.'
  );
}

/**
 * A sentence for a refusal, in words that say the next step where there is one. `needed`: the scope that Slack names
 * in a `missing_scope`.
 */
export function explainRefusal(code: string, needed?: string): string {
  if (code === 'missing_scope') return lackingScope(needed);
  return sentences[code] ?? `Slack refused this with "${code}".`;
}
