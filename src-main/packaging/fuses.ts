import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";
import type { FuseV1Config } from "@electron/fuses";

export type FuseName = keyof typeof FuseV1Options;

/**
 * The switches in Electron's executable, all decided: one that the library knows and this list does not is an error of
 * types, and one that Electron has and the library does not know stops the build.
 */
export const FUSES: Readonly<Record<FuseName, boolean>> = {
  // SECURITY: ELECTRON_RUN_AS_NODE would turn the signed program into an interpreter of anybody's script.
  RunAsNode: false,
  // SECURITY: there are no cookies; should Chromium ever write one, it is not readable on the disk.
  EnableCookieEncryption: true,
  // SECURITY: NODE_OPTIONS and NODE_EXTRA_CA_CERTS would load code and trust certificates from the environment.
  EnableNodeOptionsEnvironmentVariable: false,
  // SECURITY: --inspect would open a debugger of the main process on the network of the computer.
  EnableNodeCliInspectArguments: false,
  // SECURITY: Windows and macOS refuse an archive that has been changed since the build; Linux ignores it.
  EnableEmbeddedAsarIntegrityValidation: true,
  // SECURITY: without it a folder named "app" beside the archive would be started instead, unchecked.
  OnlyLoadAppFromAsar: true,
  // The default: there is no snapshot of ours for the main process.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // SECURITY: pages come from a scheme of our own; file: gets none of its old privileges.
  GrantFileProtocolExtraPrivileges: false,
  // The default, how Chromium is tested: memory of WebAssembly is guarded by the processor. There is none in the program.
  WasmTrapHandlers: true,
};

const NAMES = Object.keys(FUSES) as FuseName[];
const NAME_AT = new Map<number, FuseName>(NAMES.map((name) => [FuseV1Options[name], name]));

/** @param resign whether a Mac's signature without a name is made anew, which a change to the executable breaks */
export function fuseConfiguration(resign: boolean): FuseV1Config {
  const decided = Object.fromEntries(NAMES.map((name) => [FuseV1Options[name], FUSES[name]])) as Record<
    FuseV1Options,
    boolean
  >;
  return {
    version: FuseVersion.V1,
    // SECURITY: a newer Electron with one fuse more does not get through undecided.
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: resign,
    ...decided,
  };
}

/** A fuse as it is in an executable. */
export interface ReadFuse {
  /** of the library's list; a number where it knows none at that place */
  name: string;
  state: "on" | "off" | "removed" | "unknown";
  /** as decided; undefined where nothing is */
  wanted: "on" | "off" | undefined;
}

const STATES: Readonly<Record<number, ReadFuse["state"]>> = {
  [FuseState.ENABLE]: "on",
  [FuseState.DISABLE]: "off",
  [FuseState.REMOVED]: "removed",
};

/**
 * All fuses of an executable, in their order there, and those that were decided and are not there.
 *
 * @param executable of Windows or Linux, or the one in a Mac's application
 */
export async function readFuses(executable: string): Promise<ReadFuse[]> {
  const { version, ...wire }: { version: string } = await getCurrentFuseWire(executable);
  // The library's type promises the first version, and the file has what it has.
  if (version !== "1") throw new Error(`its fuses are of version ${version}, which nobody here knows`);
  const states = new Map(Object.entries(wire).map(([place, state]) => [Number(place), Number(state)]));
  return [...new Set([...states.keys(), ...NAME_AT.keys()])].map((place) => {
    const name = NAME_AT.get(place);
    return {
      name: name ?? String(place),
      state: STATES[states.get(place) ?? -1] ?? "unknown",
      wanted: name && (FUSES[name] ? "on" : "off"),
    };
  });
}
