import program from "../../LICENSE?raw";
import base64 from "../../assets/licences/base64-js.txt?raw";
import buffer from "../../assets/licences/buffer.txt?raw";
import ieee754 from "../../assets/licences/ieee754.txt?raw";
import lodash from "../../assets/licences/lodash.txt?raw";
import officegen from "../../assets/licences/officegen.txt?raw";
import vite from "../../assets/licences/vite.txt?raw";
import floatingui from "../../node_modules/@floating-ui/dom/LICENSE?raw";
import color from "../../node_modules/@kurkle/color/LICENSE.md?raw";
import bitsui from "../../node_modules/bits-ui/LICENSE?raw";
import chartjs from "../../node_modules/chart.js/LICENSE.md?raw";
import clsx from "../../node_modules/clsx/license?raw";
import csv from "../../node_modules/csv-parse/LICENSE?raw";
import dexieNotice from "../../node_modules/dexie/NOTICE?raw";
import dexieLicence from "../../node_modules/dexie/LICENSE?raw";
import electron from "../../node_modules/electron/LICENSE?raw";
import immediate from "../../node_modules/immediate/LICENSE.txt?raw";
import inlinestyle from "../../node_modules/inline-style-parser/LICENSE?raw";
import inter from "../../node_modules/inter-ui/LICENSE.txt?raw";
import jszip from "../../node_modules/jszip/LICENSE.markdown?raw";
import lie from "../../node_modules/lie/license.md?raw";
import pako from "../../node_modules/pako/LICENSE?raw";
import pptxgenjs from "../../node_modules/pptxgenjs/LICENSE?raw";
import rolldown from "../../node_modules/rolldown/LICENSE?raw";
import runed from "../../node_modules/runed/LICENSE?raw";
import setimmediate from "../../node_modules/setimmediate/LICENSE.txt?raw";
import styletoobject from "../../node_modules/style-to-object/LICENSE?raw";
import svelte from "../../node_modules/svelte/LICENSE.md?raw";
import tabbable from "../../node_modules/tabbable/LICENSE?raw";
import valibot from "../../node_modules/valibot/LICENSE.md?raw";
import type { Licence } from "./licences.ts";

/** The licence texts as their packages bring them: most ask to be passed on with every copy. */
export const LICENCE_TEXTS: Partial<Record<Licence["id"], string>> = {
  program,
  inter,
  svelte,
  chartjs,
  color,
  valibot,
  bitsui,
  runed,
  floatingui,
  tabbable,
  clsx,
  styletoobject,
  inlinestyle,
  dexie: `${dexieNotice}\n${dexieLicence}`,
  csv,
  buffer,
  base64,
  ieee754,
  lodash,
  pptxgenjs,
  officegen,
  jszip,
  pako,
  lie,
  immediate,
  setimmediate,
  vite,
  rolldown,
  electron,
};
