// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseContent, EveryDraftFits } from "../../../../src-renderer/cases/content.ts";
import {
  CONTENT_VERSION,
  ContentError,
  emptyContent,
  LABEL_LENGTH,
  NOTE_LENGTH,
  parseJson,
  readContent,
  TAG_LENGTH,
} from "../../../../src-renderer/cases/content.ts";
import {
  DAY_LENGTH,
  emptyFollowUp,
  REGIMEN_LENGTH,
} from "../../../../src-renderer/cases/followUp/followUp.ts";
import type { PatientDraft } from "../../../../src-renderer/patient/draft.ts";
import { emptyDraft } from "../../../../src-renderer/patient/draft.ts";
import { anyCase, caseOf, CASES_SEED, T0 } from "../../../support/cases.ts";

/** What reading refuses, and where. */
function refusal(
  value: unknown,
  version = CONTENT_VERSION,
): Pick<ContentError, "code" | "field" | "message"> {
  try {
    readContent(value, version);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const { code, field, message } = error;
    return { code, field, message };
  }
  throw new Error("it was not refused");
}

describe("a case's content", () => {
  it("comes back from JSON as it was", () =>
    fc.assert(
      fc.property(anyCase(), (content) => {
        expect(readContent(parseJson(JSON.stringify(content)), CONTENT_VERSION)).toEqual(content);
      }),
      { seed: CASES_SEED },
    ));

  it("is at first empty, with the time it was made", () => {
    expect(readContent(emptyContent(T0), CONTENT_VERSION)).toEqual(emptyContent(T0));
    expect(emptyContent(T0).created).toBe(T0);
    expect(emptyContent(T0).tags).not.toBe(emptyContent(T0).tags);
  });

  it("holds every field of the form and of follow-up, and wants each of them", () => {
    const full = caseOf("synthetic", { followUp: emptyFollowUp() });
    const nested: [string, object][] = [
      ["", full],
      ["draft.", emptyDraft()],
      ["followUp.", emptyFollowUp()],
      ["followUp.baseline.", emptyFollowUp().baseline],
    ];
    for (const [at, object] of nested) {
      for (const field of Object.keys(object)) {
        const copy = structuredClone(full);
        const owner = at
          .split(".")
          .filter((step) => step !== "")
          .reduce<Record<string, unknown>>(
            (owner, step) => owner[step] as Record<string, unknown>,
            copy as unknown as Record<string, unknown>,
          );
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a field that a payload lacks
        delete owner[field];
        expect(refusal(copy)).toMatchObject({ code: "shape", field: `${at}${field}` });
      }
    }
  });

  it("takes every form that the program has, whatever stands in it", () => {
    // Does not compile where a level of the form is missing in the schema.
    const fits: EveryDraftFits = true;
    expect(fits).toBe(true);
    const levels: { [F in keyof PatientDraft]?: PatientDraft[F][] } = {
      tumour: ["NEC", "NET_G3", null],
      sex: ["female", "male", null],
      ecogPs: [0, 1, 2, 3, 4, null],
      alp: ["normal", "elevated", "unknown", "measured"],
      alpUnit: ["U/L", "\u00b5kat/L"],
      primarySite: ["oesophagus", "stomach", "pancreas", "biliary", "small-intestine", "colon"],
      firstLine: ["platinum-etoposide", "temozolomide-based", "other", "none", null],
      setting: ["advanced", "localised"],
      mixed: [true, false],
    };
    for (const [field, values] of Object.entries(levels)) {
      for (const value of values) {
        const content = caseOf("synthetic", { draft: { ...emptyDraft(), [field]: value } });
        expect(readContent(content, CONTENT_VERSION)).toEqual(content);
      }
      const wrong = caseOf("synthetic", { draft: { ...emptyDraft(), [field]: "no such level" } });
      expect(refusal(wrong)).toMatchObject({ code: "shape", field: `draft.${field}` });
    }
  });

  const longest: [string, Partial<CaseContent>, Partial<CaseContent>][] = [
    ["label", { label: "x".repeat(LABEL_LENGTH) }, { label: "x".repeat(LABEL_LENGTH + 1) }],
    ["note", { note: "x".repeat(NOTE_LENGTH) }, { note: "x".repeat(NOTE_LENGTH + 1) }],
    ["tags.1", { tags: ["a", "x".repeat(TAG_LENGTH)] }, { tags: ["a", "x".repeat(TAG_LENGTH + 1)] }],
    ["tags.0", { tags: ["x"] }, { tags: [""] }],
    ["tags", { tags: Array<string>(50).fill("x") }, { tags: Array<string>(51).fill("x") }],
    [
      "draft.age",
      { draft: { ...emptyDraft(), age: "9".repeat(40) } },
      { draft: { ...emptyDraft(), age: "9".repeat(41) } },
    ],
    ["created", { created: 0 }, { created: -1 }],
    ["created", { created: T0 }, { created: T0 + 0.5 }],
    ["board.day", { board: { day: "2025-12-12", place: 0 } }, { board: { day: "12.12.2025", place: 0 } }],
    [
      "board.place",
      { board: { day: "2025-12-12", place: -0.5 } },
      { board: { day: "2025-12-12", place: Infinity } },
    ],
    [
      "followUp.start",
      { followUp: { ...emptyFollowUp(), start: "2025-01-02" } },
      { followUp: { ...emptyFollowUp(), start: "9".repeat(DAY_LENGTH + 1) } },
    ],
    [
      "followUp.regimen",
      { followUp: { ...emptyFollowUp(), regimen: "x".repeat(REGIMEN_LENGTH) } },
      { followUp: { ...emptyFollowUp(), regimen: "x".repeat(REGIMEN_LENGTH + 1) } },
    ],
  ];
  it.each(longest)("%s goes as far as it may, and no further", (field, allowed, refused) => {
    const content = caseOf("synthetic", allowed);
    expect(readContent(content, CONTENT_VERSION)).toEqual(content);
    expect(refusal(caseOf("synthetic", refused))).toMatchObject({ code: "shape", field });
  });

  it("says what was found where it is refused", () => {
    expect(refusal(caseOf("x".repeat(81))).message).toContain("81");
    expect(refusal({ ...caseOf("synthetic"), endpoint: "xfs" }).message).toContain('"xfs"');
  });

  it("has no field that this program does not know, at any depth", () => {
    const full = caseOf("synthetic", { followUp: emptyFollowUp() });
    expect(refusal({ ...full, name: "x" })).toMatchObject({ code: "shape", field: "name" });
    expect(refusal({ ...full, draft: { ...full.draft, name: "x" } })).toMatchObject({
      code: "shape",
      field: "draft.name",
    });
    expect(refusal({ ...full, followUp: { ...full.followUp, name: "x" } })).toMatchObject({
      code: "shape",
      field: "followUp.name",
    });
  });

  it.each([null, undefined, 7, "text", [], true, {}])("%j is none", (value) =>
    expect(refusal(value).code).toBe("shape"),
  );
});

describe("hostile JSON", () => {
  it.each(["__proto__", "constructor", "prototype", "\\u005f_proto__"])(
    "a name %s is refused at any depth",
    (name) => {
      for (const text of [
        `{"${name}":{"polluted":true}}`,
        `{"a":[{"b":{"${name}":1}}]}`,
        `[[{"${name}":null}]]`,
      ]) {
        expect(() => parseJson(text)).toThrow(
          expect.objectContaining({ name: "ContentError", code: "hostile" }) as Error,
        );
      }
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );

  it("the same words as values, and names that only look like them, are what they are", () => {
    expect(parseJson('{"label":"__proto__","proto":["constructor"]}')).toEqual({
      label: "__proto__",
      proto: ["constructor"],
    });
  });

  it.each(["", "{", '{"a":1}}', "{'a':1}", "NaN", "\uFEFF{}"])("%j is no JSON", (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: "not-json" }) as Error);
  });
});

describe("content of other versions", () => {
  const content = caseOf("synthetic");

  it("a newer one is refused as such, whatever is in it", () => {
    expect(refusal(content, CONTENT_VERSION + 1)).toMatchObject({ code: "newer" });
    expect(refusal({ unheard: "of" }, CONTENT_VERSION + 1)).toMatchObject({ code: "newer" });
  });

  it.each([0, -1, 0.5, Number.NaN])("there was never a version %d", (version) => {
    expect(refusal(content, version)).toMatchObject({ code: "shape" });
  });

  it("an older one goes through every upgrade after its own, in order", () => {
    const order: number[] = [];
    const note = (text: string, step: number): ((value: unknown) => unknown) => {
      return (value) => {
        order.push(step);
        return { ...(value as CaseContent), note: `${(value as CaseContent).note}${text}` };
      };
    };
    const upgrades = { 1: note("a", 1), 2: note("b", 2), 3: note("c", 3) };
    expect(readContent(content, 1, upgrades, 4).note).toBe("abc");
    expect(order).toEqual([1, 2, 3]);
    expect(readContent(content, 3, upgrades, 4).note).toBe("c");
    expect(readContent(content, 4, upgrades, 4).note).toBe("");
    expect(() => readContent(content, 5, upgrades, 4)).toThrow(
      expect.objectContaining({ code: "newer" }) as Error,
    );
    // A gap in the chain is an error, not a leap.
    expect(() => readContent(content, 1, { 1: note("a", 1), 3: note("c", 3) }, 4)).toThrow(/no version 2/);
  });

  it("what an upgrade makes is judged as everything else", () => {
    const upgrades = { 1: () => ({ ...content, label: 7 }) };
    expect(() => readContent(content, 1, upgrades, 2)).toThrow(
      expect.objectContaining({ code: "shape", field: "label" }) as Error,
    );
  });

  it("every version that was ever written can be read", () => {
    // Only version 1 so far: a version without its own line here has no fixture.
    const written: Record<number, unknown> = { 1: content };
    expect(Object.keys(written).map(Number)).toEqual(
      Array.from({ length: CONTENT_VERSION }, (_, i) => i + 1),
    );
    for (const [version, each] of Object.entries(written)) {
      expect(readContent(each, Number(version)).label).toBe("synthetic");
    }
  });
});
