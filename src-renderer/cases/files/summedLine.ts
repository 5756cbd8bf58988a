import { sha256 } from "../store/crypto.ts";
import type { Bytes } from "../store/record.ts";

/** How a line with a sum ends; the sum is over all of the line that stands before this. */
const SUM = /^,"sha256":"([0-9a-f]{64})"\}$/;
const SUM_LENGTH = 77;

const decoder = new TextDecoder("latin1");

/** An object as one line that ends with the SHA-256 of what stands before it. */
export async function summedLine(value: object): Promise<string> {
  const head = JSON.stringify(value).slice(0, -1);
  return withSum(head, await sha256(head));
}

/** @param head a JSON object without its closing brace */
export const withSum = (head: string, sum: string): string => `${head},"sha256":"${sum}"}`;

/** Whether a line is, byte by byte, the one whose sum it states. */
export async function isSound(line: Bytes): Promise<boolean> {
  if (line.length <= SUM_LENGTH) return false;
  const stated = SUM.exec(decoder.decode(line.subarray(-SUM_LENGTH)))?.[1];
  return stated !== undefined && (await sha256(line.subarray(0, -SUM_LENGTH))) === stated;
}
