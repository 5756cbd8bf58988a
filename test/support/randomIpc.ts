import fc from "fast-check";
import { requestSchemas, shellRequestSchemas } from "../../src-main/api/contract.ts";

/** A message as a compromised page might send it: what stands after the channel. */
export type Message = unknown[];

/** A field that is absent, null, right or wrong: patients are synthetic, and most are none. */
const patientField = {
  tumour: fc.constantFrom<unknown>("NEC", "NET_G3", "nec", null),
  ageYears: fc.oneof(fc.integer({ min: 18, max: 110 }), fc.constantFrom<unknown>(17, 67.5, -0, NaN, "67")),
  ecogPs: fc.constantFrom<unknown>(0, 1, 2, 3, 4, 5, "1"),
  sex: fc.constantFrom<unknown>("female", "male", null, "x"),
  ki67Percent: fc.oneof(fc.integer({ min: 21, max: 100 }), fc.constantFrom<unknown>(null, -1, Infinity)),
  alp: fc.constantFrom<unknown>(
    "normal",
    "elevated",
    { value: 200, upperLimit: 105, unit: "U/L" },
    { value: 1 },
  ),
  primarySite: fc.constantFrom<unknown>("colon", "pancreas", "unknown", null, "toString"),
};
const patient = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      tumour: fc.constantFrom("NEC", "NET_G3"),
      ageYears: fc.integer({ min: 18, max: 110 }),
      ecogPs: fc.constantFrom(0, 1, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record(patientField, { requiredKeys: [] }) },
);
const tumourAndEndpoint = fc.record({
  tumour: fc.constantFrom("NEC", "NET_G3"),
  endpoint: fc.constantFrom("os", "pfs"),
});
const backup = fc.constantFrom(
  "cases-2026-11-21T15-40-12-123Z.hgnencases",
  "set-aside-2026-11-21T15-40-12-123Z.hgnencases",
);
const fileName = fc.constantFrom("a.csv", "a board.pptx", "../a.pdf", "ä\ud800.txt", "a.exe", "");
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const nothing = fc.constant({});

/** A request of each endpoint that is right, or nearly so. One that is missing does not compile. */
const REQUESTS: Record<
  keyof typeof requestSchemas | keyof typeof shellRequestSchemas,
  fc.Arbitrary<Record<string, unknown>>
> = {
  estimate: fc.record(
    { patient, intervals: fc.boolean(), curve: fc.boolean() },
    { requiredKeys: ["patient"] },
  ),
  compare: fc.record({ a: patient, b: patient, curve: fc.constant(false) }),
  groups: fc.record({ patient }),
  calculation: fc.record({ patient }),
  referenceCurves: tumourAndEndpoint,
  riskGroups: tumourAndEndpoint,
  baseline: tumourAndEndpoint,
  study: nothing,
  about: nothing,
  saveFile: fc.record({ name: fileName, bytes: bytes(64) }),
  savePdf: fc.record({ name: fileName }),
  openProjector: nothing,
  keychain: nothing,
  wrapKey: fc.record({ key: fc.uint8Array({ minLength: 31, maxLength: 33 }) }),
  unwrapKey: fc.record({ wrapped: bytes(8) }),
  writeBackup: fc.record({ bytes: bytes(64), kind: fc.constantFrom("rotating", "set-aside", "other") }),
  listBackups: nothing,
  readBackup: fc.record({ name: backup }),
  deleteBackups: fc.record({ names: fc.array(backup, { maxLength: 5 }) }),
  nextEvent: nothing,
  chooseFile: nothing,
  openLink: fc.record({ link: fc.constantFrom("article", "project", "https://example.org/") }),
  policy: nothing,
  diagnostics: nothing,
  note: fc.record({ code: fc.constantFrom("store-lost", "saving-full", "Jane Synthetic, 67") }),
};

/** Anything that a structured clone can hold, and more. */
const anything = fc.anything({
  key: fc.oneof(
    fc.string(),
    fc.constantFrom("__proto__", "constructor", "prototype", "toString", "patient", "name"),
  ),
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: "binary",
});
const long = fc.constantFrom("a".repeat(300), "\u0000".repeat(70_000), "ä".repeat(2000));
/** What only JSON can give an object: own fields whose names mean something else. */
const reserved = fc
  .constantFrom("__proto__", "constructor", "prototype")
  .map((name) => JSON.parse(`{"${name}":{"polluted":true}}`) as object);
const circle = fc.constant(null).map(() => {
  const value: Record<string, unknown> = {};
  value["inner"] = value;
  return value;
});
const wrong = fc.oneof(anything, long, reserved, circle);

type Change = (request: Record<string, unknown>) => unknown;
const fieldOf = (request: object, number: number): string => {
  const names = Object.keys(request);
  return names[number % Math.max(1, names.length)] ?? "patient";
};
/** Something is taken away, replaced, added or put a level deeper; or nothing is. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((request) => request),
  fc.nat(9).map((number): Change => (request) => {
    const { [fieldOf(request, number)]: _gone, ...rest } = request;
    return rest;
  }),
  fc
    .tuple(fc.nat(9), wrong)
    .map(([number, value]): Change => (request) => ({ ...request, [fieldOf(request, number)]: value })),
  fc.tuple(fc.string(), wrong).map(([name, value]): Change => (request) => ({ ...request, [name]: value })),
  reserved.map((more): Change => (request) => {
    for (const name of Object.keys(more)) {
      Object.defineProperty(request, name, { value: 1, enumerable: true });
    }
    return request;
  }),
  fc.nat(9).map((number): Change => (request) => {
    const name = fieldOf(request, number);
    return { ...request, [name]: { [name]: request[name] } };
  }),
  wrong.map(
    (value): Change =>
      () =>
        value,
  ),
  fc.constant<Change>((request) => [request]),
  fc.constant<Change>((request) => new Map(Object.entries(request))),
);

const known = fc
  .constantFrom(...Object.entries(REQUESTS))
  .chain(([endpoint, request]) =>
    fc.tuple(request, change).map(([valid, apply]): Message => [endpoint, apply({ ...valid })]),
  );
const nearly = fc
  .constantFrom(...Object.keys(REQUESTS))
  .chain((endpoint) =>
    fc.constantFrom(endpoint.toUpperCase(), `${endpoint} `, ` ${endpoint}`, [endpoint], `${endpoint}\0`),
  );
const odd = fc.oneof(nearly, fc.constantFrom("__proto__", "toString", "constructor", "nextLock"), wrong);

/** From a right request of a known endpoint to arguments of any kind and number. */
export const message: fc.Arbitrary<Message> = fc.oneof(
  { weight: 16, arbitrary: known },
  { weight: 2, arbitrary: fc.tuple(odd, wrong).map(([endpoint, request]): Message => [endpoint, request]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(known, fc.array(wrong, { minLength: 1, maxLength: 3 }))
      .map(([sent, more]): Message => [...sent, ...more]),
  },
  { weight: 1, arbitrary: fc.array(wrong, { maxLength: 4 }) },
);

/** What the endpoint's own schema says of a request, asked apart from the binding. */
export const schemaOf = (
  endpoint: unknown,
): (typeof shellRequestSchemas)[keyof typeof shellRequestSchemas] | null =>
  typeof endpoint === "string" && Object.hasOwn(REQUESTS, endpoint)
    ? { ...requestSchemas, ...shellRequestSchemas }[endpoint as "study"]
    : null;

/** The same messages in every run, and others where somebody asks for them. */
export const SEED = Number(process.env["IPC_SEED"] ?? 20261121);
