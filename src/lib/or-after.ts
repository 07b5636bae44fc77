/**
 * What the work comes to, or what `late` gives or throws once `ms` milliseconds have passed. Nothing ends the work: what
 * becomes of it then is of no interest.
 */
export async function orAfter<Value>(work: Promise<Value>, ms: number, late: () => Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  }).then(late);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
