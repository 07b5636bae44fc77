import { open } from 'node:fs/promises';

/** The first `most` bytes of a file, all of it when it has fewer. Never holds more, however large the file is. */
export async function readHead(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(most);
    let length = 0;
    while (length < most) {
      const { bytesRead } = await file.read(head, length, most - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return head.subarray(0, length);
  } finally {
    await file.close();
  }
}
