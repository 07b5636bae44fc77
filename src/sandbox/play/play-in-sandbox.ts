import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTemplates } from '../../config/load-templates.ts';
import { createControlClient } from '../control-client.ts';
import { importPlan, loadExamplePlan } from '../example-release.ts';
import { startSandbox } from '../start-sandbox.ts';
import { Stage, StoryError } from './stage.ts';
import { Story } from './story.ts';

/** `npm run sandbox -- --play`: plays the story in a fresh folder; 0 when all went as planned, else 1. */
export async function playInSandbox(options: {
  story: 'rollback' | 'success';
  databaseUrl?: string;
  redisUrl?: string;
  print?: (line: string) => void;
}): Promise<number> {
  const { story, print = console.log, ...storage } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-play-'));
  const sandbox = await startSandbox({ ...storage, dataDir, port: 0, paused: true, page: false, say: print });
  try {
    const control = createControlClient(sandbox.url);
    const example = await loadExamplePlan((await control.clock()).nowMs);
    const stage = new Stage({ control, zone: example.plan.goLive.zone, print });
    await stage.open();
    await importPlan(control, example);
    await new Story({ stage, plan: example.plan, templates: await loadTemplates(), ending: story }).play();
    print(`\nThe story went as planned: ${example.plan.release} from T-14 to T+7.`);
    return 0;
  } catch (error) {
    if (!(error instanceof StoryError)) throw error;
    print(`\nNOT AS PLANNED. ${error.message}`);
    return 1;
  } finally {
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
