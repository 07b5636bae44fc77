/** What the live card of a checklist is about: its release, and its key. */
export function checklistSubject(releaseId: string, checklist: string): string {
  return `${releaseId}/${checklist}`;
}

/** The same read back; null when it is none. */
export function readChecklistSubject(subject: string): { releaseId: string; checklist: string } | null {
  const [, releaseId, checklist] = /^([0-9a-f-]{36})\/([a-z0-9-]+)$/.exec(subject) ?? [];
  return releaseId === undefined || checklist === undefined ? null : { releaseId, checklist };
}
