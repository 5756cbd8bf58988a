import { contextBridge, ipcRenderer } from "electron";
import type { Bridge } from "./api/contract.ts";
import { BRIDGE, CHANNEL } from "./api/contract.ts";

const bridge: Bridge = Object.freeze({
  host: "electron",
  invoke: (endpoint: string, request: unknown) => ipcRenderer.invoke(CHANNEL, endpoint, request),
});

// SECURITY: the page gets this one function and never ipcRenderer itself, which could reach any channel (checklist, item 20).
contextBridge.exposeInMainWorld(BRIDGE, bridge);
