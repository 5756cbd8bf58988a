import clinic from "../../assets/examples/clinic.json";
import nec from "../../assets/examples/nec.json";
import netG3 from "../../assets/examples/net-g3.json";
import { board as words } from "../../src-main/words/board.ts";
import type { NewCase, Pair, PatientRequest } from "./boardState.svelte.ts";

/** Made-up patients that show every kind of slide: an ordinary one of each tumour, cautions, and no estimate. */
export function syntheticCases(): NewCase[] {
  const ecogPs = 2;
  const patients: { patient: PatientRequest; compare?: Pair }[] = [
    { patient: nec },
    { patient: netG3, compare: { a: netG3, b: { ...netG3, ecogPs } } },
    { patient: clinic[1]! },
    { patient: clinic[3]! },
    { patient: clinic[4]! },
  ];
  return patients.map((each, i) => ({ ...each, label: words.room.exampleLabel(i + 1) }));
}
