import { isUtf8 } from "node:buffer";
import { CommandError, systemCode } from "./trouble.ts";

/** A file that has been looked into: UTF-8 text from the first byte after its byte order mark. */
export interface TextInput {
  /** as messages name it */
  file: string;
  byteOrderMark: boolean;
  /** at least the first line that is not blank, or all there is, or {@link HEAD_LIMIT} bytes of it */
  head: string;
  /** the whole text, head included; every chunk is valid UTF-8 on its own */
  chunks: AsyncIterable<Buffer>;
}

/** How far a file is read before it is decided what it is, in bytes. */
const HEAD_LIMIT = 64 * 1024;
/** A line that is not blank, with its end; after a carriage return a line feed may still come. */
const FIRST_LINE = /^\s*\S.*(?:\n|\r[^])/;
const BYTE_ORDER_MARK = "\ufeff";
const LINE_FEED = 0x0a;

/**
 * Looks at the beginning of a file. Nothing but the head is held in memory.
 *
 * @throws CommandError when it cannot be read, is empty or blank, or is not UTF-8 text; `chunks` throws it later for
 * what comes later
 */
export async function openText(bytes: AsyncIterable<Buffer>, file: string): Promise<TextInput> {
  const chunks = checkedChunks(bytes, file);
  const read: Buffer[] = [];
  let size = 0;
  let text = "";
  while (size < HEAD_LIMIT && !FIRST_LINE.test(text)) {
    const next = await chunks.next();
    if (next.done) break;
    read.push(next.value);
    size += next.value.length;
    text = Buffer.concat(read).toString("utf8");
  }
  const byteOrderMark = text.startsWith(BYTE_ORDER_MARK);
  const head = byteOrderMark ? text.slice(BYTE_ORDER_MARK.length) : text;
  if (head.trim() === "") throw new CommandError({ code: "empty", file });
  return { file, byteOrderMark, head, chunks: joined(Buffer.from(head), chunks) };
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/** The bytes as given, regrouped so that no character is cut, and refused where they are not UTF-8 text. */
async function* checkedChunks(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let carried: Buffer = Buffer.alloc(0);
  let line = 1;
  let first = true;
  try {
    for await (const chunk of bytes) {
      const buffer = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
      if (first && buffer.length < 2) {
        carried = buffer;
        continue;
      }
      if (first && isUtf16(buffer)) throw new CommandError({ code: "utf-16", file });
      first = false;
      const end = buffer.length - danglingBytes(buffer);
      const whole = buffer.subarray(0, end);
      line = checkLines(whole, line, file);
      carried = buffer.subarray(end);
      if (whole.length > 0) yield whole;
    }
  } catch (error) {
    const reason = systemCode(error);
    throw reason === null ? error : new CommandError({ code: "cannot-read", file, reason }, { cause: error });
  }
  if (carried.length > 0) {
    checkLines(carried, line, file);
    yield carried;
  }
}

/** A UTF-16 byte order mark. */
function isUtf16(buffer: Buffer): boolean {
  const [a, b] = buffer;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}

/** How many bytes at the end begin a character that goes on in the next chunk. */
function danglingBytes(buffer: Buffer): number {
  for (let back = 1; back <= Math.min(3, buffer.length); back++) {
    const byte = buffer[buffer.length - back]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** @returns the line that the text after these bytes is on */
function checkLines(buffer: Buffer, firstLine: number, file: string): number {
  const sound = isUtf8(buffer) && !buffer.includes(0);
  let line = firstLine;
  let start = 0;
  for (let end = buffer.indexOf(LINE_FEED); end !== -1; end = buffer.indexOf(LINE_FEED, start)) {
    if (!sound) checkLine(buffer.subarray(start, end), line, file);
    line++;
    start = end + 1;
  }
  if (!sound) checkLine(buffer.subarray(start), line, file);
  return line;
}

function checkLine(bytes: Buffer, line: number, file: string): void {
  if (bytes.includes(0)) throw new CommandError({ code: "binary", file, line });
  if (!isUtf8(bytes)) throw new CommandError({ code: "not-utf-8", file, line });
}
