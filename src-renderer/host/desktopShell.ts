import type { Result, ShellAnswerOf, ShellEndpointName, ShellRequest } from "../../src-main/api/contract.ts";
import { answered } from "./answered.ts";
import type { HostShell, Invoke } from "./host.svelte.ts";
import type { Page } from "./page.ts";
import { titleOf, withTitle } from "./page.ts";
import type { Listening } from "./shellEvents.ts";
import { createListening } from "./shellEvents.ts";

/** The desktop: its main process saves files where the user says, opens the audience's window, keeps keys and backups. */
export function desktopShell(invoke: Invoke, page: Page): HostShell {
  const ask = <K extends ShellEndpointName>(
    endpoint: K,
    request: ShellRequest<K>,
  ): Promise<Result<ShellAnswerOf<K>>> =>
    answered(async () => (await invoke(endpoint, request)) as Result<ShellAnswerOf<K>>);
  return {
    capabilities: {
      ...{ pdf: "file", projector: "display", warnsOfLoss: true, backups: true },
      ...{ links: "asks", menu: true },
    },
    saveFile: ({ name, bytes }) => ask("saveFile", { name, bytes }),
    savePdf: (name) => withTitle(page, titleOf(name), () => ask("savePdf", { name })),
    openProjector: () => ask("openProjector", {}),
    keychain: () => ask("keychain", {}),
    wrapKey: (key) => ask("wrapKey", { key }),
    unwrapKey: (wrapped) => ask("unwrapKey", { wrapped }),
    writeBackup: (bytes, kind) => ask("writeBackup", { bytes, kind }),
    listBackups: () => ask("listBackups", {}),
    readBackup: (name) => ask("readBackup", { name }),
    // A copy: a list in a room's state is a proxy, which no structured clone accepts.
    deleteBackups: (names) => ask("deleteBackups", { names: [...names] }),
    ...shellEvents(() => ask("nextEvent", {})),
    chooseFile: () => ask("chooseFile", {}),
    openLink: (link) => ask("openLink", { link }),
    policy: () => ask("policy", {}),
    diagnostics: () => ask("diagnostics", {}),
    note: (code) => ask("note", { code }),
  };
}

/** Asks for the next event for as long as somebody listens, and for one at a time, as the main process answers one. */
function shellEvents(next: () => Promise<Result<ShellAnswerOf<"nextEvent">>>): Listening {
  let asking = false;

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    while (heard()) {
      const answer = await next();
      // Nobody answers any more, or not this page: asking again would do nothing else.
      if (!answer.ok || answer.value.kind === "ended") break;
      deliver(answer.value);
    }
    asking = false;
  }

  const { deliver, heard, ...listening } = createListening(() => void ask());
  return listening;
}
