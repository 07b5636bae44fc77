import * as z from 'zod';

/** What a plan can link to, in the order in which readers see it, and how a link is labelled. */
export const LINK_TITLES = {
  dashboard: 'Dashboard',
  build: 'Build',
  tickets: 'Tickets',
  runbook: 'Runbook',
  changes: 'Changes',
  notes: 'Release notes',
  help: 'Help center',
  support: 'Contact support',
  training: 'Training',
  survey: 'Survey',
  webinar: 'Webinar',
  status: 'Status page',
} as const;

export type LinkName = keyof typeof LINK_TITLES;

export const LINK_NAMES: readonly LinkName[] = [
  'dashboard',
  'build',
  'tickets',
  'runbook',
  'changes',
  'notes',
  'help',
  'support',
  'training',
  'survey',
  'webinar',
  'status',
];

/** No longer than any platform takes. A name before the host is refused, since it may come with a password. */
const MAX_URL_LENGTH = 2000;

const linkSchema = z
  .string()
  .max(MAX_URL_LENGTH)
  .regex(/^https:\/\/(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}]|\[[\da-fA-F:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?$/u)
  .optional()
  .describe('an https address such as https://grafana.example.com/d/web, without a user name');

/** Where people find what tminus does not keep: all optional, all shown to everyone who sees the release. */
export const linksSchema = z
  .strictObject({
    dashboard: linkSchema,
    build: linkSchema,
    tickets: linkSchema,
    runbook: linkSchema,
    changes: linkSchema,
    notes: linkSchema,
    help: linkSchema,
    support: linkSchema,
    training: linkSchema,
    survey: linkSchema,
    webinar: linkSchema,
    status: linkSchema,
  })
  .prefault({})
  .describe(`https addresses by name: ${LINK_NAMES.join(', ')}`);

export type PlanLinks = z.infer<typeof linksSchema>;
