const names: Readonly<Record<string, string>> = {
  'card:ballot': 'the ballot',
  'card:poll': 'the card of the vote',
  'card:rollout': 'the card of the rollout',
  'card:checklist': 'a checklist',
  'card:draft': 'a draft to approve',
  'card:change-request': 'a change request',
  'card:request': 'a request for a second person',
  'card:overdue': 'the question about overdue messages',
  'card:form': 'a form',
  'card:home': 'the home card',
};

/** What a live card is called where somebody has to look for it, by the subject of its delivery. */
export function liveCardName(subject: string): string {
  return names[subject] ?? 'the live card';
}
