import { crc32 } from 'node:zlib';

/** A file of an archive; the name has no folders. */
export interface ZipEntry {
  name: string;
  content: Buffer;
}

/** 1980-01-01, the first date that the format knows: the same contents make the same archive. */
const dosDate = 0x0021;
const version = 20;

/** A ZIP archive with its files stored as they are, in the given order (PKWARE's APPNOTE.TXT, 4.3). */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const fields = commonFields(content, Buffer.byteLength(name));
    const file = Buffer.concat([signature(0x04034b50), fields, Buffer.from(name), content]);
    files.push(file);
    directory.push(directoryEntry(name, fields, offset));
    offset += file.length;
  }
  return Buffer.concat([...files, ...directory, endOfDirectory(entries.length, directory, offset)]);
}

/** What a file's own header and its entry in the directory both have. */
function commonFields(content: Buffer, nameLength: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(dosDate, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}

function directoryEntry(name: string, fields: Buffer, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(version, 0);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signature(0x02014b50), madeBy, fields, rest, Buffer.from(name)]);
}

function endOfDirectory(count: number, directory: readonly Buffer[], offset: number): Buffer {
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
