import type { RiskTolerance, StakeholderComplexity } from '../../plan/planning-arguments.ts';
import type { Comparator } from '../../plan/readiness-schema.ts';
import type { RoleName } from '../../plan/roles.ts';
import { readinessThresholds } from '../thresholds.ts';
import type { Gate } from './gate.ts';

const source = 'S1 §5.1';

const passes = (key: string, title: string, owner: RoleName): Gate => ({
  ...{ key, title, owner, source },
  ...{ comparator: 'passes', limit: null, unit: '' },
});

const measures = (
  key: string,
  title: string,
  owner: RoleName,
  [comparator, limit, unit]: [Comparator, number, string],
): Gate => ({ key, title, owner, comparator, limit, unit, source });

/** S1 §5.1, security; S2 §1 asks for "security scan passing", which these are. */
const SECURITY_GATES: readonly Gate[] = [
  passes('sast', 'Static application security tests', 'security_lead'),
  passes('dast', 'Dynamic application security tests', 'security_lead'),
  passes('dependency-scan', 'Scan of dependencies for vulnerabilities', 'security_lead'),
  passes('container-scan', 'Scan of the container image', 'security_lead'),
  passes('infrastructure-scan', 'Validation of infrastructure as code', 'security_lead'),
];

/** S1 §5.1, performance; S2 §1 asks for "performance benchmarks", which these are. */
const PERFORMANCE_GATES: readonly Gate[] = [
  measures('load-users', 'Concurrent users under load', 'qa_lead', ['at-least', 1000, '']),
  measures('response-time', 'Response time, 95th percentile', 'devops_lead', ['below', 200, 'ms']),
  measures('throughput', 'Requests a minute', 'devops_lead', ['above', 10_000, '']),
  measures('error-rate', 'Error rate', 'devops_lead', ['below', 0.1, '%']),
  measures('cpu', 'CPU in use', 'devops_lead', ['below', 70, '%']),
  measures('memory', 'Memory in use', 'devops_lead', ['below', 80, '%']),
];

/** S1 §5.1, compliance. */
const COMPLIANCE_GATES: readonly Gate[] = [
  passes('gdpr', 'Validation of GDPR compliance', 'security_lead'),
  passes('soc2', 'Verification of SOC 2 controls', 'security_lead'),
  passes('audit-trail', 'Completeness of the audit trail', 'security_lead'),
  passes('data-classification', 'Validation of data classification', 'security_lead'),
  passes('access-control', 'Verification of access control', 'security_lead'),
];

/** S1 §5.1, code quality, with S2 §1's coverage by risk tolerance; where both have a figure, the stricter one. */
function codeQualityGates(riskTolerance: RiskTolerance): Gate[] {
  const [unit, integration, review] = readinessThresholds(riskTolerance).filter(
    (threshold) => threshold.unit === 'percent',
  );
  const covered = [unit, integration].flatMap((threshold): Gate[] =>
    threshold === undefined || threshold.atLeast === true
      ? []
      : [
          {
            ...measures(threshold.name, threshold.title, 'qa_lead', ['at-least', threshold.atLeast, '%']),
            source: threshold.source,
          },
        ],
  );
  const reviewed = review === undefined || review.atLeast === true ? 100 : review.atLeast;
  return [
    ...covered,
    {
      ...{ key: 'static-analysis', title: 'Static analysis', owner: 'engineering_lead', unit: '', source },
      ...{ comparator: 'better-than', limit: 'B' },
    },
    measures('critical-vulnerabilities', 'Critical vulnerabilities', 'security_lead', ['at-most', 0, '']),
    measures('senior-reviews', 'Senior engineers who approved the code', 'engineering_lead', [
      'at-least',
      2,
      '',
    ]),
    {
      ...measures('code-review', 'Code that was reviewed', 'engineering_lead', ['at-least', reviewed, '%']),
      source: 'S2 §1',
    },
  ];
}

/** All gates that there are at a risk tolerance, in the order in which they are shown. */
export function allGates(riskTolerance: RiskTolerance): Gate[] {
  return [...codeQualityGates(riskTolerance), ...SECURITY_GATES, ...PERFORMANCE_GATES, ...COMPLIANCE_GATES];
}

/** Whether a plan has a gate by itself: those of compliance are for enterprises. */
export function isForStakeholders(key: string, stakeholders: StakeholderComplexity): boolean {
  return stakeholders === 'enterprise' || !COMPLIANCE_GATES.some((gate) => gate.key === key);
}
