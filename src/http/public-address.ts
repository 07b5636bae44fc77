import { isLoopback } from '../lib/is-loopback.ts';

/** Where people reach the HTTP server. */
export interface PublicAddress {
  /** Such as `https://releases.example.com`, without a slash at its end; null when nobody has said. */
  read(): string | null;
  /** Where the server listens now. */
  listensAt(url: string): void;
}

/**
 * The address that the configuration gives. Without one, a server that only this machine reaches has its own, which
 * is right for whoever tries tminus out.
 */
export function createPublicAddress(http: { host: string; publicUrl?: string | undefined }): PublicAddress {
  let own: string | null = null;
  return {
    read: () => http.publicUrl ?? own,
    listensAt: (url) => {
      if (isLoopback(http.host)) own = url;
    },
  };
}
