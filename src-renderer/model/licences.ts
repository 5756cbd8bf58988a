import type { modelRoom } from "../../src-main/words/modelRoom.ts";

/**
 * A part that is shipped with the program. `packages` are npm packages under one text, which names the holder; `copied`
 * are parts that other packages have copied into their files, with their texts in assets/licences. Tests hold the list
 * against what the builds contain.
 */
export interface Licence {
  id: keyof typeof modelRoom.licences.use;
  name: string;
  licence: string;
  holder: string;
  packages?: readonly string[];
  copied?: string;
}

export const LICENCES: readonly Licence[] = [
  { id: "program", name: "HG-NEN Prognosis", licence: "MIT", holder: "HG-NEN Prognosis project" },
  { id: "study", name: "NORDIC NEC 2", licence: "CC BY 4.0", holder: "The Authors (Sorbye et al.)" },
  {
    id: "inter",
    name: "Inter",
    licence: "SIL OFL 1.1",
    holder: "The Inter Project Authors",
    packages: ["inter-ui"],
  },
  { id: "svelte", name: "Svelte", licence: "MIT", holder: "Svelte Contributors", packages: ["svelte"] },
  {
    id: "chartjs",
    name: "Chart.js",
    licence: "MIT",
    holder: "Chart.js Contributors",
    packages: ["chart.js"],
  },
  {
    id: "color",
    name: "@kurkle/color",
    licence: "MIT",
    holder: "Jukka Kurkela",
    packages: ["@kurkle/color"],
  },
  { id: "valibot", name: "Valibot", licence: "MIT", holder: "Fabian Hiller", packages: ["valibot"] },
  { id: "bitsui", name: "Bits UI", licence: "MIT", holder: "Hunter Johnston", packages: ["bits-ui"] },
  {
    id: "runed",
    name: "Runed, Svelte Toolbelt",
    licence: "MIT",
    holder: "Hunter Johnston, Thomas G. Lopes",
    packages: ["runed", "svelte-toolbelt"],
  },
  {
    id: "floatingui",
    name: "Floating UI",
    licence: "MIT",
    holder: "Floating UI contributors",
    packages: ["@floating-ui/dom", "@floating-ui/core", "@floating-ui/utils"],
  },
  { id: "tabbable", name: "tabbable", licence: "MIT", holder: "David Clark", packages: ["tabbable"] },
  { id: "clsx", name: "clsx", licence: "MIT", holder: "Luke Edwards", packages: ["clsx"] },
  {
    id: "styletoobject",
    name: "style-to-object",
    licence: "MIT",
    holder: 'Menglin "Mark" Xu',
    packages: ["style-to-object"],
  },
  {
    id: "inlinestyle",
    name: "inline-style-parser",
    licence: "MIT",
    holder: "TJ Holowaychuk",
    packages: ["inline-style-parser"],
  },
  { id: "dexie", name: "Dexie.js", licence: "Apache-2.0", holder: "David Fahlander", packages: ["dexie"] },
  {
    id: "csv",
    name: "csv-parse, csv-stringify",
    licence: "MIT",
    holder: "Adaltas",
    packages: ["csv-parse", "csv-stringify"],
  },
  { id: "buffer", name: "buffer", licence: "MIT", holder: "Feross Aboukhadijeh", copied: "buffer" },
  { id: "base64", name: "base64-js", licence: "MIT", holder: "Jameson Little", copied: "base64-js" },
  {
    id: "ieee754",
    name: "ieee754",
    licence: "BSD-3-Clause",
    holder: "Fair Oaks Labs, Inc.",
    copied: "ieee754",
  },
  { id: "lodash", name: "Lodash", licence: "MIT", holder: "OpenJS Foundation", copied: "lodash" },
  { id: "pptxgenjs", name: "PptxGenJS", licence: "MIT", holder: "Brent Ely", packages: ["pptxgenjs"] },
  { id: "officegen", name: "officegen", licence: "MIT", holder: "Ziv Barber", copied: "officegen" },
  {
    id: "jszip",
    name: "JSZip",
    licence: "MIT or GPL-3.0",
    holder: "Stuart Knightley, David Duponchel, Franz Buchinger, António Afonso",
    packages: ["jszip"],
  },
  {
    id: "pako",
    name: "pako",
    licence: "MIT and Zlib",
    holder: "Vitaly Puzrin and Andrei Tuputcyn",
    packages: ["pako"],
  },
  {
    id: "lie",
    name: "lie",
    licence: "MIT",
    holder: "Calvin Metcalf, Jordan Harband",
    packages: ["lie"],
  },
  {
    id: "immediate",
    name: "immediate",
    licence: "MIT",
    holder: "Barnesandnoble.com, Donavon West, Domenic Denicola, Brian Cavalier",
    packages: ["immediate"],
  },
  {
    id: "setimmediate",
    name: "setImmediate.js",
    licence: "MIT",
    holder: "Barnesandnoble.com, Donavon West, Domenic Denicola",
    packages: ["setimmediate"],
  },
  { id: "vite", name: "Vite", licence: "MIT", holder: "VoidZero Inc.", packages: ["vite"] },
  { id: "rolldown", name: "Rolldown", licence: "MIT", holder: "VoidZero Inc.", packages: ["rolldown"] },
  {
    id: "electron",
    name: "Electron",
    licence: "MIT",
    holder: "Electron contributors",
    packages: ["electron"],
  },
  {
    id: "chromium",
    name: "Chromium, Node.js",
    licence: "BSD-3-Clause, MIT and others",
    holder: "The Chromium Authors, Node.js contributors",
  },
];
