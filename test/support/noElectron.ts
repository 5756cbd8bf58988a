/** Stands where a test would load Electron by mistake: its package would try to download the runtime. */
throw new Error("no test may import electron itself; type imports and the stand-in are enough");
