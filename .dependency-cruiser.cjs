/**
 * The layer rules of ARCHITECTURE.md: arrows point down only.
 *
 *   app, main, cli              wire everything together
 *   bot, jobs, http             translate the outside into verbs
 *   notifiers, drivers, metrics adapters behind the ports of services; they know nothing else
 *   services                    verbs, the only writers; reach the outside through their own ports
 *   db                          rows
 *   core                        decisions; knows nothing of the rest
 *   lib                         plain helpers without domain
 */
/** A part of `src` that may import only what is listed, besides itself and `lib`. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}(/|\\.ts$)` },
  to: {
    path: '^(src|sandbox|test|bench|scripts)/',
    pathNot: [`^src/${from}(/|\\.ts$)`, '^src/lib/', ...allowed],
  },
});

/** Packages that only one part may know, so that it alone changes when they do. */
const kept = (name, packages, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages.map((one) => `(^|/)node_modules/${one}/`) },
});

/** The folders of a registry know neither each other nor the registry that lists them. */
const registry = (part) => ({
  name: `${part}-apart`,
  comment: 'An adapter is a folder of its own: to add one must change no other.',
  severity: 'error',
  from: { path: `^src/${part}/([^/]+)/` },
  to: { path: `^src/${part}/`, pathNot: `^src/${part}/$1/` },
});

const ports = '^src/services/ports/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-between-features',
      comment: 'Folders of core depend on each other in one direction; so do those of services.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/(core|services)/' },
      to: { circular: true },
    },
    // `mdast` has types only, which npm keeps under @types.
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^mdast$' } },
    {
      name: 'no-dev-dependencies-at-run-time',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    only('lib-alone', 'lib', [], 'Helpers know no domain.'),
    only('core-alone', 'core', [], 'Decisions depend on nothing but their arguments.'),
    {
      name: 'core-pure',
      comment: 'No file, socket, process or database; hashing and calendars are pure.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: [
          '^(node:)?crypto$',
          '(^|/)node_modules/(temporal-polyfill|temporal-spec|zod|yaml|mdast-util-[^/]+|@types/mdast|micromark[^/]*)/',
        ],
      },
    },
    only('db-on-core', 'db', ['^src/core/'], 'Rows know the types of core, and no one who uses them.'),
    only('drivers-on-ports', 'drivers', ['^src/core/', ports], 'A driver does as told and knows no release.'),
    only(
      'metrics-on-ports',
      'metrics',
      ['^src/core/', ports],
      'A source reads numbers and knows no release.',
    ),
    only(
      'repositories-on-ports',
      'repositories',
      [ports],
      'A host lists what was merged and knows no release.',
    ),
    only('notifiers-on-ports', 'notifiers', ['^src/core/', ports], 'A notifier sends and knows no release.'),
    only(
      'config-down',
      'config',
      ['^src/core/', '^src/(drivers|metrics|notifiers)/'],
      'Adapters say themselves how they are configured.',
    ),
    only(
      'services-down',
      'services',
      ['^src/(core|db)/'],
      'Verbs stand on core and db, and reach out by ports.',
    ),
    only('jobs-down', 'jobs', ['^src/(config|core|db|services)/'], 'Jobs call verbs.'),
    only('http-down', 'http', ['^src/(config|core|db|services)/'], 'Webhooks and pages call verbs.'),
    only('bot-down', 'bot', ['^src/(config|core|db|http|services)/'], 'Commands and buttons call verbs.'),
    registry('drivers'),
    registry('metrics'),
    registry('notifiers'),
    {
      name: 'sandbox-out-of-production',
      comment: 'What runs in production does not know that there is a sandbox.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'workspace-apart',
      comment:
        'The local Slack and Teams and the demo service are programs of their own: they may know no tminus.',
      severity: 'error',
      from: { path: '^sandbox/(workspace|teams|demo)/' },
      to: {
        path: '^(src|sandbox)/',
        pathNot: '^(src/(core|lib)/|sandbox/(workspace|teams|demo)/|sandbox/[^/]+\\.ts$)',
      },
    },
    {
      name: 'cards-of-no-platform',
      severity: 'error',
      from: { path: '^src/bot/cards/' },
      to: { path: '^src/bot/(?!cards/)' },
    },
    {
      name: 'live-cards-apart',
      comment: 'A live card is a folder of its own; what several show is in parts.',
      severity: 'error',
      from: { path: '^src/bot/cards/([^/]+)/' },
      to: { path: '^src/bot/cards/', pathNot: '^src/bot/cards/($1/|parts/|live-card\\.ts$)' },
    },
    {
      name: 'interactions-of-no-platform',
      comment: 'What a person can do is the same on every platform.',
      severity: 'error',
      from: { path: '^src/bot/interactions/' },
      to: { path: '^src/bot/(?!cards/|interactions/)' },
    },
    {
      name: 'shared-of-no-platform',
      comment: 'What platforms share knows none of them.',
      severity: 'error',
      from: { path: '^src/bot/(requests|text)/' },
      to: { path: '^src/bot/(?!cards/|interactions/|requests/|text/)' },
    },
    {
      name: 'teams-when-configured',
      comment:
        'What Teams needs is much, so only connect-teams loads it, and only where Teams is configured.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/bot/teams/' },
      to: { path: '^src/bot/teams/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'platforms-apart',
      comment: 'What Slack and Teams share is in bot/cards, bot/interactions and below.',
      severity: 'error',
      from: { path: '^src/bot/(slack|teams)/' },
      to: { path: '^src/bot/(slack|teams)/', pathNot: '^src/bot/$1/' },
    },
    {
      name: 'page-apart',
      comment: 'The browser knows of the server its contract only, and what counts as text.',
      severity: 'error',
      from: { path: '^sandbox/page/' },
      to: {
        path: '^(src|sandbox|test|bench|scripts)/',
        pathNot: [
          '^sandbox/page/',
          '^sandbox/node_modules/',
          '^sandbox/(teams-)?control-api\\.ts$',
          '^src/core/card/card\\.ts$',
          '^src/lib/visible-text\\.ts$',
        ],
      },
    },
    kept('queue-packages', ['bullmq', 'ioredis'], '^src/jobs/queue/', 'Jobs know the queue, not its maker.'),
    kept('database-driver', ['pg'], ['^src/db/', '^src/jobs/queue/'], 'Connections are opened in db.'),
    kept(
      'query-builder',
      ['drizzle-orm'],
      ['^src/db/', '^src/services/', '^src/jobs/'],
      'Whoever writes rows says so in Drizzle; the rest asks db/queries.',
    ),
    kept('slack-packages', ['@slack/[^/]+'], ['^src/bot/slack/'], 'One platform, one folder.'),
    kept('mail-packages', ['nodemailer'], '^src/notifiers/email/', 'One notifier, one folder.'),
    kept(
      'teams-packages',
      ['botbuilder[^/]*', '@azure/identity'],
      '^src/bot/teams/',
      'One platform, one folder.',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
