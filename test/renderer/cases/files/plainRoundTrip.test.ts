// @vitest-environment node
import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { emptyFollowUp } from "../../../../src-renderer/cases/followUp/followUp.ts";
import { COLUMNS } from "../../../../src-renderer/cases/files/csvColumns.ts";
import { readPlainCsv, writePlainCsv } from "../../../../src-renderer/cases/files/plainCsv.ts";
import { readPlainJson, writePlainJson } from "../../../../src-renderer/cases/files/plainJson.ts";
import { patientOf, PATIENT_COLUMNS } from "../../../../src-main/cli/csvRows.ts";
import { patientOf as draftPatient } from "../../../../src-renderer/patient/draft.ts";
import { emptyDraft } from "../../../../src-renderer/patient/draft.ts";
import { parsePatient } from "../../../../src-main/prognosis/patient.ts";
import {
  ABOUT,
  anyCases,
  asInCsv,
  bytesOfText,
  idOf,
  MADE,
  SEED,
  syntheticCase,
  textOfBytes,
} from "./cases.ts";

const means = { now: MADE, newId: () => idOf(999) };
const asInJson = <T extends object>(each: T): T => ({ ...each, revision: 0 });

describe("what goes out comes back", () => {
  it("as JSON, all of it", async () => {
    await fc.assert(
      fc.asyncProperty(anyCases(), async (cases) => {
        expect(await readPlainJson(writePlainJson(cases, ABOUT))).toEqual(cases.map(asInJson));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("as CSV, all that a CSV holds, character by character", async () => {
    await fc.assert(
      fc.asyncProperty(anyCases(), async (cases) => {
        expect(await readPlainCsv(writePlainCsv(cases), means)).toEqual(cases.map(asInCsv));
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  it("as CSV, texts that look like formulas, which a spreadsheet sees as text", async () => {
    const labels = ["=1+1", "'x", "-3", "'=1", "''+1", "@a", "\t=1", "x"];
    const cases = labels.map((label, n) => syntheticCase(n, { label }));
    const bytes = writePlainCsv(cases);
    const cells = parse(textOfBytes(bytes), { bom: true, columns: true }) as unknown as { label: string }[];
    expect(cells.map(({ label }) => label)).toEqual([
      ...["'=1+1", "'x", "'-3", "''=1", "'''+1", "'@a", "'\t=1", "x"],
    ]);
    expect((await readPlainCsv(bytes, means)).map(({ content }) => content.label)).toEqual(labels);
  });

  it("as CSV, what is known only by being there: a follow-up, PRRT and lines without dates", async () => {
    const line = { regimen: "", start: "", progression: "" };
    const followUps = [
      null,
      emptyFollowUp(),
      { ...emptyFollowUp(), prrt: { start: "", end: "" } },
      { ...emptyFollowUp(), laterLines: [line, line] },
      { ...emptyFollowUp(), laterLines: [line, { ...line, regimen: "FOLFIRI" }, line] },
    ];
    const cases = followUps.map((followUp, n) => syntheticCase(n, { followUp }));
    const back = await readPlainCsv(writePlainCsv(cases), means);
    expect(back.map(({ content }) => content.followUp)).toEqual(followUps);
  });
});

describe("the CSV for others", () => {
  it("has a mark in front for spreadsheets, Windows line breaks, and the columns in the documented order", () => {
    const text = textOfBytes(writePlainCsv([syntheticCase(1)]).subarray(3));
    expect([...writePlainCsv([]).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text.split("\r\n")[0]!.split(",")).toEqual(COLUMNS);
    expect(text.split("\n").every((line, i, all) => line.endsWith("\r") || i === all.length - 1)).toBe(true);
  });

  it("has every column of the command line, which reads the same patient in it", () => {
    const draft = {
      ...emptyDraft(),
      ...({
        tumour: "NEC",
        age: "67",
        ecogPs: 1,
        sex: "female",
        ki67: "85.5",
        primarySite: "colon",
      } as const),
      ...({
        alp: "measured",
        alpValue: "3.1",
        alpLimit: "1.9",
        alpUnit: "\u00b5kat/L",
        firstLine: "other",
      } as const),
    };
    const [row] = parse(textOfBytes(writePlainCsv([syntheticCase(1, { draft })])), {
      bom: true,
      columns: true,
    }) as unknown as Record<string, string>[];
    const cells = PATIENT_COLUMNS.map((column) => row![column]!);
    expect(cells).not.toContain(undefined);
    const { patient, problems } = patientOf(PATIENT_COLUMNS, cells);
    expect(problems).toEqual([]);
    expect(parsePatient(patient)).toEqual(parsePatient(draftPatient(draft)));
    expect(parsePatient(patient).ok).toBe(true);
  });
});

describe("the CSV of others", () => {
  const read = async (text: string) => readPlainCsv(bytesOfText(text), means);

  it.each([
    ["commas", "label,tumour,ageYears\nA,NEC,67\n"],
    ["semicolons", "label;tumour;ageYears\nA;NEC;67\n"],
    ["tabs", "label\ttumour\tageYears\nA\tNEC\t67\n"],
    ["a mark in front and Windows line breaks", "\ufefflabel,tumour,ageYears\r\nA,NEC,67\r\n"],
    ["quotation marks", '"label","tumour","ageYears"\n"A","NEC","67"'],
    ["blank lines", "label,tumour,ageYears\n\nA,NEC,67\n\n"],
  ])("with %s", async (_name, text) => {
    const { content, ...facts } = syntheticCase(1, { label: "A" });
    expect(await read(text)).toEqual([
      {
        ...facts,
        ...{ id: idOf(999), revision: 0, changedAt: MADE, deletedAt: 0 },
        content: { ...content, draft: { ...emptyDraft(), tumour: "NEC", age: "67" } },
      },
    ]);
  });

  it("with the truth values of a spreadsheet, and the Greek letter in the unit", async () => {
    const [first] = await read(
      "label,mixed,stoppedForToxicity,alpValue,alpUnit\nA,TRUE,FALSE,3,\u03bckat/L\n",
    );
    expect(first!.content.draft).toMatchObject({ mixed: true, alp: "measured", alpUnit: "\u00b5kat/L" });
    expect(first!.content.followUp!.stoppedForToxicity).toBe(false);
  });

  it("a header alone has no cases", async () => {
    expect(await read("label,tumour\n")).toEqual([]);
  });
});
