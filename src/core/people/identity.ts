/** Somebody's account on one platform. */
export interface Identity {
  /** The platform's name, such as `slack`. */
  platform: string;
  /** The platform's own id, such as `U0RITA`. */
  id: string;
}

/** An account of somebody whom tminus may write to. */
export interface ReachedAccount extends Identity {
  /** It takes no messages any more. */
  isUnreachable?: true;
  /** Where they want to get what is for them alone. */
  isPreferred?: true;
  /** IANA zone, where the platform tells it. */
  zone?: string;
}

/**
 * As written in records: `slack:U0RITA`, or `slack:T0OTHER:U0RITA` for an account of another workspace. Ids are
 * percent-encoded, so that any id survives and the two forms stay apart.
 */
export function writeIdentity({ platform, id }: Identity, workspaceId?: string): string {
  return [platform, ...(workspaceId === undefined ? [] : [workspaceId]), id]
    .map(encodeURIComponent)
    .join(':');
}

export function isSameIdentity(left: Identity, right: Identity): boolean {
  return left.platform === right.platform && left.id === right.id;
}
