/** The program's own page with nothing in it but a host, for specs of what a host does before a room asks for it. */
import { connectHost } from "../../src-renderer/host/host.svelte.ts";

Object.assign(globalThis, { host: connectHost() });
document.querySelector("#app")!.append(document.createElement("main"));
