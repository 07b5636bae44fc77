/** A chat platform of the sandbox. */
export type ChatPlatform = 'slack' | 'teams';
