import type { WorkspaceEvent } from '../control-api.ts';
import type { ApiCallLog } from '../workspace/core.ts';
import type { FaultSwitches } from '../workspace/faults.ts';
import type { AppLine } from './app/app-line.ts';
import type { ConversationLimits } from './connector/conversation-limits.ts';
import type { DialogBook } from './dialog-book.ts';
import type { TeamsDirectory } from './directory.ts';
import type { SigningKey } from './login/keys.ts';
import type { TeamsOptions } from './options.ts';
import type { PostBook } from './post-book.ts';
import type { TeamsSeed } from './seed.ts';

/** The parts of a running Teams, for those who handle its requests. */
export interface TeamsCore {
  options: TeamsOptions;
  seed: TeamsSeed;
  directory: TeamsDirectory;
  posts: PostBook;
  dialogs: DialogBook;
  limits: ConversationLimits;
  faults: FaultSwitches;
  apiCalls: ApiCallLog;
  key: SigningKey;
  /** The way to the app. */
  line: AppLine;
  /** `http://127.0.0.1:port` */
  baseUrl: () => string;
  /** Where the app reaches the connector; ends in a slash. */
  serviceUrl: () => string;
  publish: (event: WorkspaceEvent) => void;
}
