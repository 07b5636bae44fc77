/** A folder whose contents are entries of one shape, and the generated file that lists them. */
export interface RegistryFolder {
  folder: string;
  /**
   * `folders`: each folder with an `index.ts` is an entry. `files`: each `.ts` file is one.
   * An entry exports `exportName`.
   */
  entries: 'folders' | 'files';
  exportName: string;
  /** The constant that holds all entries. Its file in `folder` has the same name, in kebab case. */
  listName: string;
}

/** Every registry; to add an entry to one, add a folder or file to it and run `npm run registries`. */
export const registries: readonly RegistryFolder[] = [
  { folder: 'src/drivers', entries: 'folders', exportName: 'driver', listName: 'allDrivers' },
  { folder: 'src/notifiers', entries: 'folders', exportName: 'notifier', listName: 'allNotifiers' },
  { folder: 'src/metrics', entries: 'folders', exportName: 'metricSource', listName: 'allMetricSources' },
  {
    folder: 'src/services/timer/kinds',
    entries: 'files',
    exportName: 'timerKind',
    listName: 'allTimerKinds',
  },
  { folder: 'src/bot/cards', entries: 'folders', exportName: 'liveCard', listName: 'allLiveCards' },
  { folder: 'src/bot/interactions/actions', entries: 'files', exportName: 'action', listName: 'allActions' },
  {
    folder: 'src/bot/interactions/commands',
    entries: 'files',
    exportName: 'command',
    listName: 'allCommands',
  },
  {
    folder: 'src/bot/interactions/release-commands',
    entries: 'files',
    exportName: 'subcommand',
    listName: 'allReleaseCommands',
  },
  { folder: 'src/bot/interactions/forms', entries: 'files', exportName: 'form', listName: 'allForms' },
  {
    folder: 'src/bot/interactions/shortcuts',
    entries: 'files',
    exportName: 'shortcut',
    listName: 'allShortcuts',
  },
  { folder: 'test/drivers/targets', entries: 'folders', exportName: 'driver', listName: 'allTestDrivers' },
  {
    folder: 'test/notifiers/targets',
    entries: 'folders',
    exportName: 'notifier',
    listName: 'allTestNotifiers',
  },
];
