import { Option } from 'commander';

/** With what a trail is checked. */
export interface TrustOptions {
  key: string[];
  anchors: string[];
  anchor: string[];
  config?: string;
}

const collect = (value: string, before: string[]) => [...before, value];

/** A public key in place of those that the bot trusts, or the configuration that names these. */
export function trustOptions(): Option[] {
  return [
    repeatable('--key <key>', 'a public key, or a file with one, in place of those here; repeatable'),
    new Option('--config <file>', 'the configuration that names trusted keys'),
  ];
}

/** What was kept of checkpoints outside the database. */
export function anchorOptions(): Option[] {
  return [
    repeatable(
      '--anchors <file>',
      'what was kept of checkpoints: the file of audit.anchors, a copy of its channel, or audit-checkpoint.json; repeatable',
    ),
    repeatable('--anchor <text>', 'the line of a checkpoint, as it was posted or printed; repeatable'),
  ];
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none');
}
