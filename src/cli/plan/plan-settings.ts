import type { FileConfig } from '../../config/config.ts';
import { loadSettings } from '../../config/load-config.ts';
import { loadProductTemplates, loadTemplates } from '../../config/load-templates.ts';
import type { PlanCommandIo } from './plan-io.ts';

export interface PlanOptions {
  config?: string;
  templates?: string;
}

export const configOption = [
  '--config <file>',
  'configuration file (default: tminus.yaml, when there is one)',
] as const;
export const templatesOption = [
  '--templates <folder>',
  "a folder of templates that override the built-in ones (default: the configuration's)",
] as const;

/** As the bot reads them; a folder of templates that is named goes before the configured one. */
export async function readSettings({ env }: PlanCommandIo, { config, templates }: PlanOptions) {
  const settings = await loadSettings(['channels', 'templates', 'products', 'schedule'], {
    env,
    file: config,
  });
  return settingsOf(templates === undefined ? settings : { ...settings, templates });
}

/** What a plan is checked with. */
export function settingsOf({
  channels,
  templates: folder,
  products,
  schedule: { lateness: _ofItems, threads: defaultThreads, ...defaultShifts },
}: Pick<FileConfig, 'channels' | 'templates' | 'products' | 'schedule'>) {
  const templates = loadTemplates(folder);
  const productTemplates = loadProductTemplates({ templates: folder, products });
  const checks = {
    templates: [...templates.keys()],
    productTemplates,
    defaultChannels: channels,
    defaultShifts,
    defaultThreads,
    products,
  };
  return { templates, productTemplates, checks };
}
