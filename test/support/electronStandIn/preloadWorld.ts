import type { ContextBridge, IpcRenderer } from "electron";

/** Playwright's function by which a page reaches this process. */
export const BINDING = "__electronStandIn";

export type Invocation = { ok: true; value: unknown } | { ok: false; message: string };

type Reach = (channel: string, args: unknown[]) => Promise<Invocation>;
type RunPreload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

/** A script for the beginning of every document: the built preload script, in a function with the `require` of a sandbox. */
export function preloadScript(source: string): string {
  return `(${enterPreloadWorld.toString()})(${JSON.stringify(BINDING)}, function (require, module, exports) {${source}\n});`;
}

/** Runs in the page: everything that it uses is inside. */
function enterPreloadWorld(binding: string, runPreload: RunPreload): void {
  // Electron runs a preload script in the main frame only. Subframes keep the way to this process, so that a spec can
  // play a compromised one.
  if (window !== window.top) return;
  const world = globalThis as unknown as Record<string, unknown>;
  const reach = world[binding] as Reach;
  Reflect.deleteProperty(world, binding);

  const contextBridge: Partial<ContextBridge> = {
    exposeInMainWorld(key, api) {
      if (key in world)
        throw new Error(`Cannot bind an API on top of an existing property on the window object`);
      Object.defineProperty(world, key, { value: copy(api), enumerable: true });
    },
  };
  const ipcRenderer: Partial<IpcRenderer> = {
    async invoke(channel, ...args) {
      const answer = await reach(channel, structuredClone(args));
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    },
  };
  const modules: Record<string, object> = {
    electron: strict({ contextBridge: strict(contextBridge), ipcRenderer: strict(ipcRenderer) }),
  };
  const module = { exports: {} };
  runPreload(
    (name) => {
      const found = modules[name];
      if (!found) throw new Error(`module not found: ${name}`);
      return found;
    },
    module,
    module.exports,
  );

  /** What the bridge hands over: frozen copies, and functions whose arguments and results are cloned. */
  function copy(value: unknown): unknown {
    if (typeof value === "function") {
      return async (...args: unknown[]) =>
        structuredClone(await (value as (...args: unknown[]) => unknown)(...structuredClone(args)));
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)])),
    );
  }

  function strict<T extends object>(members: T): T {
    return new Proxy(members, {
      get(target, key) {
        if (key in target) return Reflect.get(target, key);
        throw new Error(`the stand-in for Electron has no ${String(key)} in a preload script`);
      },
    });
  }
}
