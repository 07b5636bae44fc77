/** Somebody's account on one platform. */
export interface Identity {
  /** The platform's name, such as `slack`. */
  platform: string;
  /** The platform's own id, such as `U0RITA`. */
  id: string;
}

/** As written in records: `slack:U0RITA`. */
export function writeIdentity({ platform, id }: Identity): string {
  return `${platform}:${id}`;
}

export function isSameIdentity(left: Identity, right: Identity): boolean {
  return left.platform === right.platform && left.id === right.id;
}
