/** Code of others that published packages have copied into their own files, where no bundler can see it. */

export interface CodeInside {
  name: string;
  /** SPDX; null where it is a package of package-lock.json, which has its licence and version */
  licence: string | null;
  /** words of the carrier's file that are there as long as the copy is; a test looks for them */
  mark: { file: string; words: string };
}

const packed = (name: string): CodeInside => ({
  name,
  licence: null,
  mark: { file: "dist/jszip.min.js", words: `${name}:` },
});

/** Stand-ins for Node that the packages' editions for browsers carry. Their texts are in assets/licences. */
const NODE_STAND_INS: readonly CodeInside[] = [
  { name: "buffer", licence: "MIT", mark: { file: "dist/esm/sync.js", words: "function asciiToBytes" } },
  { name: "base64-js", licence: "MIT", mark: { file: "dist/esm/sync.js", words: "var revLookup = []" } },
  { name: "ieee754", licence: "BSD-3-Clause", mark: { file: "dist/esm/sync.js", words: "* 8 - mLen - 1" } },
];

/** By the place of the package that carries it. */
export const CODE_INSIDE: Readonly<Record<string, readonly CodeInside[]>> = {
  "node_modules/jszip": ["immediate", "lie", "pako", "setimmediate"].map(packed),
  "node_modules/csv-parse": NODE_STAND_INS,
  "node_modules/csv-stringify": [
    ...NODE_STAND_INS,
    { name: "lodash", licence: "MIT", mark: { file: "dist/esm/sync.js", words: "Lodash implementation" } },
  ],
  "node_modules/pptxgenjs": [
    {
      name: "officegen",
      licence: "MIT",
      mark: { file: "dist/pptxgen.es.js", words: "derived from the OfficeGen project" },
    },
  ],
};
