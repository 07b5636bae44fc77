import type { Audience } from '../plan/audiences.ts';
import type { ReleaseContext } from '../release/release-context.ts';
import type { ReleaseState } from '../release/release-state.ts';

/**
 * What a message is about, for channels that carry data beside the words. It is fixed with the text, so that both say
 * the same, however late they are sent.
 */
export interface MessageAbout {
  release: {
    id: string;
    /** As people name it: `web-2.4.0`. */
    key: string;
    product: string;
    version: string;
    state: ReleaseState;
    /** How it stood when the message was written. */
    context: ReleaseContext;
    /** ISO 8601, UTC. */
    goLiveAt: string;
    /** When all traffic is on the new version if all goes to plan; ISO 8601, UTC. */
    completeAt: string;
    /** IANA zone of the release. */
    zone: string;
  };
  /** An item of the schedule by its key, such as `announcement`, or an event such as `rollback-succeeded`. */
  item: string;
  /** When it was written, by the release's clock; ISO 8601, UTC. */
  writtenAt: string;
  /** For whom it is; null when it goes to a place rather than to an audience. */
  audience: Audience | null;
  customerFacing: boolean;
}
