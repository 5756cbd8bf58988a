// First: Dexie looks for a database when it is loaded.
import { anyCase, CASES_SEED } from "../support/cases.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_OPENED_BYTES } from "../../src-main/api/contract.ts";
import type { BoardFileTrouble } from "../../src-main/words/opened.ts";
import { boardFileTroubleWords } from "../../src-main/words/opened.ts";
import {
  MOST_BOARD_CASES,
  NoBoard,
  readBoardFile,
  writeBoardFile,
} from "../../src-renderer/board/boardFile.ts";
import type { BoardCase } from "../../src-renderer/board/boardState.svelte.ts";
import { BoardState, undoText } from "../../src-renderer/board/boardState.svelte.ts";
import { syntheticCases } from "../../src-renderer/board/examples.ts";
import { repeatedName } from "../../src-renderer/board/repeatedName.ts";
import { LABEL_LENGTH } from "../../src-renderer/cases/content.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import { handlers, localHost } from "../support/host.ts";

const ABOUT = { made: Date.UTC(2026, 10, 12, 9), appVersion: "0.1.0" };
const DAY = "2026-11-24";
const draftOfAge = (age: number) => ({
  ...emptyDraft(),
  tumour: "NEC" as const,
  age: String(age),
  ecogPs: 1 as const,
});
const newCase = (age: number, label = "") => ({
  ...{ draft: draftOfAge(age), patient: patientOf(draftOfAge(age)), label },
});

function boardOf(...ages: number[]): BoardState {
  const board = new BoardState(localHost());
  for (const age of ages) board.add(newCase(age));
  return board;
}
const saved = (board: BoardState) => writeBoardFile(board, ABOUT);
const opened = (board: BoardState) => readBoardFile(saved(board));
const bytesOf = (text: string) => new TextEncoder().encode(text);
const labels = (board: BoardState): string[] => board.cases.map(({ label }) => label);
/** All that a case is, but for the place that it has in this window. */
const shown = ({ label, named, patient, compare, endpoint, draft }: BoardCase) => ({
  ...{ label, named, patient, compare, endpoint, draft },
});

/** What is there, as JSON; a test changes it. */
const plain = () =>
  JSON.parse(new TextDecoder().decode(saved(boardOf(67, 70)))) as Record<string, unknown> & {
    cases: (Record<string, unknown> & { draft: Record<string, unknown> })[];
  };
function troubleOf(bytes: Uint8Array<ArrayBuffer>): BoardFileTrouble {
  try {
    readBoardFile(bytes);
  } catch (error) {
    if (error instanceof NoBoard) return error.trouble;
    throw error;
  }
  throw new Error("it was read");
}
function changed(change: (file: ReturnType<typeof plain>) => void): Uint8Array<ArrayBuffer> {
  const file = plain();
  change(file);
  return bytesOf(JSON.stringify(file));
}

describe("a board that is saved and opened", () => {
  it("is the same board: cases, order, labels, endpoints, comparisons, day and colours", () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ content: anyCase(), named: fc.boolean() }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(7), fc.constantFrom("up", "down", "remove", "rename")), { maxLength: 6 }),
        fc.constantFrom("light" as const, "dark" as const),
        fc.constantFrom(null, DAY),
        (contents, steps, scheme, day) => {
          const board = new BoardState(localHost());
          const cases = contents.map(({ content: { label, draft, endpoint }, named }) => ({
            ...{ draft, patient: patientOf(draft), endpoint, label: named ? label : "" },
            compare: { a: patientOf(draft), b: { ...patientOf(draft), ecogPs: 2 } },
          }));
          if (day === null) for (const one of cases) board.add(one);
          else board.showAgenda(day, cases);
          for (const [place, step] of steps) {
            const one = board.cases[place % board.cases.length]!;
            if (step === "rename") board.rename(one.id, `Case ${place}`);
            else if (step !== "remove") board.move(one.id, step === "up" ? -1 : 1);
            else if (board.cases.length > 1) board.remove(one.id);
          }
          board.scheme = scheme;
          const again = new BoardState(localHost());
          again.openFile(opened(board), "replace");
          expect(again.cases.map(shown)).toEqual(board.cases.map(shown));
          expect([again.day, again.scheme]).toEqual([day, scheme]);
          expect(opened(again)).toEqual(opened(board));
        },
      ),
      { seed: CASES_SEED, numRuns: 200 },
    ));

  it("makes the same slides, also of cases that were added as requests", async () => {
    const about = handlers.about({});
    const study = handlers.study({});
    if (!about.ok || !study.ok) throw new Error("no study");
    const means = { about: about.value, study: study.value, now: new Date(2026, 10, 24, 14, 30) };
    const board = new BoardState(localHost());
    for (const one of syntheticCases()) board.add(one);
    const again = new BoardState(localHost());
    again.openFile(opened(board), "replace");
    const deck = await board.builder.build(board.cases, means);
    expect(deck.slides.length).toBeGreaterThan(8);
    expect(await again.builder.build(again.cases, means)).toEqual(deck);
  });

  it("has nothing of the stored case that a case comes from, and nothing that was estimated", () => {
    const board = boardOf();
    const taken = { ...newCase(67, "A"), endpoint: "os" as const, comparison: null, revision: 3 };
    board.add({ ...newCase(67, "A"), caseId: "00000000-0000-4000-8000-000000000001", taken });
    const file = JSON.parse(new TextDecoder().decode(saved(board))) as { cases: object[] };
    expect(Object.keys(file)).toEqual(["format", "version", "made", "appVersion", "day", "scheme", "cases"]);
    expect(file.cases.map(Object.keys)).toEqual([["label", "draft", "endpoint", "comparison"]]);
    const again = boardOf();
    again.openFile(opened(board), "replace");
    expect(again.cases[0]).toMatchObject({ label: "A", caseId: null });
  });

  it("is refused when it could not be opened again: too many cases, or something that is typed is too long", () => {
    const many = boardOf(...Array.from({ length: MOST_BOARD_CASES }, () => 67));
    expect(opened(many).cases).toHaveLength(MOST_BOARD_CASES);
    many.add(newCase(70));
    expect(() => saved(many)).toThrow(NoBoard);
    const long = boardOf();
    const draft = { ...draftOfAge(1), age: "9".repeat(41) };
    long.add({ draft, patient: patientOf(draft) });
    expect(() => saved(long)).toThrow(/too-long.*draft.age/);
  });

  it("has labels of a case's length, also where two had to be told apart", () => {
    const board = boardOf();
    for (let i = 0; i < 12; i++) board.add(newCase(67, "x".repeat(LABEL_LENGTH)));
    expect(new Set(labels(board)).size).toBe(12);
    expect(Math.max(...labels(board).map(({ length }) => length))).toBe(LABEL_LENGTH);
    const again = boardOf();
    again.openFile(opened(board), "replace");
    expect(labels(again)).toEqual(labels(board));
  });
});

describe("a file that is opened", () => {
  it("takes the place of what is there, and undo brings that back, with its day and colours", () => {
    const board = boardOf();
    board.showAgenda("2026-11-17", [newCase(50, "old"), newCase(51)]);
    board.scheme = "light";
    const before = board.cases.map(shown);
    board.openFile({ ...opened(boardOf(67, 70, 72)), day: DAY, scheme: "dark" }, "replace");
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
    expect([board.day, board.scheme]).toEqual([DAY, "dark"]);
    expect(undoText(board.undoable!)).toMatch(/3.cases of the file on the board in place of 2.cases/);
    board.undo();
    expect(board.cases.map(shown)).toEqual(before);
    expect([board.day, board.scheme]).toEqual(["2026-11-17", "light"]);
    expect(board.undoable!.kind).toBe("agenda");
  });

  it("comes after what is there, whose day and colours stay, and undo takes it away again", () => {
    const board = boardOf();
    board.add(newCase(50, "Case 1"));
    board.scheme = "light";
    const file = boardOf(67);
    file.add(newCase(70, "Case 1 (2)"));
    board.openFile({ ...opened(file), day: DAY }, "add");
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 1 (2)"]);
    expect([board.day, board.scheme]).toEqual([null, "light"]);
    expect(undoText(board.undoable!)).toMatch(/2.cases of the file are on the board/);
    board.add(newCase(80, "after"));
    board.scheme = "dark";
    board.undo();
    expect([labels(board), board.scheme]).toEqual([["Case 1", "after"], "dark"]);
  });

  it("stays, and can be taken back, when the store is shut from which nothing of it comes", () => {
    const board = boardOf();
    board.openFile(opened(boardOf(67)), "add");
    const caseId = "00000000-0000-4000-8000-000000000001";
    board.add({ ...newCase(70, "stored"), caseId });
    board.leaveStored();
    expect(labels(board)).toEqual(["Case 1"]);
    expect(board.undoable!.kind).toBe("file");
    board.undo();
    expect(board.cases).toEqual([]);
  });

  it("leaves no stored case for undo to bring back when the store is shut", () => {
    const board = boardOf();
    board.add({ ...newCase(70, "stored"), caseId: "00000000-0000-4000-8000-000000000001" });
    board.openFile(opened(boardOf(67)), "replace");
    board.leaveStored();
    expect(board.undoable).toBeNull();
    expect(labels(board)).toEqual(["Case 1"]);
  });
});

const text = (): string => new TextDecoder().decode(saved(boardOf(67, 70)));
const inFront = (mark: number[]) => new Uint8Array([...mark, ...bytesOf(text())]);

/** Every way in which a file is no board, and how it is said. */
const BAD: [name: string, bytes: () => Uint8Array<ArrayBuffer>, trouble: object, said: RegExp][] = [
  ["an empty file", () => bytesOf(""), { code: "empty" }, /is empty/],
  [
    "one byte more than the limit",
    () => new Uint8Array(MOST_OPENED_BYTES.nenboard + 1).fill(0x20),
    { code: "too-large", bytes: MOST_OPENED_BYTES.nenboard + 1 },
    /has 9.MB; a board has at most 8.MB/,
  ],
  [
    "a picture",
    () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]),
    { code: "foreign", found: "picture" },
    /a picture/,
  ],
  ["a PDF", () => bytesOf("%PDF-1.7"), { code: "foreign", found: "pdf" }, /a PDF document/],
  ["noise", () => new Uint8Array([1, 0, 2, 0, 255]), { code: "foreign" }, /no board can be read/],
  ["text", () => bytesOf("dear colleague"), { code: "foreign", found: "text" }, /text of another kind/],
  [
    "encrypted cases",
    () => bytesOf('{"format":"hg-nen-cases","version":1}'),
    { code: "foreign", found: "case-file" },
    /import it in Cases/,
  ],
  [
    "plain cases",
    () => bytesOf('{"format":"hg-nen-cases-plain","version":1}'),
    { code: "foreign", found: "plain-json" },
    /import it in Cases/,
  ],
  [
    "JSON of another program",
    () => bytesOf('{"format":"board","cases":[]}'),
    { code: "foreign", found: "json" },
    /JSON of another program/,
  ],
  ["a list", () => bytesOf("[1,2]"), { code: "foreign", found: "json" }, /JSON of another program/],
  ["UTF-16", () => inFront([0xff, 0xfe]), { code: "foreign", found: "utf-16" }, /UTF-16; save it as UTF-8/],
  [
    "bytes that are no UTF-8",
    () => new Uint8Array([...bytesOf('{"format":"hg-nen-board","x":"'), 0xff, ...bytesOf('"}')]),
    { code: "not-utf-8" },
    /damaged or incomplete.* Technical: its text is not in UTF-8/,
  ],
  [
    "half a file",
    () => bytesOf(text().slice(0, -40)),
    { code: "not-json" },
    /damaged or incomplete. Ask for it again. Technical: /,
  ],
  [
    "two files in one",
    () => bytesOf(text() + text()),
    { code: "not-json" },
    /damaged or incomplete. Ask for it again. Technical: /,
  ],
  [
    "a prototype's name",
    () => bytesOf(text().replace('"endpoint"', '"__proto__":{"isAdmin":true},"endpoint"')),
    { code: "hostile", name: "__proto__" },
    /"__proto__", which no board has/,
  ],
  [
    "a prototype's name in escapes",
    () => bytesOf(text().replace('"endpoint"', '"\\u005f_proto__":1,"endpoint"')),
    { code: "hostile", name: "__proto__" },
    /Do not use this file/,
  ],
  [
    "depth",
    () => bytesOf(`{"format":"hg-nen-board","x":${"[".repeat(100)}${"]".repeat(100)}}`),
    { code: "too-deep" },
    /nested more than 64 deep/,
  ],
  [
    "a field twice",
    () => bytesOf(text().replace('"scheme"', '"day": null, "scheme"')),
    { code: "twice", field: "day", place: null },
    /“b.nenboard”: the day of the board stands there twice/,
  ],
  [
    "a field twice in the second case",
    () => bytesOf(text().replace(/"age": "70"/, '"age": "70", "sex": null, "\\u0061ge": "71"')),
    { code: "twice", field: "draft.age", place: 2 },
    /Age of case 2 stands there twice.*Technical: draft.age/,
  ],
  [
    "a newer version",
    () => changed((file) => (file["version"] = 2)),
    { code: "newer", version: 2, newest: 1 },
    /made by a newer version/,
  ],
  [
    "a version that never was",
    () => changed((file) => (file["version"] = 0)),
    { code: "field", field: "version", value: 0 },
    /the version of the file cannot be 0 .1./,
  ],
  [
    "no version",
    () => changed((file) => delete file["version"]),
    { code: "missing", field: "version" },
    /the version of the file is missing. The file was changed outside of this program; ask for it again/,
  ],
  ["no cases", () => changed((file) => file.cases.splice(0)), { code: "no-cases" }, /has no cases/],
  [
    "one case too many",
    () => changed((file) => (file.cases = Array.from({ length: 201 }, () => file.cases[0]!))),
    { code: "too-many", cases: 201, limit: 200 },
    /201.cases; the file of a board has at most 200/,
  ],
  [
    "cases that are no list",
    () => changed((file) => (file.cases = 3 as never)),
    { code: "field", field: "cases", value: 3 },
    /the list of cases cannot be 3\. /,
  ],
  [
    "a field of another program",
    () => changed((file) => (file["estimates"] = [])),
    { code: "unknown-field", field: "estimates" },
    /"estimates" is not a field of a board/,
  ],
  [
    "a name beside the label",
    () => changed((file) => (file.cases[1]!["name"] = "Somebody")),
    { code: "unknown-field", field: "name", place: 2 },
    /"name" of case 2 is not a field/,
  ],
  [
    "a label that is too long",
    () => changed((file) => (file.cases[1]!["label"] = "x".repeat(81))),
    { code: "too-long", field: "label", place: 2, length: 81, longest: 80 },
    /the label of case 2 has 81 characters; at most 80 are read. Shorten it/,
  ],
  [
    "a label that is no text",
    () => changed((file) => (file.cases[0]!["label"] = 7)),
    { code: "field", field: "label", place: 1, value: 7 },
    /the label of case 1 cannot be 7 \(it is text\)/,
  ],
  [
    "a level that is none",
    () => changed((file) => (file.cases[1]!.draft["sex"] = "x")),
    { code: "field", field: "draft.sex", place: 2, value: "x" },
    /Sex of case 2 cannot be "x" \(female or male\)\..*Technical: draft.sex/,
  ],
  [
    "a performance status that is none",
    () => changed((file) => (file.cases[1]!.draft["ecogPs"] = 7)),
    { code: "field", field: "draft.ecogPs", place: 2, value: 7, allowed: [0, 1, 2, 3, 4] },
    /ECOG PS of case 2 cannot be 7 \(0 to 4\)\. The file was changed outside of this program; ask for it again/,
  ],
  [
    "what is neither true nor false",
    () => changed((file) => (file.cases[1]!.draft["mixed"] = "x")),
    { code: "field", field: "draft.mixed", place: 2, allowed: "yes-or-no" },
    /MiNEN of case 2 cannot be "x" \(it is true or false\)/,
  ],
  [
    "a case that is none",
    () => changed((file) => (file.cases[1] = 3 as never)),
    { code: "field", field: "cases.1", place: null },
    /“b.nenboard”: case 2 cannot be 3/,
  ],
  [
    "a number where something is typed",
    () => changed((file) => (file.cases[0]!.draft["age"] = 67)),
    { code: "field", field: "draft.age", place: 1, value: 67 },
    /Age of case 1 cannot be 67 \(it is text\)/,
  ],
  [
    "a draft without a field",
    () => changed((file) => delete file.cases[1]!.draft["ki67"]),
    { code: "missing", field: "draft.ki67", place: 2 },
    /Ki-67 of case 2 is missing/,
  ],
  [
    "a comparison with a field that no patient has",
    () => changed((file) => (file.cases[0]!["comparison"] = { a: {}, b: { note: "x" } })),
    { code: "unknown-field", field: "comparison.b.note", place: 1 },
    /"note" in the comparison of case 1 is not a field/,
  ],
  [
    "a comparison with one version",
    () => changed((file) => (file.cases[0]!["comparison"] = { a: {} })),
    { code: "missing", field: "comparison.b", place: 1 },
    /the comparison of case 1 is missing/,
  ],
  [
    "a day that is none",
    () => changed((file) => (file["day"] = "2026-02-30")),
    { code: "field", field: "day", value: "2026-02-30" },
    /the day of the board cannot be "2026-02-30"/,
  ],
  [
    "a time past the calendar's end",
    () => changed((file) => (file["made"] = 9e15)),
    { code: "field", field: "made" },
    /the time at which it was saved cannot be 9000000000000000/,
  ],
  [
    "colours that are none",
    () => changed((file) => (file["scheme"] = "red")),
    { code: "field", field: "scheme", value: "red" },
    /the colours of the slides cannot be "red" \(light or dark\)/,
  ],
];

describe("a file that is no board is refused as a whole, with what and where", () => {
  it.each(BAD)("%s", (_name, bytes, trouble, said) => {
    const found = troubleOf(bytes());
    expect(found).toMatchObject(trouble);
    const words = boardFileTroubleWords("b.nenboard", found);
    expect(words).toMatch(/^“b\.nenboard”: /);
    expect(words).toMatch(said);
  });

  it("every kind of trouble is among them", () => {
    const codes = new Set(BAD.map(([, bytes]) => troubleOf(bytes()).code));
    expect([...codes].sort()).toEqual(
      [
        ...[
          "empty",
          "no-cases",
          "too-large",
          "too-many",
          "foreign",
          "newer",
          "not-utf-8",
          "not-json",
          "hostile",
        ],
        ...["too-deep", "twice", "missing", "unknown-field", "too-long", "field"],
      ].sort(),
    );
  });

  it("but one with a mark in front, as some editors put it, is read", () => {
    expect(readBoardFile(inFront([0xef, 0xbb, 0xbf])).cases).toHaveLength(2);
  });

  it("and one that was only laid out anew is read, with its fields in any order", () => {
    const { format, ...rest } = plain();
    expect(readBoardFile(bytesOf(JSON.stringify({ ...rest, format }))).cases).toHaveLength(2);
  });

  it("whatever single byte of it is another one, it is read or refused in words, and nothing else", () => {
    const whole = saved(boardOf(67));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = new Uint8Array(whole);
        bytes[at] = byte;
        try {
          expect(readBoardFile(bytes).cases.length).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(NoBoard);
          expect(boardFileTroubleWords("b", (error as NoBoard).trouble)).toMatch(/^“b”: .+\.$/s);
        }
      }),
      { seed: CASES_SEED, numRuns: 2000 },
    );
  });
});

describe("a name that stands twice", () => {
  it.each<[string, (string | number)[] | null]>([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', null],
    ['{"a":1,"a":2}', ["a"]],
    ['{"a":{"b":[1,{"x":"a","y":"x","x":2}]}}', ["a", "b", 1, "x"]],
    ['{ "a" : "a" , "b" : [ "a", "a" ] }', null],
    ['{"\\u0061":1,\n\t"a":2}', ["a"]],
    ['{"a\\"":1,"a":2}', null],
    ['[{"a":1},{"b":1,"b":2}]', [1, "b"]],
    [`{"a":1,${" ".repeat(500)}"a"${" ".repeat(500)}:2}`, ["a"]],
  ])("%s", (text, path) => expect(repeatedName(text)).toEqual(path));

  it("is never found in what JSON writes", () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        // Some of these have one: it is found exactly where parsing loses something.
        const again = JSON.stringify(JSON.parse(text));
        expect(repeatedName(again)).toBeNull();
      }),
      { seed: CASES_SEED },
    ));
});
