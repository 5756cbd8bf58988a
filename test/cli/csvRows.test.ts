import { describe, expect, it } from "vitest";
import { COLUMNS, cellsOf, patientOf, readCsv } from "../../src-main/cli/csvRows.ts";
import type { Row } from "../../src-main/cli/row.ts";
import { openText } from "../../src-main/cli/textInput.ts";
import { PATIENT_FIELDS, parsePatient } from "../../src-main/prognosis/patient.ts";
import fc from "fast-check";
import { PROPERTY_SEED, anyPatient } from "../support/prognosis.ts";
import { troubleOf } from "./support.ts";

async function read(text: string, sizes = text.length) {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += sizes)
      yield await Promise.resolve(bytes.subarray(at, at + sizes));
  }
  const { rows, ...table } = await readCsv(await openText(chunks(), "f"));
  const read: Row[] = [];
  for await (const row of rows) read.push(row);
  return { ...table, rows: read };
}

const HEADER = "tumour,ageYears,ecogPs";
const ROW = "NEC,67,1";

describe("reading CSV", () => {
  it("knows every field of a patient by its own name", () => {
    expect(COLUMNS).toEqual(expect.arrayContaining([...PATIENT_FIELDS]));
  });

  it.each([
    [",", "\n"],
    [";", "\r\n"],
    ["\t", "\r"],
  ] as const)("takes the delimiter %j and the line ending %j from the header", async (delimiter, newline) => {
    const text = ["\ufeffid,tumour,ageYears,ecogPs", "a,NEC,67,1", "b,NEC,68,2", ""].join("\n");
    const written = text.replaceAll(",", delimiter).replaceAll("\n", newline);
    for (const size of [1, 7, 1000]) {
      const { dialect, columns, rows } = await read(written, size);
      expect(dialect).toEqual({ delimiter, newline, byteOrderMark: true });
      expect(columns).toEqual(["id", "tumour", "ageYears", "ecogPs"]);
      expect(rows.map(({ id, patient, line }) => ({ id, patient, line }))).toEqual([
        { id: "a", patient: { tumour: "NEC", ageYears: 67, ecogPs: 1 }, line: 2 },
        { id: "b", patient: { tumour: "NEC", ageYears: 68, ecogPs: 2 }, line: 3 },
      ]);
    }
  });

  it("does not take a delimiter inside quotation marks for one of the header's", async () => {
    const { columns, rows } = await read('"id";"tumour";"ageYears";"ecogPs"\n"a,b,c,d,e";"NEC";67;1\n');
    expect(columns).toHaveLength(4);
    expect(rows[0]).toMatchObject({ id: "a,b,c,d,e", cells: ["a,b,c,d,e", "NEC", "67", "1"] });
  });

  it("counts lines through blank ones and keeps quotation marks that are doubled", async () => {
    const { rows } = await read(`\n${HEADER},id\n\n${ROW},"say ""a"""\r\n\n${ROW},b`);
    expect(rows.map(({ line, id }) => [line, id])).toEqual([
      [4, 'say "a"'],
      [6, "b"],
    ]);
  });

  it.each([
    ["67", 67],
    ["67.0", 67],
    ["-3", -3],
    ["0.5", 0.5],
    ["54,9", "54,9"],
    ["55%", "55%"],
    ["1e3", "1e3"],
    ["0x10", "0x10"],
    [" 67", " 67"],
    ["67 ", "67 "],
    ["+67", "+67"],
    ["067", "067"],
    [".5", ".5"],
    ["5.", "5."],
    ["1 000", "1 000"],
    ["NaN", "NaN"],
    ["Infinity", "Infinity"],
  ])("reads the number %j as %j", (text, value) => {
    for (const column of ["ageYears", "ki67Percent", "ecogPs"]) {
      expect(patientOf([column], [text]).patient).toEqual({ [column]: value });
    }
    expect(patientOf(["alpValue"], [text]).patient).toEqual({ alp: { value } });
  });

  it.each([
    ["true", true],
    ["false", false],
    ["TRUE", "TRUE"],
    ["1", "1"],
  ])("reads mixed %j as %j", (text, value) => {
    expect(patientOf(["mixed"], [text]).patient).toEqual({ mixed: value });
  });

  it("leaves an empty cell out, so that it means what an absent field means", () => {
    expect(
      patientOf(
        COLUMNS,
        COLUMNS.map(() => ""),
      ).patient,
    ).toEqual({});
  });

  it("refuses an ALP that is given twice", () => {
    const { problems } = patientOf(["alp", "alpValue"], ["normal", "80"]);
    expect(problems).toEqual([{ code: "alp-twice", field: "alp", value: "normal" }]);
  });

  it("writes a patient as the cells from which it is read again", () => {
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const cells = cellsOf(patient, COLUMNS);
        fc.pre(cells.every((cell) => !/e[+-]/.test(cell)));
        expect(parsePatient(patientOf(COLUMNS, cells).patient)).toEqual({ ok: true, value: patient });
      }),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
  });

  it.each([
    [
      "an unknown column",
      `${HEADER},age\n`,
      { code: "csv-unknown-column", line: 1, column: "age", allowed: COLUMNS },
    ],
    [
      "a column with blanks around",
      `\n\ntumour, ageYears,ecogPs\n`,
      { code: "csv-unknown-column", line: 3, column: " ageYears", allowed: COLUMNS },
    ],
    [
      "a column without a name",
      `${HEADER},\n`,
      { code: "csv-unknown-column", line: 1, column: "", allowed: COLUMNS },
    ],
    [
      "a column that stands twice",
      `${HEADER},ecogPs\n`,
      { code: "csv-duplicate-column", line: 1, column: "ecogPs" },
    ],
    ["a missing column", "tumour,ecogPs\n", { code: "csv-missing-column", line: 1, column: "ageYears" }],
    [
      "a row that is too short",
      `${HEADER}\n${ROW}\nNEC,67\n`,
      { code: "csv-ragged", line: 3, expected: 3, found: 2 },
    ],
    [
      "a row that is too long",
      `${HEADER}\n${ROW},\n`,
      { code: "csv-ragged", line: 2, expected: 3, found: 4 },
    ],
    [
      "a quotation mark that is not closed",
      `${HEADER}\n${ROW}\n"NEC,67,1\n${ROW}\n`,
      { code: "csv-unclosed-quote", line: 3 },
    ],
    ["a quotation mark inside a cell", `${HEADER}\nN"EC,67,1\n`, { code: "csv-stray-quote", line: 2 }],
    ["text after a closing quotation mark", `${HEADER}\n"N"EC,67,1\n`, { code: "csv-stray-quote", line: 2 }],
    ["a line break inside a cell", `${HEADER},id\n${ROW},"a\nb"\n`, { code: "csv-line-break", line: 2 }],
    [
      "a row without end",
      `${HEADER}\n${ROW}\n"${`${ROW}\n`.repeat(20_000)}`,
      { code: "csv-too-long", line: 3, limit: 100_000 },
    ],
  ])("refuses %s", async (_what, text, trouble) => {
    expect(await troubleOf(() => read(text))).toEqual({ file: "f", ...trouble });
  });
});
