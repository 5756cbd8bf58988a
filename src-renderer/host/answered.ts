import type { Result } from "../../src-main/api/contract.ts";

/** The result of a task; what it throws is an error value with the code "internal". */
export async function answered<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await task();
  } catch (error) {
    return { ok: false, code: "internal", message: error instanceof Error ? error.message : String(error) };
  }
}
