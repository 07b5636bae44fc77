import { type DefaultCommunication, message } from './default-communication.ts';

/** From the day after go-live to T+7. */
export const FOLLOW_UP_COMMUNICATIONS: readonly DefaultCommunication[] = [
  message({
    key: 'post-release-review',
    title: 'Post-release review',
    when: { offset: 'P1D', time: '10:00' },
    audience: 'release',
    owner: 'release_manager',
    validIn: ['live'],
    variants: {
      planned: 'post-release-review-not-started',
      approved: 'post-release-review-not-started',
      unrecorded: 'post-release-review-unrecorded',
      'rolling-out': 'post-release-review-rolling-out',
      'rolled-back': 'post-release-review-rolled-back',
    },
    source: 'S1 §3.3 T+1',
  }),
  message({
    key: 'metrics-analysis',
    title: 'Metrics analysis',
    when: { offset: 'P1D', time: '11:00' },
    audience: 'executives',
    owner: 'product_owner',
    validIn: ['live'],
    variants: {
      planned: 'metrics-analysis-not-started',
      approved: 'metrics-analysis-not-started',
      unrecorded: 'metrics-analysis-unrecorded',
      'rolling-out': 'metrics-analysis-rolling-out',
      'rolled-back': 'metrics-analysis-rolled-back',
    },
    source: 'S1 §3.3 T+1',
  }),
  message({
    key: 'lessons-learned',
    title: 'Lessons learned capture',
    when: { offset: 'P1D', time: '14:00' },
    audience: 'engineering',
    owner: 'engineering_lead',
    validIn: ['rolling-out', 'live'],
    variants: { 'rolled-back': 'lessons-learned-rolled-back' },
    source: 'S1 §3.3 T+1',
  }),
  message({
    key: 'release-closing',
    title: 'Closing of the release',
    when: { offset: 'P7D', time: '10:00' },
    audience: 'release',
    owner: 'release_manager',
    validIn: ['live'],
    variants: {
      planned: 'release-closing-not-started',
      approved: 'release-closing-not-started',
      unrecorded: 'release-closing-unrecorded',
      'rolling-out': 'release-closing-rolling-out',
      'rolled-back': 'release-closing-rolled-back',
    },
    source: 'S1 §8.1 T+7',
  }),
];
