/** What a compromised page might send, row by row, to the real binding: a defined answer each, and no handler reached. */
import { describe, expect, it, vi } from "vitest";
import { ERROR_CODES } from "../../src-main/api/contract.ts";
import {
  CORE_ENDPOINTS,
  flawOfAnswer,
  recordingBinding,
  SHELL_ENDPOINTS,
  UNANSWERED,
} from "../support/ipc.ts";

/** Synthetic. */
const PATIENT = { tumour: "NEC", ageYears: 67, ecogPs: 1 };
const NAME = "cases-2026-11-21T15-40-12-123Z.hgnencases";
const MB = 1024 * 1024;
/** Text with a field of a name that only JSON can give an object. */
const parsed = (json: string): unknown => JSON.parse(json);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = { inner: value };
  return value;
}
function circle(): unknown {
  const value: Record<string, unknown> = { ...PATIENT };
  value["self"] = value;
  return value;
}
/** A billion values, of which ten are made. */
function manyTimesTheSame(): unknown {
  let value: unknown = [1, 1, 1, 1, 1, 1, 1, 1];
  for (let i = 0; i < 5; i++) value = Array.from({ length: 8 }, () => value);
  return value;
}
function listOf(length: number): unknown[] {
  const list: unknown[] = [];
  list.length = length;
  return list;
}

describe("a message of the main window's own page", () => {
  type Row = [name: string, sent: unknown[], code: string, field?: string];
  const INVALID = "invalid-request";
  const UNKNOWN = "unknown-endpoint";

  const rows: Row[] = [
    // what an endpoint is not
    ["nothing at all", [], UNKNOWN],
    ["no endpoint", [undefined, {}], UNKNOWN],
    ["an endpoint that is null", [null, {}], UNKNOWN],
    ["an endpoint that is a number", [7, {}], UNKNOWN],
    ["an endpoint that is NaN", [NaN, {}], UNKNOWN],
    ["an endpoint that is a BigInt", [7n, {}], UNKNOWN],
    ["an endpoint in a list", [["estimate"], {}], UNKNOWN],
    ["an endpoint in an object", [{ endpoint: "estimate" }, {}], UNKNOWN],
    ["an endpoint as a String object", [Object("saveFile"), {}], UNKNOWN],
    ["an endpoint that becomes one", [{ toString: () => "saveFile" }, {}], UNKNOWN],
    ["the endpoint __proto__", ["__proto__", {}], UNKNOWN],
    ["the endpoint constructor", ["constructor", {}], UNKNOWN],
    ["the endpoint toString", ["toString", {}], UNKNOWN],
    ["the endpoint hasOwnProperty", ["hasOwnProperty", {}], UNKNOWN],
    ["an endpoint in capitals", ["SAVEFILE", {}], UNKNOWN],
    ["an endpoint with a space", ["saveFile ", {}], UNKNOWN],
    ["an endpoint with a NUL", ["saveFile\0", {}], UNKNOWN],
    ["an endpoint that only looks alike", ["s\u0430veFile", {}], UNKNOWN],
    ["an endpoint of the former version", ["nextLock", {}], UNKNOWN],
    ["an endpoint of ten million characters", ["a".repeat(10 * MB), {}], UNKNOWN],
    ["another channel's name", ["ELECTRON_BROWSER_REQUIRE", {}], UNKNOWN],

    // what a request is not
    ["more than a request", ["about", {}, {}], INVALID],
    ["more than a request to the shell", ["openProjector", {}, undefined], INVALID],
    ["no request", ["openProjector"], INVALID],
    ["a request that is null", ["openProjector", null], INVALID],
    ["a request that is a text", ["openProjector", "{}"], INVALID],
    ["a request that is a long text", ["about", "a".repeat(10 * MB)], INVALID],
    ["a request that is a list", ["openProjector", []], INVALID],
    ["a request that is bytes", ["openProjector", new Uint8Array(1)], INVALID],
    ["a request that is a function", ["about", () => ({})], INVALID],
    ["a request that is a symbol", ["about", Symbol("about")], INVALID],
    ["a Map, which has no fields", ["openProjector", new Map([["a", 1]])], INVALID],
    ["a Set, which has no fields", ["listBackups", new Set([1])], INVALID],
    ["a Date, which has no fields", ["nextEvent", new Date(0)], INVALID],
    ["a Date that is none", ["chooseFile", new Date(NaN)], INVALID],
    ["a regular expression", ["keychain", /a/g], INVALID],
    ["an Error", ["policy", new Error("a")], INVALID],
    ["a Number object", ["diagnostics", Object(1)], INVALID],
    ["a Boolean object", ["study", Object(true)], INVALID],
    ["an ArrayBuffer", ["about", new ArrayBuffer(8)], INVALID],
    ["a DataView", ["about", new DataView(new ArrayBuffer(8))], INVALID],
    ["a Blob", ["about", new Blob(["a"])], INVALID],
    ["a Promise", ["about", Promise.resolve({})], INVALID],
    ["an object of a class", ["about", new Request("app://hg-nen-prognosis/")], INVALID],

    // fields that nobody has
    ["a field too many", ["about", { more: 1 }], INVALID, "more"],
    ["an own __proto__", ["about", parsed('{"__proto__":{"polluted":1}}')], INVALID, "__proto__"],
    ["an own constructor", ["about", parsed('{"constructor":{"prototype":{}}}')], INVALID, "constructor"],
    ["an own prototype", ["about", parsed('{"prototype":{}}')], INVALID, "prototype"],
    [
      "an own __proto__ of a patient",
      [
        "estimate",
        { patient: parsed('{"tumour":"NEC","ageYears":67,"ecogPs":1,"__proto__":{"sex":"male"}}') },
      ],
      INVALID,
      "patient.__proto__",
    ],
    [
      "an own constructor of an ALP",
      ["estimate", { patient: { ...PATIENT, alp: parsed('{"constructor":1}') } }],
      INVALID,
      "patient.alp.constructor",
    ],
    [
      "a field that is computed",
      [
        "savePdf",
        {
          get name(): string {
            throw new Error("it was computed");
          },
        },
      ],
      INVALID,
      "name",
    ],
    ["a name of a field of a megabyte", ["about", { ["a".repeat(MB)]: 1 }], INVALID],

    // too much of it
    ["a patient that holds itself", ["estimate", { patient: circle() }], INVALID],
    ["nine levels", ["estimate", { patient: nested(8) }], INVALID],
    ["ten thousand levels", ["estimate", { patient: nested(10_000) }], INVALID],
    ["the same lists a quarter of a million times", ["estimate", { patient: manyTimesTheSame() }], INVALID],
    [
      "a patient of ten million characters",
      ["estimate", { patient: "a".repeat(10 * MB) }],
      INVALID,
      "patient",
    ],
    [
      "a tumour of ten million characters",
      ["estimate", { patient: { ...PATIENT, tumour: "a".repeat(10 * MB) } }],
      INVALID,
      "patient.tumour",
    ],
    [
      "many texts that are long together",
      ["estimate", { patient: Array.from({ length: 200 }, () => "a".repeat(1000)) }],
      INVALID,
    ],
    [
      "a list of a million",
      ["estimate", { patient: Array.from({ length: MB }, () => 1) }],
      INVALID,
      "patient",
    ],
    [
      "a list of four thousand million gaps",
      ["estimate", { patient: listOf(2 ** 32 - 1) }],
      INVALID,
      "patient",
    ],
    ["a list of a few gaps", ["estimate", { patient: listOf(3) }], INVALID, "patient"],
    ["a list with a name", ["estimate", { patient: Object.assign([], { more: 1 }) }], INVALID, "patient"],
    [
      "a hundred thousand fields",
      ["estimate", { patient: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [i, i])) }],
      INVALID,
      "patient",
    ],
    ["bytes where there are none", ["estimate", { patient: new Uint8Array(10 * MB) }], INVALID, "patient"],
    [
      "a little of a large memory",
      ["estimate", { patient: new Uint8Array(new ArrayBuffer(MB), 0, 1) }],
      INVALID,
      "patient",
    ],
    [
      "a key with a large memory",
      ["wrapKey", { key: new Uint8Array(new ArrayBuffer(10 * MB), 0, 32) }],
      INVALID,
      "key",
    ],
    ["bytes of another kind", ["saveFile", { name: "a.csv", bytes: new Float64Array(2) }], INVALID, "bytes"],
    ["a memory without a view", ["saveFile", { name: "a.csv", bytes: new ArrayBuffer(2) }], INVALID, "bytes"],

    // values of other kinds within a request
    [
      "a BigInt in a patient",
      ["estimate", { patient: { ...PATIENT, ageYears: 67n } }],
      INVALID,
      "patient.ageYears",
    ],
    [
      "a Date in a patient",
      ["estimate", { patient: { ...PATIENT, ageYears: new Date(0) } }],
      INVALID,
      "patient.ageYears",
    ],
    ["a Map as a patient", ["estimate", { patient: new Map(Object.entries(PATIENT)) }], INVALID, "patient"],
    ["a Set as a version", ["compare", { a: PATIENT, b: new Set() }], INVALID, "b"],
    [
      "an Error as an ALP",
      ["groups", { patient: { ...PATIENT, alp: new Error("a") } }],
      INVALID,
      "patient.alp",
    ],
    [
      "a String object as a tumour",
      ["baseline", { tumour: Object("NEC") as unknown, endpoint: "os" }],
      INVALID,
      "tumour",
    ],

    // what only a patient's parser can say
    ["NaN", ["estimate", { patient: { ...PATIENT, ageYears: NaN } }], "invalid-patient", "ageYears"],
    [
      "Infinity",
      ["estimate", { patient: { ...PATIENT, ki67Percent: Infinity } }],
      "invalid-patient",
      "ki67Percent",
    ],
    [
      "half a character",
      ["estimate", { patient: { ...PATIENT, tumour: "\ud800" } }],
      "invalid-patient",
      "tumour",
    ],
    [
      "a long field of a patient",
      ["estimate", { patient: { ...PATIENT, ["x".repeat(1000)]: "y".repeat(1000) } }],
      "invalid-patient",
      `${"x".repeat(200)}…`,
    ],

    // places and programs
    [
      "a file to a place",
      ["saveFile", { name: "a.csv", bytes: new Uint8Array(), path: "/etc/passwd" }],
      INVALID,
      "path",
    ],
    ["a program", ["saveFile", { name: "a.exe", bytes: new Uint8Array() }], INVALID, "name"],
    [
      "a shortcut behind a table",
      ["saveFile", { name: "a.csv.lnk", bytes: new Uint8Array() }],
      INVALID,
      "name",
    ],
    ["a backup in another folder", ["readBackup", { name: `../${NAME}` }], INVALID, "name"],
    ["a backup with a NUL", ["readBackup", { name: `${NAME}\0` }], INVALID, "name"],
    ["any file as a backup", ["deleteBackups", { names: ["Local State"] }], INVALID, "names.0"],
    ["an address instead of a link", ["openLink", { link: "https://example.org/" }], INVALID, "link"],
    ["a link and an address", ["openLink", { link: "article", url: "file:///" }], INVALID, "url"],
    ["a note of its own words", ["note", { code: "Jane Synthetic, 67" }], INVALID, "code"],
    ["a note in a list", ["note", { code: ["store-lost"] }], INVALID, "code"],
    ["a note and more", ["note", { code: "store-lost", text: "Jane Synthetic, 67" }], INVALID, "text"],
    ["a file to choose", ["chooseFile", { path: "/etc/passwd" }], INVALID, "path"],
  ];

  it("is tried in at least sixty hostile ways", () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it.each(rows)("%s: no handler is reached, and the answer is a value", async (_name, sent, code, field) => {
    const { send, reached } = recordingBinding();
    const answer = await send("page", ...sent);
    expect(answer).toMatchObject({ ok: false, code, ...(field !== undefined && { field }) });
    expect(flawOfAnswer(answer, ERROR_CODES)).toBeNull();
    // A patient is checked by the core itself.
    expect(reached.map(({ endpoint }) => endpoint)).toEqual(code === "invalid-patient" ? ["estimate"] : []);
    // As it would be on its way back to the page.
    expect(structuredClone(answer)).toEqual(answer);
    expect({}).not.toHaveProperty("polluted");
  });

  it("counts minus zero as zero", async () => {
    const { send } = recordingBinding();
    const [minus, plus] = await Promise.all(
      [-0, 0].map((ecogPs) => send("page", "estimate", { patient: { ...PATIENT, ecogPs }, curve: false })),
    );
    expect(minus).toMatchObject({ ok: true });
    expect(JSON.stringify(minus)).toBe(JSON.stringify(plus));
  });
});

describe.each(UNANSWERED)("a message of the sender %s", (sender) => {
  it.each([...CORE_ENDPOINTS, ...SHELL_ENDPOINTS, "nothing"])("to %s is refused unread", async (endpoint) => {
    const { send, reached } = recordingBinding();
    const request = new Proxy({}, { get: () => expect.unreachable("the request was read") });
    const answer = await send(sender, endpoint, request, request);
    expect(answer).toEqual({
      ok: false,
      code: "refused",
      message: "the sender is not the main window's own page",
    });
    expect(reached).toEqual([]);
  });
});

describe("many messages at once", () => {
  it("wait for thirty-two answers of the shell and no more; the core answers on, and so does the shell afterwards", async () => {
    const { send, reached } = recordingBinding();
    const first = Array.from({ length: 40 }, () => send("page", "listBackups", {}));
    expect(reached).toHaveLength(32);
    // Or a page with many files under way would hear of no lock.
    expect(await send("page", "nextEvent", {})).toMatchObject({ ok: true });
    expect(await send("page", "about", {})).toMatchObject({ ok: true });
    const answers = await Promise.all(first);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(32);
    expect(answers.slice(32)).toEqual(
      Array.from({ length: 8 }, () => expect.objectContaining({ ok: false, code: "refused" }) as unknown),
    );
    expect(await send("page", "listBackups", {})).toMatchObject({ ok: true });
  });
});

describe("the size of a request", () => {
  it("is measured without reading it to its end", async () => {
    const { send } = recordingBinding();
    const read = vi.fn();
    const late = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          read();
          return Object.prototype;
        },
      },
    );
    const patient = [...Array.from({ length: 10 }, () => "a".repeat(10_000)), late];
    expect(await send("page", "estimate", { patient })).toMatchObject({ ok: false, field: "patient.6" });
    expect(read).not.toHaveBeenCalled();
  });

  it.each<[endpoint: string, request: Record<string, unknown>]>([
    ["saveFile", { name: "a.pptx", bytes: new Uint8Array(64 * MB) }],
    ["writeBackup", { bytes: new Uint8Array(64 * MB), kind: "rotating" }],
    ["unwrapKey", { wrapped: new Uint8Array(64 * 1024) }],
    ["deleteBackups", { names: Array.from({ length: 10_000 }, () => NAME) }],
    ["savePdf", { name: "ä".repeat(1024) }],
  ])("lets through all that %s may need", async (endpoint, request) => {
    const { send, reached } = recordingBinding();
    expect(await send("page", endpoint, request)).toMatchObject({ ok: true });
    const [call] = reached;
    expect(call!.endpoint).toBe(endpoint);
    // One by one: comparing megabytes byte by byte takes its time.
    for (const [field, value] of Object.entries(call!.request as object)) {
      if (value instanceof Uint8Array) expect(value).toBe(request[field]);
      else expect(value).toEqual(request[field]);
    }
    expect(Object.keys(call!.request as object).sort()).toEqual(Object.keys(request).sort());
  });
});
