import type { Happening, OpenRefusal, Result } from "../../src-main/api/contract.ts";
import { MOST_OPENED_BYTES, OPENED_ENDINGS, openedEndingOf } from "../../src-main/api/contract.ts";
import { messageOf } from "../messageOf.ts";
import type { Page } from "./page.ts";

/** Shows a browser's dialog for a file of ours; what is chosen is delivered when it is read. */
export function askForFile({ document }: Page, deliver: (event: Happening) => void): Result<null> {
  const input = Object.assign(document.createElement("input"), {
    type: "file",
    accept: OPENED_ENDINGS.map((ending) => `.${ending}`).join(),
  });
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) void read(file).then(deliver);
  });
  input.click();
  return { ok: true, value: null };
}

/** A file of the user's choice as the desktop would have opened it. */
export async function read(file: File): Promise<Happening> {
  const { name, size } = file;
  const refused = (reason: OpenRefusal, message: string): Happening => ({
    kind: "file-refused",
    name,
    reason,
    message,
  });
  const ending = openedEndingOf(name);
  if (!ending) return refused("ending", `a file ends in ${OPENED_ENDINGS.join(" or ")}`);
  if (size > MOST_OPENED_BYTES[ending]) return refused("too-large", `${size} bytes`);
  try {
    return { kind: "file", name, ending, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    return refused(REFUSALS[(error as DOMException).name] ?? "other", messageOf(error));
  }
}

/** What browsers say of a file that has been removed, or that the system does not give. */
const REFUSALS: Readonly<Record<string, OpenRefusal>> = {
  NotFoundError: "no-file",
  NotReadableError: "no-permission",
};
