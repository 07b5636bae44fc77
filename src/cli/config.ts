import { Command } from 'commander';
import { configJsonSchema } from '../config/config-json-schema.ts';
import { endHelp } from './end-help.ts';

/** `tminus config …`. `write` gets what goes to standard output. */
export function configCommand(write: (text: string) => void = (text) => process.stdout.write(text)): Command {
  const config = new Command('config').description('Help with the configuration file');
  const schema = config
    .command('schema')
    .description("Print the JSON Schema of tminus.yaml, for an editor's completion and checks")
    .action(() => write(configJsonSchema()));
  endHelp(schema, { examples: ['tminus config schema > tminus.schema.json'] });
  return endHelp(config, { examples: ['tminus config schema > tminus.schema.json'] });
}
