import * as z from 'zod';

/** Which phase of which rollout soaks. */
const soakSubjectSchema = z.object({ releaseId: z.uuid(), phaseIndex: z.int().min(0) });
export type SoakSubject = z.infer<typeof soakSubjectSchema>;

/** How timers set by earlier versions name it: `<release id>:<phase index>`. */
const earlierForm = /^([0-9a-f-]{36}):(\d+)$/;

/** The subject of the timer that ends a soak. */
export function writeSoakSubject({ releaseId, phaseIndex }: SoakSubject): string {
  return JSON.stringify({ releaseId, phaseIndex });
}

/** The phase that a timer's subject names. @throws Error for any other subject. */
export function readSoakSubject(subject: string): SoakSubject {
  const earlier = earlierForm.exec(subject);
  if (earlier) return soakSubjectSchema.parse({ releaseId: earlier[1], phaseIndex: Number(earlier[2]) });
  return soakSubjectSchema.parse(JSON.parse(subject));
}
