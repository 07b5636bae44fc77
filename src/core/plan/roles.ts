/** The people a release needs, as data: the plan names a person for each, votes and rights follow it. */

export const ROLE_NAMES = [
  'release_manager',
  'engineering_lead',
  'qa_lead',
  'devops_lead',
  'product_owner',
  'security_lead',
  'business_sponsor',
  'support_lead',
] as const;

export type RoleName = (typeof ROLE_NAMES)[number];

export interface Role {
  title: string;
  responsibility: string;
  /** A plan without a person for it is refused. */
  required: boolean;
  /** Where the role comes from in the release plan the project was created from (S1). */
  source: string;
}

export const ROLES: Readonly<Record<RoleName, Role>> = {
  release_manager: {
    title: 'Release Manager',
    responsibility: 'Coordinates the release from first message to last',
    required: true,
    source: 'S1 §1.3',
  },
  engineering_lead: {
    title: 'Engineering Lead',
    responsibility: 'Is responsible for the technical implementation',
    required: true,
    source: 'S1 §1.3',
  },
  qa_lead: {
    title: 'QA Lead',
    responsibility: 'Is responsible for quality and testing',
    required: true,
    source: 'S1 §1.3',
  },
  devops_lead: {
    title: 'DevOps Lead',
    responsibility: 'Is responsible for infrastructure and deployment',
    required: true,
    source: 'S1 §1.3',
  },
  product_owner: {
    title: 'Product Owner',
    responsibility: 'Accepts features and sets priorities',
    required: true,
    source: 'S1 §1.3',
  },
  security_lead: {
    title: 'Security Lead',
    responsibility: 'Reviews security and compliance',
    required: true,
    source: 'S1 §1.3',
  },
  business_sponsor: {
    title: 'Business Sponsor',
    responsibility: 'Represents the release to the business',
    required: false,
    source: 'S1 §1.1',
  },
  support_lead: {
    title: 'Support Lead',
    responsibility: "Prepares support and makes sure customers' questions are answered",
    required: false,
    source: 'S1 §8.1',
  },
};

/** The six roles of the stakeholder matrix (S1 §1.3): they vote unless a plan says otherwise. */
export const MATRIX_ROLES: readonly RoleName[] = ROLE_NAMES.filter((name) => ROLES[name].required);

export function isRoleName(text: string): text is RoleName {
  return Object.hasOwn(ROLES, text);
}

/**
 * The change advisory board (S1 §10.1): the release manager, who chairs it, engineering lead, operations lead, security
 * lead, business stakeholder and customer success lead. Operations is the DevOps Lead here, customer success the Support
 * Lead, and the business the Business Sponsor.
 */
export const CAB_ROLES: readonly RoleName[] = [
  'release_manager',
  'engineering_lead',
  'devops_lead',
  'security_lead',
  'business_sponsor',
  'support_lead',
];

/** What people call a role: `Release Manager`. */
export function roleTitle(name: RoleName): string {
  return ROLES[name].title;
}
