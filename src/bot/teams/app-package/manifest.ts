import * as z from 'zod';
import { shortcuts } from '../../interactions/registry.ts';
import { commandLists } from './command-lists.ts';
import { type TeamsManifest, teamsManifestSchema } from './manifest-schema.ts';

/** What an operator says of the app that they upload. */
export interface ManifestOptions {
  /** The bot's app id in Azure, which is the app's id in Teams as well. */
  appId: string;
  /** Who runs it, as people read it in Teams. */
  developer: string;
  /** https; for support. */
  website: string;
  privacy?: string | undefined;
  terms?: string | undefined;
  /** Teams takes an app anew when it has risen. */
  version: string;
  /** Offer the commands after a slash, with private answers: a preview in Teams. */
  slash: boolean;
}

/**
 * The app's manifest.
 * @throws RangeError when Teams would not take it; the message says what to change.
 */
export function teamsManifest(options: ManifestOptions): TeamsManifest {
  const { appId, developer, website, privacy = website, terms = website, version, slash } = options;
  // The oldest that takes as many commands in a list as there are here.
  const manifestVersion = slash ? '1.29' : '1.24';
  const manifest: TeamsManifest = {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id: appId,
    developer: { name: developer, websiteUrl: website, privacyUrl: privacy, termsOfUseUrl: terms },
    name: { short: 'tminus', full: 'tminus, the release bot' },
    description: {
      short: 'Guides a software release from T-14 to T+7.',
      full: 'tminus plans a release, asks for go or no-go, promotes it step by step, rolls it back, and keeps everybody informed, in the channels of a team and in personal chat. To begin, mention it or message it with "help".',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1d2b4f',
    bots: [
      {
        botId: appId,
        scopes: ['team', 'personal'],
        ...(slash ? { supportsTargetedMessages: true } : {}),
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: commandLists({ slash }),
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: shortcuts.entries.map(({ name, title, description }) => ({
          id: name,
          type: 'action' as const,
          title,
          description,
          // In the menu of a message; it answers by a dialog.
          context: ['message' as const],
          fetchTask: true,
        })),
      },
    ],
    validDomains: [],
  };
  return checked(manifest);
}

function checked(manifest: TeamsManifest): TeamsManifest {
  const read = teamsManifestSchema.safeParse(manifest);
  if (!read.success) throw new RangeError(`Teams would not take this app.\n${z.prettifyError(read.error)}`);
  return read.data;
}
