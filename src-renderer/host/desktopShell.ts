import type { Result, ShellAnswerOf, ShellEndpointName, ShellRequest } from "../../src-main/api/contract.ts";
import { answered } from "./answered.ts";
import type { HostShell, Invoke } from "./host.svelte.ts";
import type { Page } from "./page.ts";
import { titleOf, withTitle } from "./page.ts";

/** The desktop: its main process saves files where the user says, and opens the window for the audience. */
export function desktopShell(invoke: Invoke, page: Page): HostShell {
  const ask = <K extends ShellEndpointName>(
    endpoint: K,
    request: ShellRequest<K>,
  ): Promise<Result<ShellAnswerOf<K>>> =>
    answered(async () => (await invoke(endpoint, request)) as Result<ShellAnswerOf<K>>);
  return {
    capabilities: { pdf: "file", projector: "display", warnsOfLoss: false },
    saveFile: ({ name, bytes }) => ask("saveFile", { name, bytes }),
    savePdf: (name) => withTitle(page, titleOf(name), () => ask("savePdf", { name })),
    openProjector: () => ask("openProjector", {}),
  };
}
