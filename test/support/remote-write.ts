/** Prometheus' remote write, as far as tests need it: protobuf in snappy's block format, of which only literals are used. */

export interface WrittenSeries {
  /** With `__name__`. */
  labels: Readonly<Record<string, string>>;
  samples: readonly { at: number; value: number }[];
}

/** The body of a request that stores these samples; instants are epoch ms. */
export function encodeRemoteWrite(series: readonly WrittenSeries[]): Buffer {
  const message = Buffer.concat(series.map((one) => field(1, encodeSeries(one))));
  return snappyLiterals(message);
}

function encodeSeries({ labels, samples }: WrittenSeries): Buffer {
  // Labels have to come sorted.
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.concat([
    ...sorted.map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    ),
    ...samples.map(({ at, value }) => {
      const double = Buffer.alloc(9);
      double.writeUInt8((1 << 3) | 1);
      double.writeDoubleLE(value, 1);
      return field(2, Buffer.concat([double, Buffer.from([2 << 3]), varint(at)]));
    }),
  ]);
}

/** A field of bytes. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const more = rest >= 128n;
    bytes.push(Number(rest & 127n) | (more ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

function snappyLiterals(bytes: Buffer): Buffer {
  const parts = [varint(bytes.length)];
  const most = 65_536;
  for (let start = 0; start < bytes.length; start += most) {
    const chunk = bytes.subarray(start, start + most);
    const head = Buffer.alloc(3);
    // A literal whose length, less one, is in the two bytes that follow.
    head.writeUInt8(61 << 2);
    head.writeUInt16LE(chunk.length - 1, 1);
    parts.push(head, chunk);
  }
  return Buffer.concat(parts);
}
