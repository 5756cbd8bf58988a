import program from "../../LICENSE?raw";
import internationalized from "../../node_modules/@internationalized/date/LICENSE?raw";
import floatingui from "../../node_modules/@floating-ui/dom/LICENSE?raw";
import color from "../../node_modules/@kurkle/color/LICENSE.md?raw";
import bitsui from "../../node_modules/bits-ui/LICENSE?raw";
import chartjs from "../../node_modules/chart.js/LICENSE.md?raw";
import electron from "../../node_modules/electron/LICENSE?raw";
import inter from "../../node_modules/inter-ui/LICENSE.txt?raw";
import jszip from "../../node_modules/jszip/LICENSE.markdown?raw";
import pako from "../../node_modules/pako/LICENSE?raw";
import pptxgenjs from "../../node_modules/pptxgenjs/LICENSE?raw";
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
  floatingui,
  tabbable,
  internationalized,
  pptxgenjs,
  jszip,
  pako,
  electron,
};
