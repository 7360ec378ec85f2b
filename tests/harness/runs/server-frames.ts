const LENGTH_16 = 126;
const LENGTH_64 = 127;
const FIN = 0x80;

/** One unmasked, unfragmented frame, as a server sends it. */
export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Cuts what a server sends after its upgrade into frames; the beginning of one waits for the rest. */
export function createFrameCutter(): (chunk: Buffer) => ServerFrame[] {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const frames: ServerFrame[] = [];
    for (let cut = cutFrame(pending); cut !== undefined; cut = cutFrame(pending)) {
      frames.push(cut.frame);
      pending = pending.subarray(cut.bytes);
    }
    return frames;
  };
}

function cutFrame(data: Buffer): { readonly frame: ServerFrame; readonly bytes: number } | undefined {
  if (data.length < 2) return undefined;
  const short = data.readUInt8(1);
  const head = short === LENGTH_64 ? 10 : short === LENGTH_16 ? 4 : 2;
  if (data.length < head) return undefined;
  const length =
    short === LENGTH_64 ? Number(data.readBigUInt64BE(2)) : short === LENGTH_16 ? data.readUInt16BE(2) : short;
  if (data.length < head + length) return undefined;
  const frame = { opcode: data.readUInt8(0) & 0x0f, payload: data.subarray(head, head + length) };
  return { frame, bytes: head + length };
}

/** The bytes of a frame. */
export function encodeFrame({ opcode, payload }: ServerFrame): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < LENGTH_16 ? 2 : 4);
  head.writeUInt8(FIN | opcode, 0);
  head.writeUInt8(Math.min(length, LENGTH_16), 1);
  if (length >= LENGTH_16) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}
