import type { AuditLink, BrokenLink, ChainPlace, CheckLink } from './audit-chain.ts';
import { eventSignatureProblem, nonceOf, redactionProblem, type TrustedKeys } from './audit-signature.ts';
import type { CheckpointBody } from './checkpoint.ts';

/** The ends of one chain in the checkpoints, oldest first. */
interface SealedPlace {
  seq: number;
  hash: string;
  checkpoint: number;
}

/** What all checkpoints together say of the chains. */
export interface SealedPlaces {
  add(checkpoint: CheckpointBody): void;
  chains(): Iterable<string>;
  /** What else has to be true of the links of a chain, from its first on. */
  checkLinks(chain: string, trusted: TrustedKeys): CheckLink;
  /** Why a chain that is whole up to `end` must have been longer; null when it need not have been. */
  checkLength(end: ChainPlace): BrokenLink | null;
}

export function createSealedPlaces(): SealedPlaces {
  const places = new Map<string, SealedPlace[]>();
  return {
    add: ({ seq: checkpoint, heads }) => {
      for (const [chain, [seq, hash]] of Object.entries(heads)) {
        const known = places.get(chain) ?? [];
        known.push({ seq, hash, checkpoint });
        places.set(chain, known);
      }
    },
    chains: () => places.keys(),
    checkLinks: (chain, trusted) => {
      const isSigned = signatureCheck(startOfSigning(places.get(chain)), trusted);
      const isSealed = sealCheck(places.get(chain) ?? []);
      return (link) => isSigned(link) ?? isSealed(link);
    },
    checkLength: ({ chain, seq }) => {
      const lost = places.get(chain)?.find((place) => place.seq > seq);
      if (!lost) return null;
      const what =
        seq === 0
          ? `the chain is gone: checkpoint ${lost.checkpoint} signed ${lost.seq} events of it`
          : `the chain ends at ${seq}, but checkpoint ${lost.checkpoint} signed event ${lost.seq}: its tail was cut`;
      return { chain, seq: seq + 1, problem: what };
    },
  };
}

/** The last event of a chain that was written before events were signed: where it ended in the first checkpoint. */
function startOfSigning(places: readonly SealedPlace[] = []): number {
  return places[0]?.checkpoint === 1 ? places[0].seq : 0;
}

function signatureCheck(unsignedUpTo: number, trusted: TrustedKeys): CheckLink {
  const nonces = new Set<string>();
  return (link) => {
    const { seq, signature, redaction } = link;
    if (redaction !== null) return redactedProblem({ ...link, redaction }, nonces, trusted);
    if (signature === null)
      return seq <= unsignedUpTo ? null : 'it is not signed: it was not written by tminus';
    // The first checkpoint is made before the first event is signed.
    if (seq <= unsignedUpTo)
      return 'it is in the first checkpoint, though it is younger: checkpoints were removed';
    const problem = eventSignatureProblem({ ...link, signature }, trusted);
    if (problem) return problem;
    return repeated(signature, nonces);
  };
}

/** A redacted event has the nonce that it was written with, so that it can't be put in again as it was. */
function redactedProblem(
  link: AuditLink & { redaction: string },
  nonces: Set<string>,
  trusted: TrustedKeys,
): string | null {
  if (link.signature !== null) return 'it is redacted and has kept its signature: it was changed';
  return redactionProblem(link, trusted) ?? repeated(link.redaction, nonces);
}

function repeated(signature: string, nonces: Set<string>): string | null {
  const nonce = nonceOf(signature) ?? '';
  if (nonces.has(nonce)) return 'it repeats an earlier event, with its signature';
  nonces.add(nonce);
  return null;
}

/** Links come in order, so the places are gone through once. */
function sealCheck(places: readonly SealedPlace[]): CheckLink {
  const byPlace = new Map<number, SealedPlace[]>();
  for (const place of places) byPlace.set(place.seq, [...(byPlace.get(place.seq) ?? []), place]);
  let sealedBefore = 0;
  return ({ seq, hash }: AuditLink) => {
    const here = byPlace.get(seq);
    const other = here?.find((place) => place.hash !== hash);
    if (other) {
      const since = sealedBefore + 1;
      const which = since === seq ? 'it is' : `one of the events ${since} to ${seq} is`;
      return `${which} not the one that checkpoint ${other.checkpoint} signed: the chain was rewritten`;
    }
    if (here) sealedBefore = seq;
    return null;
  };
}
