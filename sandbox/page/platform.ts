/** Which of the two chats the page shows. They have the same people, channels and clock. */
export type Platform = 'slack' | 'teams';

export const platformNames: Record<Platform, string> = { slack: 'Slack', teams: 'Teams' };

/** Those that are here: the server says so in the page's markup. */
export function platformsHere(): Platform[] {
  const named = document.documentElement.dataset.platforms?.split(' ') ?? [];
  return named.includes('teams') ? ['slack', 'teams'] : ['slack'];
}

/** The one that the page's address names; Slack when it names none. */
export function platformInAddress(): Platform {
  return new URLSearchParams(location.search).get('platform') === 'teams' ? 'teams' : 'slack';
}

/** Makes the address name a platform, so that it is there again when the page is opened again. */
export function nameInAddress(platform: Platform): void {
  if (platform === platformInAddress()) return;
  const query = platform === 'slack' ? location.pathname : `?platform=${platform}`;
  history.pushState(null, '', query);
}
