/**
 * The layer rules of ARCHITECTURE.md: arrows point down only.
 *
 *   cli, app            wire everything together
 *   bot, jobs, http     translate the outside into verbs
 *   services            verbs, the only writers; know drivers, metrics and platforms by their ports
 *   db                  rows
 *   core                decisions; knows nothing of the rest
 */
const layers = '(app|main|bot|cli|config|core|db|drivers|http|jobs|metrics|outgoing|sandbox|services)';

/** A part of `src` that may import only what is listed, besides itself. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}(/|\\.ts$)` },
  to: {
    path: `^(src/${layers}|web|test|bench|scripts)(/|\\.ts$)`,
    pathNot: [`^src/${from}(/|\\.ts$)`, ...allowed],
  },
});

/** Packages that only one part of `src` may know, so that it alone changes when they do. */
const kept = (name, packages, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages.map((one) => `(^|/)node_modules/${one}/`) },
});

const ports = [
  '^src/drivers/driver\\.ts$',
  '^src/metrics/metric-source\\.ts$',
  '^src/services/chat-platform\\.ts$',
];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    // `mdast` has types only, which npm keeps under @types.
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^mdast$' } },
    {
      name: 'no-dev-dependencies-at-run-time',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
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
    only(
      'drivers-on-core',
      'drivers',
      ['^src/(core|outgoing)/'],
      'A driver does as told and knows no release.',
    ),
    only(
      'metrics-on-core',
      'metrics',
      ['^src/(core|outgoing)/'],
      'A source reads numbers and knows no release.',
    ),
    only('outgoing-alone', 'outgoing', [], 'How requests leave, whoever makes them.'),
    only(
      'config-down',
      'config',
      ['^src/(core|drivers|metrics)/'],
      'Drivers and sources say themselves how they are configured.',
    ),
    only('services-down', 'services', ['^src/(core|db)/', ...ports], 'Verbs stand on core and db.'),
    only('jobs-down', 'jobs', ['^src/(config|core|db|services)/', ...ports], 'Jobs call verbs.'),
    only(
      'http-down',
      'http',
      ['^src/(config|core|db|services)/', ...ports],
      'Webhooks and pages call verbs.',
    ),
    only('bot-down', 'bot', ['^src/(config|core|db|outgoing|services)/'], 'Commands and buttons call verbs.'),
    {
      name: 'workspace-apart',
      comment: 'The local Slack and the demo service are programs of their own: they may know no tminus.',
      severity: 'error',
      from: { path: '^src/sandbox/(workspace|demo)/' },
      to: { path: '^src/', pathNot: '^src/(core|sandbox/(workspace|demo|[^/]+\\.ts$))' },
    },
    {
      name: 'sandbox-from-cli-only',
      comment: 'What runs in production does not know that there is a sandbox.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|sandbox)/' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'cards-of-no-platform',
      severity: 'error',
      from: { path: '^src/bot/cards/' },
      to: { path: '^src/bot/(?!cards/)' },
    },
    {
      name: 'platforms-apart',
      comment: 'What Slack and Teams share is in bot/cards and below.',
      severity: 'error',
      from: { path: '^src/bot/(slack|teams)/' },
      to: { path: '^src/bot/(slack|teams)/', pathNot: '^src/bot/$1/' },
    },
    {
      name: 'page-apart',
      comment: 'The browser knows of the server its contract only.',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(src|test|bench|scripts)/',
        pathNot: ['^src/sandbox/control-api\\.ts$', '^src/core/card\\.ts$'],
      },
    },
    kept(
      'queue-packages',
      ['bullmq', 'ioredis'],
      '^src/jobs/queue/',
      'Jobs know the doorbell, not its maker.',
    ),
    kept(
      'database-packages',
      ['pg', 'drizzle-orm'],
      ['^src/db/', '^src/jobs/queue/'],
      'SQL goes through db.',
    ),
    kept(
      'slack-packages',
      ['@slack/[^/]+'],
      ['^src/bot/slack/', '^src/sandbox/'],
      'One platform, one folder.',
    ),
    kept('teams-packages', ['botbuilder[^/]*'], '^src/bot/teams/', 'One platform, one folder.'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
