/** What the connector's error codes mean to the person who can do something about it. */
const sentences: Record<string, string> = {
  BadSyntax: 'Teams refuses the layout of this message. Please report it with the release and the item.',
  BotNotInConversationRoster: 'tminus is not installed there. Add the app to the team or the chat.',
  ConversationNotFound:
    'There is no such conversation in Teams, or tminus was removed from it. Add the app again.',
  BotDisabledByAdmin: 'An administrator has blocked the app. Ask them to allow it in the Teams admin centre.',
  MessageSizeTooBig: 'The message is too long for Teams. Shorten its template.',
  MessageWritesBlocked: 'This person has blocked or removed the app.',
  NotEnoughPermissions: 'tminus may not post there. Ask an owner of the team.',
  ActivityNotFoundInConversation: 'The message was deleted in Teams.',
  not_installed: 'This person has no chat with tminus yet. They have to add the app in Teams.',
  not_in_team: 'tminus is not in that channel. Add the app to its team.',
};

/** A sentence for a refusal, in words that say the next step where there is one. */
export function explainRefusal(code: string): string {
  return sentences[code] ?? `Teams refused this with "${code}".`;
}
