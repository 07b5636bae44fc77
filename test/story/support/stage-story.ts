import { parseDocument } from 'yaml';
import type { ControlClient } from '../../../sandbox/control-client.ts';
import {
  type ExamplePlan,
  importPlan,
  loadExamplePlan,
  onBothPlatforms,
} from '../../../sandbox/example-release.ts';
import { Stage } from '../../../sandbox/story/stage.ts';
import { Story, type StoryOptions } from '../../../sandbox/story/story.ts';
import { loadTemplates } from '../../../src/config/load-templates.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';

/** A story that is ready to be played. */
export interface StagedStory {
  story: Story;
  stage: Stage;
}

/**
 * Plans the example release and makes its story ready. `timeoutMs`: how long anything may take to show. `other`: the
 * second platform, where it is played on both.
 */
export async function stageStory(
  control: ControlClient,
  options: Pick<StoryOptions, 'ending'> &
    Partial<StoryOptions> & { timeoutMs?: number; other?: ControlClient },
): Promise<StagedStory> {
  const { timeoutMs = 60_000, other, ...story } = options;
  const { nowMs } = await control.clock();
  const quick = await loadQuickPlan(nowMs);
  const example = other ? onBothPlatforms(quick, nowMs) : quick;
  const print = () => undefined;
  const stage = new Stage({
    control,
    ...(other ? { other } : {}),
    zone: example.plan.goLive.zone,
    print,
    timeoutMs,
  });
  await stage.open();
  await importPlan(control, example);
  const templates = loadTemplates();
  return { story: new Story({ ...story, stage, plan: example.plan, templates }), stage };
}

/**
 * The example release with gates for a test: they look back over three seconds instead of ten, and a machine
 * that is slow because of the tests is not held against the new version.
 */
export async function loadQuickPlan(now: number): Promise<ExamplePlan> {
  const document = parseDocument((await loadExamplePlan(now)).yaml);
  const { phases } = (document.toJS() as { rollout: { phases: { criteria?: { metric: string }[] }[] } })
    .rollout;
  for (const [phase, { criteria = [] }] of phases.entries()) {
    for (const [index, { metric }] of criteria.entries()) {
      const criterion = ['rollout', 'phases', phase, 'criteria', index];
      document.setIn([...criterion, 'window'], 'PT3S');
      document.setIn([...criterion, 'minRequests'], 2);
      if (metric === 'latency-p95') document.setIn([...criterion, 'below'], 5_000);
    }
  }
  const yaml = document.toString();
  const read = parsePlan(yaml, { now });
  if (!read.ok) throw new Error(`The quick plan is not valid: ${read.problems[0]?.message}`);
  return { yaml, plan: read.plan };
}
