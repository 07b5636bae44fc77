import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTemplates } from '../../src/config/load-templates.ts';
import { type ChatPlatform, createControlClient, RefusedRequestError } from '../control-client.ts';
import { importPlan, loadExamplePlan, onBothPlatforms } from '../example-release.ts';
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts';
import { Stage, StoryError } from './stage.ts';
import { Story } from './story.ts';

export interface PlayOptions {
  story: 'rollback' | 'success';
  /** On both, half of the roles are in Teams and half in Slack. */
  platforms?: readonly ChatPlatform[];
  /** Of the workspace while it is played; 0 takes a free one. */
  port: number;
  /** How long anything may take to show, real milliseconds. */
  timeoutMs: number;
  databaseUrl?: string;
  redisUrl?: string;
  print?: (line: string) => void;
}

/** Where the story is played on both platforms: who is in Teams. */
export const peopleInTeams = ['emil', 'quinn', 'sam', 'bo'];

/**
 * `npm run sandbox -- --play`: plays the story in a folder of its own; 0 when all went as planned, else 1.
 * The folder goes away; after something that was not planned the bot's log and the workspace's journal stay.
 * Ctrl-C ends it as something that was not planned.
 */
export async function playInSandbox(options: PlayOptions): Promise<number> {
  const { story, timeoutMs, port, print = console.log, platforms = ['slack'], ...storage } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-play-'));
  const starting = startSandbox({
    ...storage,
    dataDir,
    port,
    platforms,
    ...(platforms.length > 1 ? { onlyInTeams: peopleInTeams } : {}),
    paused: true,
    say: print,
  });
  const clear = async (folder: string) => {
    await (await starting.catch(() => null))?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = waitForInterrupt();
  try {
    const playing = starting.then((sandbox) => play(sandbox, { story, timeoutMs, print, platforms }));
    // When it is interrupted, nobody waits for how it ends.
    playing.catch(() => undefined);
    await Promise.race([playing, interrupted]);
    await clear(dataDir);
    return 0;
  } catch (error) {
    // A click on a button that is not there, for one, is no less a difference.
    const different = error instanceof StoryError || error instanceof RefusedRequestError;
    await clear(different ? path.join(dataDir, 'postgres') : dataDir);
    if (!different) throw error;
    print(`\nNOT AS PLANNED. ${error.message}`);
    print(`The bot's log and what was said in the workspace are in ${path.join(dataDir, 'sandbox')}`);
    return 1;
  }
}

async function play(
  sandbox: RunningSandbox,
  {
    story,
    timeoutMs,
    print,
    platforms,
  }: Required<Pick<PlayOptions, 'story' | 'timeoutMs' | 'print' | 'platforms'>>,
): Promise<void> {
  print(`Playing at ${sandbox.url}, where it can be watched\n`);
  const [first = 'slack', second] = platforms;
  const control = createControlClient(sandbox.url, first);
  const { nowMs } = await control.clock();
  const simple = await loadExamplePlan(nowMs);
  const example = second ? onBothPlatforms(simple, nowMs) : simple;
  const stage = new Stage({
    control,
    ...(second ? { other: createControlClient(sandbox.url, second) } : {}),
    zone: example.plan.goLive.zone,
    print,
    timeoutMs,
  });
  await stage.open();
  await importPlan(control, example);
  await new Story({ stage, plan: example.plan, templates: loadTemplates(), ending: story }).play();
  print(`\nThe story went as planned: ${example.plan.release} from T-14 to T+7.`);
}

/** Rejects on Ctrl-C, once; a second one ends the process as usual. */
function waitForInterrupt(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new StoryError(`It was interrupted (${signal}).`)));
    }
  });
}
