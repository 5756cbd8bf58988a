import type { Result } from "../../src-main/api/contract.ts";
import { messageOf } from "../messageOf.ts";

/** The result of a task; what it throws is an error value with the code "internal". */
export async function answered<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await task();
  } catch (error) {
    return { ok: false, code: "internal", message: messageOf(error) };
  }
}
