import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { ProjectorMeans } from "./projector.ts";
import { createProjector } from "./projector.ts";
import type { SavingMeans } from "./saving.ts";
import { createSaving } from "./saving.ts";

/** The desktop's own handler table; a missing endpoint is a compile error. */
export function createShellHandlers(saving: SavingMeans, projector: ProjectorMeans): ShellHandlers {
  return { ...createSaving(saving), ...createProjector(projector) };
}
