import type { modelRoom } from "../../src-main/words/modelRoom.ts";

/** A part that is shipped with the program. `package` names the npm package whose licence file names the holder. */
export interface Licence {
  id: keyof typeof modelRoom.licences.use;
  name: string;
  licence: string;
  holder: string;
  package?: string;
}

export const LICENCES: readonly Licence[] = [
  { id: "program", name: "HG-NEN Prognosis", licence: "MIT", holder: "HG-NEN Prognosis project" },
  { id: "study", name: "NORDIC NEC 2", licence: "CC BY 4.0", holder: "The Authors (Sorbye et al.)" },
  {
    id: "inter",
    name: "Inter",
    licence: "SIL OFL 1.1",
    holder: "The Inter Project Authors",
    package: "inter-ui",
  },
  { id: "svelte", name: "Svelte", licence: "MIT", holder: "Svelte Contributors", package: "svelte" },
  { id: "chartjs", name: "Chart.js", licence: "MIT", holder: "Chart.js Contributors", package: "chart.js" },
  { id: "color", name: "@kurkle/color", licence: "MIT", holder: "Jukka Kurkela", package: "@kurkle/color" },
  { id: "valibot", name: "Valibot", licence: "MIT", holder: "Fabian Hiller", package: "valibot" },
  { id: "bitsui", name: "Bits UI", licence: "MIT", holder: "Hunter Johnston", package: "bits-ui" },
  {
    id: "floatingui",
    name: "Floating UI",
    licence: "MIT",
    holder: "Floating UI contributors",
    package: "@floating-ui/dom",
  },
  { id: "tabbable", name: "tabbable", licence: "MIT", holder: "David Clark", package: "tabbable" },
  {
    id: "internationalized",
    name: "@internationalized/date",
    licence: "Apache-2.0",
    holder: "Adobe",
  },
  { id: "pptxgenjs", name: "PptxGenJS", licence: "MIT", holder: "Brent Ely", package: "pptxgenjs" },
  {
    id: "jszip",
    name: "JSZip",
    licence: "MIT or GPL-3.0",
    holder: "Stuart Knightley, David Duponchel, Franz Buchinger, António Afonso",
    package: "jszip",
  },
  {
    id: "pako",
    name: "pako",
    licence: "MIT and Zlib",
    holder: "Vitaly Puzrin and Andrei Tuputcyn",
    package: "pako",
  },
  {
    id: "electron",
    name: "Electron",
    licence: "MIT",
    holder: "Electron contributors",
    package: "electron",
  },
  {
    id: "chromium",
    name: "Chromium, Node.js",
    licence: "BSD-3-Clause, MIT and others",
    holder: "The Chromium Authors, Node.js contributors",
  },
];
