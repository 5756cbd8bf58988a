/**
 * Runs a step of the packaging. What goes wrong becomes one line, and the exit status 1; DEBUG adds where in the code.
 *
 * @param command as it was called, for example "npm run package"
 */
export async function plainly(command: string, step: () => void | Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(`${command}: ${inWords(error)}`);
    if (process.env["DEBUG"]) console.error(error);
    process.exitCode = 1;
    // A library of electron-builder ends the process with 0 when it has tidied up.
    process.on("exit", () => (process.exitCode = 1));
  }
}

const OFFLINE =
  "Without the network: ELECTRON_OVERRIDE_DIST_PATH names a folder with Electron, ELECTRON_BUILDER_CACHE one with " +
  "electron-builder's tools; see the README, “Building without the network”";

/** An error in one line, for somebody who has not seen the code. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\s+/g, " ").trim();
  const code = "code" in error ? String(error.code) : "";
  // Node goes on about a way to pass what begins with a dash.
  if (code.startsWith("ERR_PARSE_ARGS")) return message.replace(/\. .*$/, "");
  if (/^Generated checksum for .* did not match/.test(message)) {
    return `what was downloaded is not the Electron that its npm package names, and nothing was built of it: ${message}`;
  }
  const address = addressOf(error);
  return address === null ? message : `could not fetch ${address}: ${message || code}. ${OFFLINE}`;
}

/** What was asked of the network, where that is what failed; the library that asks keeps it beside the error. */
function addressOf(error: Error): string | null {
  if (!("options" in error)) return null;
  const { options } = error;
  return typeof options === "object" && options !== null && "url" in options && options.url instanceof URL
    ? `${options.url.origin}${options.url.pathname}`
    : null;
}
