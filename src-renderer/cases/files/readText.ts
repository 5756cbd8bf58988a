import type { Bytes } from "../store/record.ts";
import { FileTrouble } from "./trouble.ts";

/** The text of a file in UTF-8, without the mark that some programs put in front. @throws FileTrouble */
export function readText(bytes: Bytes): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileTrouble({ code: "not-utf-8" });
  }
}
