import type { RiskTolerance, Strategy } from '../plan/planning-arguments.ts';

/** A stage of continuous delivery (S2 §1, `ContinuousReleaseManager`). */
export interface PipelineStage {
  name: string;
  title: string;
  /** How long it may take, in minutes: the upper end of S2's range. */
  minutes: number;
  activities: readonly string[];
  /** Somebody has to approve before the next stage begins. */
  approvalAfter: boolean;
}

/** Minutes of the last stage; S2 gives every strategy that it does not name its else-branch. */
const deploymentMinutes: Readonly<Partial<Record<Strategy, number>>> = { canary: 60, 'blue-green': 20 };
const otherDeploymentMinutes = 40;

/** The stages of a product that is released continuously, in their order. */
export function pipelineStages(strategy: Strategy, riskTolerance: RiskTolerance): PipelineStage[] {
  const stages = [
    {
      name: 'commit',
      title: 'Commit',
      minutes: 5,
      activities: ['automated tests', 'checks of code quality', 'security scan'],
    },
    {
      name: 'build',
      title: 'Build',
      minutes: 15,
      activities: ['compile', 'create the artefact', 'build the container'],
    },
    {
      name: 'deploy_staging',
      title: 'Deploy to staging',
      minutes: 20,
      activities: ['provision the environment', 'deploy', 'smoke tests'],
    },
    {
      name: 'automated_testing',
      title: 'Automated tests',
      minutes: 30,
      activities: ['integration tests', 'end-to-end tests', 'performance tests'],
    },
    {
      name: 'production_deployment',
      title: 'Deploy to production',
      minutes: deploymentMinutes[strategy] ?? otherDeploymentMinutes,
      activities: [`${strategy} deployment`, 'health checks', 'validate monitoring'],
    },
  ];
  return stages.map((stage) => ({
    ...stage,
    approvalAfter: riskTolerance === 'low' && stage.name === 'automated_testing',
  }));
}
